import { defineRule, formatList } from '@plimsoll/core';

export const mutableOnlyPublish = defineRule({
  id: 'identity/mutable-only-publish',
  summary: 'An image is published under moving tags only.',
  why: 'The next run points each of its tags at other content: no tag names the release before, so there is nothing to roll back to, and a registry that tidies up deletes it.',
  limits:
    'A tag that is not known before the run is taken to stay, and so is a literal one with a number in it. Images of which another lane, a copy or a script publishes a tag that stays are not judged; nor are those of pull requests alone, caches, and streams beside an image of their own (`acme/api-nightly`); nor in the recommended preset what is named as made for tests.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['OCI Distribution Specification: Pushing Manifests', 'docker/metadata-action: tags input'],
  visits: 'movingImage',
  options: {
    tests: { description: 'Also report what is named as made for tests.', default: false, strict: true },
  },
  examples: {
    bad: [
      {
        '.github/workflows/release.yml':
          'on: { push: { branches: [main] } }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - id: push\n        uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: «ghcr.io/acme/api:latest»\n      - run: echo ${{ steps.push.outputs.digest }}\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
    good: [
      {
        '.github/workflows/release.yml':
          'on: { push: { branches: [main] } }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - id: push\n        uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: |\n            ghcr.io/acme/api:latest\n            ghcr.io/acme/api:${{ github.sha }}\n      - run: echo ${{ steps.push.outputs.digest }}\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
  },
  check({ names, tags, range, related, forTests }, report, options) {
    if (forTests && !options.tests) return;
    const [name = '<image>'] = names;
    report({
      at: range,
      message: `${formatList(names, 3)} ${names.length > 1 ? 'are' : 'is'} published as ${formatList(
        tags.map((tag) => `"${tag}"`),
        4,
      )} only, which the next run moves: nothing can be rolled back to`,
      help: `Publish a tag that stays as well: ${name}:\${{ github.sha }}, or "type=sha" in docker/metadata-action`,
      related,
    });
  },
});
