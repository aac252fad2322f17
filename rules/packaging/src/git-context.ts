import { defineRule, formatList } from '@plimsoll/core';

export const gitContext = defineRule({
  id: 'packaging/git-context',
  summary: 'A build from the Git context copies what only the job has made.',
  why: 'Without `context:` the build step takes the commit from the Git server, not the files of the checkout: what earlier steps built or downloaded is not there, and no ignore file applies.',
  limits: 'A Git context whose COPY lines name committed files is fine.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['docker/build-push-action: "Git context"', 'docker/buildx#2353: a Git context reads no ignore file'],
  visits: 'context',
  examples: {
    bad: [
      {
        Dockerfile: 'FROM scratch\nCOPY dist /app\n',
        '.gitignore': 'dist\n',
        '.github/workflows/image.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v7\n      - run: npm run build\n      - uses: «docker/build-push-action@v7»\n        with: { push: true, tags: acme/app:1 }\n',
      },
    ],
    good: [
      {
        Dockerfile: 'FROM scratch\nCOPY dist /app\n',
        '.gitignore': 'dist\n',
        '.github/workflows/image.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v7\n      - run: npm run build\n      - uses: docker/build-push-action@v7\n        with: { context: ., push: true, tags: acme/app:1 }\n',
      },
    ],
  },
  check({ build, kind, dockerfile, folder, missingSources }, report) {
    if (kind !== 'git') return;
    const made = missingSources().filter(({ made: how }) => how === 'perhaps');
    if (made.length === 0) return;
    report({
      at: build.range,
      message: `The build takes ${dockerfile.file.path} and its files from the Git context, where ${formatList(
        made.map(({ copy }) => copy.source.raw),
        3,
      )} ${made.length === 1 ? 'is' : 'are'} not: what the job makes is not in the commit`,
      help: `Write \`context: ${folder === '' ? '.' : folder}\` in the build step so that the files of the checkout are sent, and keep a .dockerignore in that folder`,
      related: made
        .slice(0, 5)
        .map(({ copy }) => ({ at: copy.source.range, label: 'copies what the commit does not hold' })),
    });
  },
});
