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

test.each([
  [
    'a tag that is written out, whatever the registry is',
    'ARG REGISTRY\nFROM ${REGISTRY}/tools:latest\n',
    ['${REGISTRY}/tools'],
  ],
  ['a name of parts', 'ARG A\nFROM quay.io/acme/box-$A:latest\n', ['quay.io/acme/box-$A']],
  ['a tag of an argument', 'ARG A\nFROM quay.io/acme/box:$A\n', []],
  ['a name with a digest', 'ARG A\nFROM $A/box:latest@sha256:' + 'a'.repeat(64) + '\n', []],
  ['a default that holds a colon', 'ARG A\nFROM ${A:?latest}\n', []],
])('%s', async (_, Dockerfile, expected) => {
  const { findings } = await runExample(latestTag, { Dockerfile }, { preset: 'recommended' });
  expect(findings.map(({ message }) => message.split(' is named')[0])).toEqual(expected);
});

test('an image that the same lane builds under that name is its own', async () => {
  const files = {
    Makefile:
      'all:\n\tdocker build -t $(REGISTRY)/base:latest base\n\tdocker build --build-arg REGISTRY=$(REGISTRY) .\n',
    'base/Dockerfile': 'FROM scratch\n',
    Dockerfile: 'ARG REGISTRY\nFROM ${REGISTRY}/base:latest\nFROM $REGISTRY/ba$X:latest\n',
  };
  expect((await runExample(latestTag, files, { preset: 'recommended' })).findings).toEqual([]);
  const other = { ...files, Dockerfile: 'ARG REGISTRY\nFROM $REGISTRY/tools-$X:latest\n' };
  expect((await runExample(latestTag, other, { preset: 'recommended' })).findings).toHaveLength(1);
});
