import { defineRule, sentence } from '@plimsoll/core';

export const inLabel = defineRule({
  id: 'secrets/in-label',
  summary: 'A label, annotation or tag of an image carries a secret.',
  why: 'Labels and annotations are metadata that registries show to everyone who can see the image, without a pull.',
  limits: 'A tag that begins with the name of an account is fine, also where that is kept as a secret.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['OCI image specification: annotations', 'CWE-200: Exposure of sensitive information'],
  visits: 'secretLeak',
  examples: {
    bad: [
      {
        '.github/workflows/image.yml':
          'on: push\npermissions: {}\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          context: .\n          labels: |\n            org.opencontainers.image.revision=${{ github.sha }}\n            «com.example.hook=${{ secrets.DEPLOY_HOOK }}»\n',
      },
      { Dockerfile: 'FROM scratch\nARG API_TOKEN\nLABEL «com.example.token=$API_TOKEN»\n' },
    ],
    good: [
      {
        '.github/workflows/image.yml':
          'on: push\npermissions: {}\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          context: .\n          tags: ${{ secrets.DOCKERHUB_USERNAME }}/app:1.2.3\n          labels: org.opencontainers.image.revision=${{ github.sha }}\n',
      },
    ],
  },
  check({ sink, source, range, name, onward, path, keptIn }, report) {
    if (sink !== 'label') return;
    report({
      at: range,
      message: `${sentence(source.text)} becomes ${name === '' ? 'a part' : `the value of ${name}`} in ${keptIn}, which everyone who can see the image can read`,
      help: 'Take the value out, and replace the secret where the image was published',
      related: [...path, ...onward],
      flow: [...path, { at: range, label: 'it is written here' }, ...onward],
    });
  },
});
