import { faultsOf } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { ineffectivePattern } from './ineffective-pattern.ts';

test.each(['./..', 'a/../../b', '/.', '  # indented', 'dist #made by CI', '*.{js,ts}', '"node_modules"'])(
  '"%s" can match nothing that is meant',
  async (line) => {
    const trimmed = line.trim();
    expect(
      await faultsOf(ineffectivePattern, { '.dockerignore': `.git\n${line.replace(trimmed, `«${trimmed}»`)}\n` }),
    ).toEqual([]);
  },
);

test.each([
  'file#1',
  '\\#notes',
  'a/../b',
  '**/',
  'build/**\n!build/**/keep',
  'tmp\n!tmp/.gitkeep',
  '*\n!src',
  '*.md\n!README.md',
])('"%s" may have an effect', async (lines) => {
  expect(await faultsOf(ineffectivePattern, { '.dockerignore': `.git\n${lines}\n` })).toEqual([]);
});

test.each([
  ['the same path', '«docs»\n!docs'],
  ['a folder above it', '«docs/runbook»\n!docs'],
  ['a pattern that covers it', '«secret.txt»\n!secret*'],
  ['everything', '«!src»\n*'],
  ['a name at any depth', '«apps/web/.env»\n!**/.env'],
])('the earlier of two patterns is undone by %s', async (_, lines) => {
  expect(await faultsOf(ineffectivePattern, { '.dockerignore': `.git\n${lines}\n` })).toEqual([]);
});

test('a "!" before which nothing is left out', async () => {
  expect(await faultsOf(ineffectivePattern, { '.dockerignore': '«!README.md»\n**/*.log\n' })).toEqual([]);
});
