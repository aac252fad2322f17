import { faultsOf } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { emptyWildcard } from './empty-wildcard.ts';

const image = (copies: string, others: Readonly<Record<string, string>> = {}) => ({
  Dockerfile: `FROM scratch\nCOPY src /src\n${copies}\n`,
  Makefile: 'image:\n\tdocker build .\n',
  'src/a.js': '\n',
  ...others,
});

test.each([
  'COPY src/a.js yarn.lock* /',
  'COPY .npmrc* /',
  'COPY src/a.j[s] /',
  'COPY src/b.t[s] /',
  'COPY LICENSE* /',
  'COPY buildinfo* /',
])('a name that may be absent is asked for on purpose: %s', async (copy) =>
  expect(await faultsOf(emptyWildcard, image(copy))).toEqual([]),
);

test.each(['COPY «src/*.sql» /', 'COPY src/a.js «*.txt» /', 'COPY «src/**/*.js» /', 'COPY «src/[bc]*.js» /'])(
  'a pattern that matches nothing: %s',
  async (copy) => expect(await faultsOf(emptyWildcard, image(copy))).toEqual([]),
);

test('what the ignore file leaves out is not matched', async () => {
  expect(
    await faultsOf(emptyWildcard, image('COPY «src/*.md» /', { 'src/a.md': '#\n', '.dockerignore': '**/*.md\n' })),
  ).toEqual([]);
});

test('results of a build may be there', async () => {
  expect(await faultsOf(emptyWildcard, image('COPY src/*.jar /app.jar'))).toEqual([]);
});
