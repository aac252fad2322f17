import { runExample } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { latestTag } from './latest-tag.ts';

test('files for tests, examples and development are the matter of the strict preset', async () => {
  const files = { 'compose.dev.yaml': 'services:\n  mail:\n    image: axllent/mailpit\n' };
  expect((await runExample(latestTag, files, { preset: 'recommended' })).findings).toEqual([]);
  expect((await runExample(latestTag, files, { preset: 'strict' })).findings).toHaveLength(1);
});

test('an image that a file names several times is told once in the recommended preset', async () => {
  const files = { Dockerfile: 'FROM golang:latest AS build\nFROM golang:latest\n' };
  const { findings } = await runExample(latestTag, files, { preset: 'recommended' });
  expect(findings.map(({ related }) => related.map(({ label }) => label))).toEqual([['and here']]);
  expect((await runExample(latestTag, files, { preset: 'strict' })).findings).toHaveLength(2);
});
