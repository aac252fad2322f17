import { faultsOf } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { sensitiveFile } from './sensitive-file.ts';

const npmrc = '//npm.example.com/:_authToken=b1946ac9\n';

test('a credential file that a later layer deletes is the matter of secrets/in-layer', async () => {
  const files = (run: string, source = '.npmrc') => ({
    Dockerfile: `FROM node:22 AS deps\nWORKDIR /app\nCOPY ${source} ./\nRUN ${run}\nFROM deps\nCMD ["node"]\n`,
    '.npmrc': npmrc,
    '.dockerignore': '.git\n',
  });
  expect(await faultsOf(sensitiveFile, files('npm ci && rm -f .npmrc'))).toEqual([]);
  expect(await faultsOf(sensitiveFile, files('rm -rf /app'))).toEqual([]);
  expect(await faultsOf(sensitiveFile, files('rm -f other', '«.npmrc»'))).toEqual([]);
});

test('what stays in a stage that is not part of the image does not ship', async () => {
  const files = {
    Dockerfile: 'FROM node:22 AS deps\nCOPY .npmrc ./\nFROM node:22\nCOPY --from=deps /x /x\n',
    '.npmrc': npmrc,
  };
  expect(await faultsOf(sensitiveFile, files)).toEqual([]);
});
