import { faultsOf, runExample } from '@plimsoll/rule-tester';
import type { Example } from '@plimsoll/core';
import { expect, test } from 'vitest';
import { drift } from './drift.ts';

const messages = async (example: Example): Promise<readonly string[]> =>
  (await runExample(drift, example)).findings.map(({ message }) => message);

const web = { Dockerfile: 'FROM scratch AS web\nCOPY src /app/\n', 'src/a.js': '', 'src/b.js': '' };

test('what is new and what is gone stand in one finding', async () => {
  const example = { ...web, 'plimsoll.ships.txt': '[web] from .\n/app/b.js\n/app/c.js\n' };
  expect(await messages(example)).toEqual([
    'Dockerfile ships 1 file that is not recorded (/app/a.js) and no longer ships /app/c.js',
  ]);
});

test('order, repetition and comments say nothing', async () => {
  const list = '# ours\n[web] from .\n/app/b.js\n/app/a.js\n/app/b.js\n';
  expect(await faultsOf(drift, { ...web, 'plimsoll.ships.txt': list })).toEqual([]);
});

test('a target that is no longer built is told at its heading', async () => {
  const list = '[web] from .\n/app/a.js\n/app/b.js\n\n«[old] from .»\n/old.js\n';
  expect(await faultsOf(drift, { ...web, 'plimsoll.ships.txt': list })).toEqual([]);
});

test('without a recorded section the heading of another one, or the first line, is marked', async () => {
  expect(
    await faultsOf(drift, {
      ...web,
      'compose.yaml': 'services: { w: { build: . } }\n',
      'plimsoll.ships.txt': '«# none yet»\n',
    }),
  ).toEqual([]);
});

test('builds that differ in their arguments share a section', async () => {
  const example = {
    Dockerfile: 'FROM scratch AS web\nARG APP\nCOPY ${APP} /app/\n',
    'compose.yaml':
      'services:\n  a: { build: { context: ., args: { APP: a.js } } }\n  b: { build: { context: ., args: { APP: b.js } } }\n',
    'a.js': '',
    'b.js': '',
    'plimsoll.ships.txt': '[web] from .\n/app/a.js\n/app/b.js\n',
  };
  expect(await faultsOf(drift, example)).toEqual([]);
});

test('contexts have sections of their own', async () => {
  const example = {
    'docker/Dockerfile': 'FROM scratch\nCOPY x /\n',
    'compose.yaml':
      'services:\n  a: { build: { context: a, dockerfile: ../docker/Dockerfile } }\n  b: { build: { context: b, dockerfile: ../docker/Dockerfile } }\n',
    'a/x': '',
    'b/x': '',
    'docker/plimsoll.ships.txt': '[last stage] from a\n/x\n\n[last stage] from b\n/x\n',
  };
  expect(await faultsOf(drift, example)).toEqual([]);
});

test('where nothing builds the Dockerfile, the list says from where it is built', async () => {
  const example = {
    'docker/Dockerfile': 'FROM scratch\nCOPY . /\n',
    'docker/x': '',
    'docker/plimsoll.ships.txt': '[last stage] from docker\n/Dockerfile\n/plimsoll.ships.txt\n/x\n',
  };
  expect(await faultsOf(drift, example)).toEqual([]);
});

test('a conflict that was left in the list is told', async () => {
  const list = '[web] from .\n<<<<<<< ours\n/app/a.js\n=======\n/app/b.js\n>>>>>>> theirs\n';
  const { findings } = await runExample(drift, { ...web, 'plimsoll.ships.txt': list });
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(Array(3).fill('syntax/manifest'));
});
