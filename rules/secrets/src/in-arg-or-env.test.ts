import { faultsOf } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { inArgOrEnv } from './in-arg-or-env.ts';

const copies = 'ENV NPM_TOKEN=$NPM_TOKEN\nENV NODE_AUTH_TOKEN="${NPM_TOKEN}"\n';

test('an ARG and what copies it, also step by step, are one finding', async () => {
  expect(await faultsOf(inArgOrEnv, { Dockerfile: `FROM node:22\nARG «NPM_TOKEN»\n${copies}` })).toEqual([]);
});

test('where a build fills the ARG with a secret, the build-arg is told', async () => {
  const files = {
    Dockerfile: `FROM node:22\nARG NPM_TOKEN\n${copies}`,
    '.github/workflows/a.yml':
      'on: push\njobs:\n  image:\n    runs-on: x\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          context: .\n          build-args: NPM_TOKEN=${{ secrets.T }}\n',
  };
  expect(await faultsOf(inArgOrEnv, files)).toEqual([]);
});
