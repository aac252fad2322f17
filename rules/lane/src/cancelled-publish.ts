import { defineRule } from '@plimsoll/core';

export const cancelledPublish = defineRule({
  id: 'lane/cancelled-publish',
  summary: 'The next run cancels one that publishes.',
  why: 'A run that ends between two pushes leaves half a release: an image without its signature, one package of two, a tag that names nothing.',
  limits:
    'It is decided for the events that publish; runs of pull requests may be cancelled. A group which is another one in each run, or for each tag, cancels nothing.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['GitHub: Control the concurrency of workflows and jobs'],
  visits: 'cancelledPublication',
  examples: {
    bad: [
      {
        '.github/workflows/publish.yml':
          'on:\n  push: { branches: [main] }\nconcurrency:\n  group: publish\n  cancel-in-progress: «true»\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/api:${{ github.sha }}\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
    good: [
      {
        '.github/workflows/publish.yml':
          "on:\n  push: { branches: [main] }\n  pull_request:\nconcurrency:\n  group: publish-${{ github.ref }}\n  cancel-in-progress: ${{ github.event_name == 'pull_request' }}\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          push: ${{ github.event_name != 'pull_request' }}\n          tags: ghcr.io/acme/api:${{ github.sha }}\n",
        Dockerfile: 'FROM scratch\n',
      },
    ],
  },
  check({ at, group, publications, event, onPullRequests }, report) {
    report({
      at,
      message: `The next ${event} cancels a run that publishes: it may leave half a release`,
      help: onPullRequests
        ? "Write cancel-in-progress: ${{ github.event_name == 'pull_request' }}"
        : 'Write cancel-in-progress: false: the next run waits for this one',
      related: [group, ...publications],
    });
  },
});
