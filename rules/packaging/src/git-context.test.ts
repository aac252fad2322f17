import { faultsOf } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { broadCopy } from './broad-copy.ts';
import { gitContext } from './git-context.ts';
import { missingSource } from './missing-source.ts';

const job = (...steps: readonly string[]): string =>
  `on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n${steps.map((step) => `      - ${step}\n`).join('')}`;
const files = {
  '.gitignore': 'target/\n',
  'svc/Dockerfile': 'FROM scratch\nCOPY target/*.jar /app.jar\n',
  'svc/Main.java': '\n',
};
const build = (mark: boolean, context: string): string =>
  `uses: ${mark ? '«docker/build-push-action@v7»' : 'docker/build-push-action@v7'}\n        with:\n          context: ${context}`;

test('a folder of the Git context lacks what the job makes as well', async () => {
  const text = job('run: mvn -f svc package', build(true, '"{{defaultContext}}:svc"'));
  expect(await faultsOf(gitContext, { ...files, '.github/workflows/a.yml': text })).toEqual([]);
});

test('the checkout holds it', async () => {
  const text = job('uses: actions/checkout@v7', 'run: mvn -f svc package', build(false, 'svc'));
  expect(await faultsOf(gitContext, { ...files, '.github/workflows/a.yml': text })).toEqual([]);
});

test('a path that nothing makes is a missing source there too', async () => {
  const typo = {
    'svc/Dockerfile': 'FROM scratch\nCOPY «scr» /src\n',
    'svc/src/a': '\n',
    '.github/workflows/a.yml': job(build(false, '"{{defaultContext}}:svc"')),
  };
  expect(await faultsOf(missingSource, typo)).toEqual([]);
});

test('no allow-list bounds it', async () => {
  const whole = {
    Dockerfile: 'FROM scratch\nCOPY «.» /app\n',
    a: '\n',
    '.dockerignore': '*\n!a\n',
    '.github/workflows/a.yml': job('uses: docker/build-push-action@v7'),
  };
  expect(await faultsOf(broadCopy, whole)).toEqual([]);
});
