import { faultsOf, runExample } from '@plimsoll/rule-tester';
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

test('of several Dockerfiles with one context the recommended preset tells the first, and where the others are', async () => {
  const several = {
    'src/main.js': 'run();\n',
    'api.Dockerfile': 'FROM scratch\nCOPY src /app\n',
    'web.Dockerfile': 'FROM scratch\nCOPY src /app\n',
  };
  const { findings } = await runExample(missingDockerignore, several, { preset: 'recommended' });
  expect(findings.map(({ at, related }) => [at.file.path, related.map((one) => one.at.file.path)])).toEqual([
    ['api.Dockerfile', ['web.Dockerfile']],
  ]);
  expect((await runExample(missingDockerignore, several, { preset: 'strict' })).findings).toHaveLength(2);
});

test('it tells what is copied, and no more', async () => {
  const { findings } = await runExample(missingDockerignore, {
    Dockerfile: 'FROM scratch\nCOPY src /app\n',
    'src/main.js': 'run();\n',
    'notes.md': 'draft\n',
  });
  expect(findings.map(({ message }) => message)).toEqual([
    'COPY src takes 1 file (7 B) and whatever a laptop or an earlier step leaves there: no ignore file applies to the root of the repository',
  ]);
});
