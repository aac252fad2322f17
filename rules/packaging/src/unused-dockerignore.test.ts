import { faultsOf } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { unusedDockerignore } from './unused-dockerignore.ts';

const app = { 'app/Dockerfile': 'FROM scratch\nCOPY main.js /\n', 'app/main.js': '\n' };
const step = (inputs: string): string =>
  `on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          ${inputs}\n`;

test('the Git context reads none', async () => {
  const text = step('context: "{{defaultContext}}:app"');
  expect(
    await faultsOf(unusedDockerignore, {
      ...app,
      'app/.dockerignore': '«*»\n!main.js\n',
      '.github/workflows/a.yml': text,
    }),
  ).toEqual([]);
});

test('one build that reads it is enough', async () => {
  const text = step('context: "{{defaultContext}}:app"');
  const files = { ...app, 'app/.dockerignore': '*\n!main.js\n', '.github/workflows/a.yml': text };
  expect(
    await faultsOf(unusedDockerignore, { ...files, 'compose.yaml': 'services: { app: { build: ./app } }\n' }),
  ).toEqual([]);
});

test('a build whose context is not known may read it', async () => {
  const text = step('context: ${{ vars.DIR }}\n          file: app/Dockerfile');
  expect(
    await faultsOf(unusedDockerignore, { ...app, 'app/.dockerignore': '*\n', '.github/workflows/a.yml': text }),
  ).toEqual([]);
});

test('a named context reads the file at its root', async () => {
  const text = step('context: app\n          build-contexts: lib=lib');
  const files = { ...app, 'lib/a.js': '\n', 'lib/Dockerfile': 'FROM scratch\n', '.github/workflows/a.yml': text };
  expect(await faultsOf(unusedDockerignore, { ...files, 'lib/.dockerignore': '*.md\n' })).toEqual([]);
});

test('the file beside the Dockerfile takes the place of that in the context', async () => {
  const files = { ...app, 'app/Dockerfile.dockerignore': '*\n!main.js\n', 'app/.dockerignore': '«node_modules»\n' };
  expect(await faultsOf(unusedDockerignore, { ...files, Makefile: 'image:\n\tdocker build app\n' })).toEqual([]);
});

test('a file named after a Dockerfile that is not there', async () => {
  expect(await faultsOf(unusedDockerignore, { ...app, 'app/Dockerfile.dev.dockerignore': '«*»\n' })).toEqual([]);
});

test('a Dockerfile that nothing builds may be built from either folder that holds its sources', async () => {
  expect(
    await faultsOf(unusedDockerignore, { ...app, 'app/.dockerignore': '*\n!main.js\n', '.dockerignore': '.git\n' }),
  ).toEqual([]);
  const elsewhere = {
    'app/Dockerfile': 'FROM scratch\nCOPY app/main.js /\n',
    'app/main.js': '\n',
    '.dockerignore': '.git\n',
  };
  expect(await faultsOf(unusedDockerignore, { ...elsewhere, 'app/.dockerignore': '«*»\n!main.js\n' })).toEqual([]);
});

test('the root is not read by builds of folders below it, nor a folder by a build of the root', async () => {
  const below = { ...app, '.dockerignore': '«node_modules»\n', Makefile: 'image:\n\tdocker build app\n' };
  expect(await faultsOf(unusedDockerignore, below)).toEqual([]);
  const above = {
    'docker/Dockerfile': 'FROM scratch\nCOPY app /app\n',
    'app/main.js': '\n',
    'lib/.dockerignore': '*\n',
  };
  const Makefile = 'image:\n\tdocker build -f docker/Dockerfile .\n';
  expect(await faultsOf(unusedDockerignore, { ...above, 'app/.dockerignore': '«*.md»\n', Makefile })).toEqual([]);
});
