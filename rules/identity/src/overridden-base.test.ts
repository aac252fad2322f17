import { runExample } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { overriddenBase } from './overridden-base.ts';

const digest = `sha256:${'1f2a'.repeat(16)}`;
const workflow = (input: string): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n      - uses: docker/build-push-action@v7\n        with:\n          context: .\n          ${input}\n`;

test.each([
  [
    'build-contexts: base=docker-image://node:22',
    'the base of base',
    'the image node:22',
    'base=docker-image://node:22@sha256:<digest>',
  ],
  ['build-contexts: base=./rootfs', 'the base of base', 'the folder rootfs', 'Take the digest out of FROM'],
  [
    'build-args: BUILDKIT_SYNTAX=docker/dockerfile:1-labs',
    'the frontend',
    'docker/dockerfile:1-labs',
    'raise the digest of # syntax=docker/dockerfile',
  ],
])('%s is told with what it replaces', async (input, what, by, help) => {
  const files = {
    '.github/workflows/a.yml': workflow(input),
    Dockerfile: `# syntax=docker/dockerfile:1.12@${digest}\nFROM node:22.1@${digest} AS base\n`,
    'rootfs/a': 'a\n',
  };
  const { findings } = await runExample(overriddenBase, files, { preset: 'recommended' });
  expect(findings).toHaveLength(1);
  expect(findings[0]?.help).toContain(help);
  expect(findings[0]?.message).toContain(what);
  expect(findings[0]?.message).toContain(`puts ${by} in its place`);
  expect(findings[0]?.related.map(({ label }) => label)).toEqual(['this digest has no effect']);
});
