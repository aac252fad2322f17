import { faultsOf, runExample } from '@plimsoll/rule-tester';
import type { Example } from '@plimsoll/core';
import { expect, test } from 'vitest';
import { contractBreach } from './contract-breach.ts';

const messages = async (example: Example): Promise<readonly string[]> =>
  (await runExample(contractBreach, example)).findings.map(({ message }) => message);

const image = { 'src/main.js': 'run();\n', 'src/main.js.map': '{}\n', '.env': 'A=1\n' };

test('what is forbidden is told once, also where it is not allowed either', async () => {
  expect(
    await messages({
      ...image,
      Dockerfile: 'FROM scratch\nCOPY src .env /app/\n',
      'plimsoll.contract.yaml': "allow: [app/*.js]\nforbid: ['**/*.map', '**/.env']\n",
    }),
  ).toEqual([
    'COPY src brings 1 file that the contract forbids: /app/main.js.map',
    'COPY .env brings 1 file that the contract forbids: /app/.env',
  ]);
});

test('a `!` takes back', async () => {
  const files = { ...image, Dockerfile: 'FROM scratch\nCOPY src /app/\n' };
  const contract = (text: string): Example => ({ ...files, 'plimsoll.contract.yaml': text });
  expect(await faultsOf(contractBreach, contract("forbid: ['**/*.map', '!app/main.js.map']\n"))).toEqual([]);
  expect(await messages(contract("allow: [app, '!app/*.map']\n"))).toHaveLength(1);
});

test('sizes are held to their limit', async () => {
  expect(
    await messages({
      ...image,
      Dockerfile: 'FROM scratch\nCOPY src /app/\n',
      'plimsoll.contract.yaml': 'maxBytes: 5\n',
    }),
  ).toEqual(['The image carries 10 B of the repository, and the contract allows 5 B']);
});

test('a target can have terms of its own, in place of those at the top', async () => {
  const example = {
    ...image,
    Dockerfile: 'FROM scratch AS api\nCOPY src /api/\nFROM scratch AS web\nCOPY src /web/\n',
    'compose.yaml':
      'services:\n  a: { build: { context: ., target: api } }\n  w: { build: { context: ., target: web } }\n',
  };
  const allowWeb = 'allow: [web]\ntargets:\n  api:\n    allow: [api]\n';
  expect(await faultsOf(contractBreach, { ...example, 'plimsoll.contract.yaml': allowWeb })).toEqual([]);
  expect(await messages({ ...example, 'plimsoll.contract.yaml': 'allow: [web]\n' })).toEqual([
    'COPY src brings 2 files that the contract does not allow: /api/main.js and /api/main.js.map',
  ]);
});

test('a stage for tests that is pushed nowhere is held to terms of its own alone', async () => {
  const example = {
    ...image,
    Dockerfile: 'FROM scratch AS web\nCOPY src/main.js /\nFROM web AS test\nCOPY src /test/\n',
    'compose.yaml': 'services:\n  t: { build: { context: ., target: test } }\n',
  };
  expect(await messages({ ...example, 'plimsoll.contract.yaml': 'maxFiles: 1\n' })).toEqual([]);
  expect(await messages({ ...example, 'plimsoll.contract.yaml': 'targets: { test: { maxFiles: 1 } }\n' })).toHaveLength(
    1,
  );
});

test('files reach the image through another stage', async () => {
  expect(
    await faultsOf(contractBreach, {
      ...image,
      Dockerfile: 'FROM scratch AS build\nCOPY «.» /w/\nFROM scratch\nCOPY --from=build /w/src /app/\n',
      'plimsoll.contract.yaml': 'allow: [app/main.js]\n',
    }),
  ).toEqual([]);
});

test('a contract that holds for nothing is told', async () => {
  const text = 'maxFiles: 1\n';
  const alone = await messages({ 'app/plimsoll.contract.yaml': text, Dockerfile: 'FROM scratch\n' });
  expect(alone).toEqual(['This contract holds for no image: no Dockerfile of its name stands beside it']);
  const unknown = await messages({
    'app/plimsoll.web.contract.yaml': text,
    'app/Dockerfile.web': 'FROM scratch\nCOPY gone /\n',
  });
  expect(unknown[0]).toMatch(/^This contract holds for no image: nothing in the repository builds it/);
});

test('what is wrong in the file itself is told as syntax/manifest', async () => {
  const { findings } = await runExample(contractBreach, {
    Dockerfile: 'FROM scratch\n',
    'plimsoll.contract.yaml': 'maxFile: 1\n',
  });
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(['syntax/manifest']);
});

test('a comment above the copy accepts it', async () => {
  expect(
    await messages({
      ...image,
      Dockerfile: 'FROM scratch\n# plimsoll-ignore packaging/contract-breach -- shown to customers\nCOPY src /app/\n',
      'plimsoll.contract.yaml': "forbid: ['**/*.map']\n",
    }),
  ).toEqual([]);
});
