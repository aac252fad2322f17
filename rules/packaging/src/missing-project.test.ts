import { faultsOf } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { missingProject } from './missing-project.ts';

const pnpm = {
  'package.json': '{ "private": true }\n',
  'pnpm-workspace.yaml': 'packages: [apps/*, libs/*]\n',
  'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
  'apps/api/package.json':
    '{ "name": "api", "private": true, "dependencies": { "log": "workspace:*" }, "devDependencies": { "lint": "*" } }\n',
  'apps/api/tsconfig.json': '{ "extends": "../../tsconfig.base.json" }\n',
  'apps/api/main.ts': 'import "log";\n',
  'libs/log/package.json': '{ "name": "log", "private": true, "dependencies": { "deep": "workspace:*" } }\n',
  'libs/log/main.ts': 'import "deep";\n',
  'libs/deep/package.json': '{ "name": "deep", "private": true }\n',
  'libs/lint/package.json': '{ "name": "lint", "private": true }\n',
  'tsconfig.base.json': '{}\n',
  Makefile: 'image:\n\tdocker build -f apps/api/Dockerfile .\n',
};
const image = (...lines: readonly string[]) => ({
  ...pnpm,
  'apps/api/Dockerfile': `FROM node:24\nWORKDIR /app\n${lines.join('\n')}\n`,
});
const root = 'COPY package.json pnpm-workspace.yaml pnpm-lock.yaml tsconfig.base.json ./';
const install = 'RUN pnpm install --frozen-lockfile && pnpm --filter api build';

test('a project that is missing two steps away is told where its dependent is copied', async () => {
  const files = image(root, 'COPY «libs/log» libs/log', 'COPY apps/api apps/api', install);
  expect(await faultsOf(missingProject, files)).toEqual([]);
});

test('the files at the root that tools read', async () => {
  const copies = ['COPY libs libs', 'COPY «apps/api» apps/api'];
  expect(await faultsOf(missingProject, image('COPY «package.json» pnpm-lock.yaml ./', ...copies, install))).toEqual(
    [],
  );
});

test('a lockfile that the ignore file loses before a frozen install', async () => {
  const files = image(
    'COPY «package.json» pnpm-*.yaml tsconfig.base.json ./',
    'COPY libs libs',
    'COPY apps/api apps/api',
    install,
  );
  expect(await faultsOf(missingProject, { ...files, '.dockerignore': 'pnpm-lock.yaml\n' })).toEqual([]);
});

test('a stage that only installs, with manifests alone, needs no sources', async () => {
  const files = image(root, 'COPY apps/api/package.json apps/api/', 'RUN pnpm install --frozen-lockfile');
  expect(await faultsOf(missingProject, files)).toEqual([]);
});

test('a stage which takes what another put together, or mounts the context, is not judged', async () => {
  const pruned = image(
    'RUN turbo prune api',
    'FROM node:24',
    'COPY apps/api apps/api',
    'COPY --from=0 /app/out/full/ .',
    install,
  );
  expect(await faultsOf(missingProject, pruned)).toEqual([]);
  const mounted = image(
    root,
    'COPY apps/api apps/api',
    'RUN --mount=type=bind,target=/ctx pnpm install --frozen-lockfile',
  );
  expect(await faultsOf(missingProject, mounted)).toEqual([]);
});

test('a context below the workspace holds none of the others', async () => {
  const files = {
    ...pnpm,
    'apps/api/Dockerfile': 'FROM node:24\nCOPY «.» .\nRUN npm install && npm run build\n',
    Makefile: 'image:\n\tdocker build apps/api\n',
  };
  expect(await faultsOf(missingProject, files)).toEqual([]);
});

test('a published package may come from a registry', async () => {
  const files = {
    ...pnpm,
    'apps/api/package.json': '{ "name": "api", "dependencies": { "log": "^1.0.0" } }\n',
    'apps/api/tsconfig.json': '{}\n',
    'libs/log/package.json': '{ "name": "log", "version": "1.0.0" }\n',
    'apps/api/Dockerfile': 'FROM node:24\nCOPY . .\nRUN npm install && npm run build\n',
    Makefile: 'image:\n\tdocker build apps/api\n',
  };
  expect(await faultsOf(missingProject, files)).toEqual([]);
});
