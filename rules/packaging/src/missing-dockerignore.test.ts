import { faultsOf } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { missingDockerignore } from './missing-dockerignore.ts';

const files = { 'app/src/main.js': 'run();\n', 'app/Dockerfile': 'FROM scratch\nCOPY src /app/src\n' };

function workflow(inputs: string): string {
  return `on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          ${inputs}\n`;
}

test('no ignore file is missing where the context is that of Git', async () => {
  expect(
    await faultsOf(missingDockerignore, {
      ...files,
      '.github/workflows/a.yml': workflow('context: "{{defaultContext}}:app"'),
    }),
  ).toEqual([]);
  expect(
    await faultsOf(missingDockerignore, { ...files, '.github/workflows/a.yml': workflow('file: app/Dockerfile') }),
  ).toEqual([]);
});

test('one is missing as soon as one build reads the folder itself', async () => {
  const local = {
    ...files,
    'app/Dockerfile': 'FROM scratch\nCOPY «src» /app/src\n',
    '.github/workflows/a.yml': workflow('context: app'),
  };
  expect(await faultsOf(missingDockerignore, local)).toEqual([]);
});
