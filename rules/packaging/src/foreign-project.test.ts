import { faultsOf } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { foreignProject } from './foreign-project.ts';

const nx = {
  'nx.json': '{}\n',
  'package.json': '{ "devDependencies": { "nx": "22.0.0" } }\n',
  'tsconfig.base.json':
    '{\n  // where our libraries are\n  "compilerOptions": { "paths": { "@acme/db": ["libs/db/index.ts"], "@acme/ui/*": ["libs/ui/*"], }, },\n}\n',
  'apps/api/project.json': '{ "name": "api", "implicitDependencies": ["seed"] }\n',
  'apps/api/main.ts': 'import { db } from "@acme/db";\n',
  'libs/db/project.json': '{ "name": "db" }\n',
  'libs/db/index.ts': 'export const db = 1;\n',
  'libs/ui/project.json': '{ "name": "ui" }\n',
  'libs/ui/a.ts': 'export const a = 1;\n',
  'libs/seed/project.json': '{ "name": "seed" }\n',
  'libs/seed/data.json': '{}\n',
  Makefile: 'image:\n\tdocker build .\n',
};

test('imports through path mappings and implicit dependencies are followed', async () => {
  const Dockerfile =
    'FROM node:24\nCOPY apps/api /a/apps/api\nCOPY libs/db /a/libs/db\nCOPY libs/seed /a/libs/seed\nCOPY «libs/ui» /a/libs/ui\nRUN nx build api\n';
  expect(await faultsOf(foreignProject, { ...nx, Dockerfile })).toEqual([]);
});

test('only what the stage that ships holds counts', async () => {
  const Dockerfile =
    'FROM node:24 AS build\nCOPY . /a\nRUN nx build api\nFROM node:24\nCOPY --from=build /a/dist/apps/api /srv\n';
  expect(await faultsOf(foreignProject, { ...nx, Dockerfile })).toEqual([]);
  const whole = 'FROM node:24 AS build\nCOPY «.» /a\nRUN nx build api\nFROM node:24\nCOPY --from=build /a /srv\n';
  expect(await faultsOf(foreignProject, { ...nx, Dockerfile: whole })).toEqual([]);
});

test('manifests alone carry no project', async () => {
  const Dockerfile =
    'FROM node:24\nCOPY apps/api /a/apps/api\nCOPY libs/ui/project.json /a/libs/ui/\nRUN nx build api\n';
  expect(await faultsOf(foreignProject, { ...nx, Dockerfile })).toEqual([]);
});

test.each(['RUN npm run build', 'RUN nx run-many -t build', 'RUN nx build $APP', 'RUN nx build unknown'])(
  'it is quiet where nothing tells the app: %s',
  async (run) => {
    expect(await faultsOf(foreignProject, { ...nx, Dockerfile: `FROM node:24\nCOPY . /a\n${run}\n` })).toEqual([]);
  },
);

test('a script of the root, an ARG and a filter tell it', async () => {
  const scripts = { ...nx, 'package.json': '{ "scripts": { "build:api": "nx build api" } }\n' };
  const run = 'FROM node:24\nCOPY «libs» /a/libs\nRUN npm run build:api\n';
  expect(await faultsOf(foreignProject, { ...scripts, Dockerfile: run })).toEqual([]);
  const arg = 'FROM node:24\nARG APP=api\nCOPY «libs» /a/libs\nRUN pnpm --filter "${APP}..." build\n';
  expect(await faultsOf(foreignProject, { ...nx, Dockerfile: arg })).toEqual([]);
});
