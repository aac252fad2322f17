import { defineRule } from '@plimsoll/core';

export const poisonedCache = defineRule({
  id: 'lane/poisoned-cache',
  summary: 'A publishing job restores a cache that runs of strangers can write.',
  why: 'Every run reads the caches of the default branch. Code of a pull request which runs in that scope can put its own compiler, package or layer under the key that the release restores.',
  limits:
    'A plain `pull_request` writes caches which only that pull request reads: no finding. The writers are jobs on `pull_request_target`, `workflow_run` or `issue_comment` which run the code of a pull request, or put a text of strangers into a script. What is published from the artifacts of a job counts as made there.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: [
    'GitHub: Dependency caching, restrictions for accessing a cache',
    'The monsters in your build cache: GitHub Actions cache poisoning (2024)',
  ],
  visits: 'poisonedCache',
  examples: {
    bad: [
      {
        '.github/workflows/preview.yml':
          'on: pull_request_target\npermissions: { contents: read }\njobs:\n  preview:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n      - run: npm ci && npm run preview\n',
        '.github/workflows/release.yml':
          "on: { push: { tags: ['v*'] } }\npermissions: { id-token: write }\njobs:\n  publish:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v7\n      - uses: «actions/setup-node@v6»\n        with:\n          cache: npm\n      - run: npm ci\n      - run: npm publish --provenance\n",
        'package.json': '{ "name": "left" }',
      },
    ],
    good: [
      {
        '.github/workflows/test.yml':
          'on: pull_request\npermissions: { contents: read }\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v7\n      - uses: actions/setup-node@v6\n        with:\n          cache: npm\n      - run: npm ci && npm test\n',
        '.github/workflows/release.yml':
          "on: { push: { tags: ['v*'] } }\npermissions: { id-token: write }\njobs:\n  publish:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v7\n      - uses: actions/setup-node@v6\n        with:\n          cache: npm\n      - run: npm ci\n      - run: npm publish --provenance\n",
        'package.json': '{ "name": "left" }',
      },
    ],
  },
  check({ range, what, origin, publishes, publishedBy, writer }, report) {
    const brings = BRINGS[writer.brings];
    report({
      at: range,
      message: `Job ${origin.job?.id ?? ''} ${publishedBy === undefined ? 'publishes' : `makes what job ${publishedBy} publishes`}, and restores ${what}, which strangers can write: job ${writer.job} ${brings} on ${writer.event}, in the cache scope of the default branch`,
      help: `Build what is published without this cache, and mend job ${writer.job}, which lets strangers in`,
      related: [{ at: writer.at, label: 'here strangers come in' }, publishes],
    });
  },
});

const BRINGS = {
  code: 'runs the code of strangers',
  layers: 'builds the Dockerfile of strangers and saves its layers',
  text: 'puts their text into a script',
} as const;
