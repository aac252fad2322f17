import { faultsOf } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { shallowPattern } from './shallow-pattern.ts';

const workspace = {
  'package.json': '{ "workspaces": ["apps/*"] }\n',
  '.gitignore': 'node_modules/\ndist\n',
  'apps/api/package.json': '{ "name": "api" }\n',
  'apps/api/main.js': 'run();\n',
};

test('what Git leaves out counts as being in each package', async () => {
  const Dockerfile = 'FROM scratch\nCOPY . /app\n';
  expect(
    await faultsOf(shallowPattern, {
      ...workspace,
      Dockerfile,
      '.dockerignore': '.git\n«node_modules»\n«dist/»\ncoverage\n',
    }),
  ).toEqual([]);
});

test('it counts only where the stage that ships copies it itself', async () => {
  const Dockerfile = 'FROM alpine:3 AS build\nCOPY . /app\nRUN npm ci\nFROM scratch\nCOPY --from=build /app /app\n';
  expect(await faultsOf(shallowPattern, { ...workspace, Dockerfile, '.dockerignore': 'node_modules\n' })).toEqual([]);
});

test('a single package has no deeper one', async () => {
  const Dockerfile = 'FROM scratch\nCOPY . /app\n';
  const files = { 'package.json': '{}\n', '.gitignore': 'node_modules\n', Dockerfile };
  expect(await faultsOf(shallowPattern, { ...files, '.dockerignore': 'node_modules\n.env\n' })).toEqual([]);
});

test.each(['/*.log', '**/*.log', 'logs/*.log', '!*.log'])(
  'a pattern that does not hold at the root alone by mistake: %s',
  async (pattern) => {
    const files = { Dockerfile: 'FROM scratch\nCOPY api /api\n', 'api/start.log': '\n' };
    expect(await faultsOf(shallowPattern, { ...files, '.dockerignore': `.git\n${pattern}\n` })).toEqual([]);
  },
);

test('what is let in again is meant to ship', async () => {
  const files = { Dockerfile: 'FROM scratch\nCOPY api /api\n', 'api/start.log': '\n' };
  expect(await faultsOf(shallowPattern, { ...files, '.dockerignore': '*\n!api\n*.log\n!api/start.log\n' })).toEqual([]);
});

test('names that are often meant for the root are told under the strict preset alone', async () => {
  const files = { Dockerfile: 'FROM scratch\nCOPY api /api\n', 'api/README.md': '#\n' };
  expect(await faultsOf(shallowPattern, { ...files, '.dockerignore': '«README.md»\n' })).toEqual([]);
  expect(
    await faultsOf(shallowPattern, { ...files, '.dockerignore': 'README.md\n' }, { preset: 'recommended' }),
  ).toEqual([]);
});

test('a folder with a name of source code is another one', async () => {
  const files = { Dockerfile: 'FROM scratch\nCOPY api /api\n', 'api/lib/a.js': '\n', 'api/docs/a.md': '\n' };
  expect(await faultsOf(shallowPattern, { ...files, '.dockerignore': 'lib\n«docs»\n' })).toEqual([]);
});
