import { defineRule, formatList } from '@plimsoll/core';
import type { RelatedPlace } from '@plimsoll/core';

export const inBuildArg = defineRule({
  id: 'secrets/in-build-arg',
  summary: 'A secret is handed to a build as a build-arg.',
  why: 'BuildKit writes the value of a build-arg into the history of the image and into its provenance. A secret mount leaves nothing behind.',
  limits: 'A secret that reaches the build through a file or an action which is not understood is not followed.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['Docker: Build secrets', 'BuildKit: SLSA provenance, "mode=max"'],
  visits: 'secretFlow',
  examples: {
    bad: [
      {
        '.github/workflows/image.yml':
          'on: push\npermissions: {}\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          context: .\n          build-args: |\n            GIT_SHA=${{ github.sha }}\n            «NPM_TOKEN=${{ secrets.NPM_TOKEN }}»\n',
        Dockerfile: 'FROM scratch\nARG NPM_TOKEN\nRUN NODE_AUTH_TOKEN=$NPM_TOKEN npm ci\n',
      },
    ],
    good: [
      {
        '.github/workflows/image.yml':
          'on: push\npermissions: {}\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          context: .\n          build-args: GIT_SHA=${{ github.sha }}\n          secrets: npm_token=${{ secrets.NPM_TOKEN }}\n',
        Dockerfile: 'FROM scratch\nRUN --mount=type=secret,id=npm_token,env=NODE_AUTH_TOKEN npm ci\n',
      },
    ],
  },
  check({ sink, source, name, range, path, keptIn, origin, variable }, report) {
    if (sink !== 'build-arg') return;
    const id = name.toLowerCase();
    const isTaken = ({ at }: RelatedPlace): boolean => at.file === variable?.dockerfile.file;
    const byAction = origin.step?.uses !== undefined;
    report({
      at: range,
      message: `${source.text} becomes the build-arg ${name}: its value stays in ${formatList(keptIn)}`,
      help: `${byAction ? `Move the line to "secrets:" as ${id}=\${{ ${source.text} }}` : `Build with --secret id=${id},env=${name}`}, and read it in the Dockerfile with RUN --mount=type=secret,id=${id},env=${name}`,
      related: path,
      flow: [
        ...path.filter((one) => !isTaken(one)),
        { at: range, label: `the build-arg ${name}` },
        ...path.filter(isTaken),
      ],
    });
  },
});
