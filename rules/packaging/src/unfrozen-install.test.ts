import { faultsOf } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { unfrozenInstall } from './unfrozen-install.ts';

const locked = {
  'package.json': '{}\n',
  'package-lock.json': '{}\n',
  'yarn.lock': '\n',
  'pnpm-lock.yaml': '\n',
  'bun.lock': '{}\n',
  'pyproject.toml': '\n',
  'uv.lock': '\n',
  Makefile: 'image:\n\tdocker build .\n',
};
const image = (run: string) => ({ ...locked, Dockerfile: `FROM node:24\nWORKDIR /app\nCOPY . .\n${run}\n` });

test.each([
  'RUN «npm i»',
  'RUN cd web && «npm install --no-audit»',
  '«RUN ["npm", "install"]»',
  'RUN «yarn»',
  'RUN «yarn --cwd ui install»',
  'RUN «pnpm install --prod»',
  'RUN corepack enable && «pnpm i --no-frozen-lockfile»',
  'ENV CI=true\nRUN «pnpm install --frozen-lockfile=false»',
  'RUN «bun install --production»',
  'RUN «uv sync --no-dev»',
  'RUN --mount=type=cache,target=/root/.npm \\\n    «npm install»',
])('it may change the lockfile: %s', async (run) => {
  expect(await faultsOf(unfrozenInstall, image(run))).toEqual([]);
});

test.each([
  'RUN npm ci --omit=dev',
  'RUN yarn --frozen-lockfile --production',
  'RUN yarn install --immutable',
  'RUN YARN_ENABLE_IMMUTABLE_INSTALLS=true yarn install',
  'RUN yarn build && yarn --version',
  'RUN yarn workspaces focus --production',
  'RUN pnpm i --frozen-lockfile',
  'ENV CI=true\nRUN pnpm install',
  'RUN pnpm fetch && pnpm install --offline',
  'RUN pnpm deploy --prod /out',
  'RUN npm install --global pnpm@10.24.0',
  'RUN npm install express@5.1.0',
  'RUN bun ci',
  'RUN uv sync --locked',
])('it keeps to the lockfile, or installs something else: %s', async (run) => {
  expect(await faultsOf(unfrozenInstall, image(run))).toEqual([]);
});

test('a lockfile that comes later is not there when the install runs', async () => {
  const Dockerfile =
    'FROM node:24\nWORKDIR /app\nCOPY package.json ./\nRUN «yarn install --frozen-lockfile»\nCOPY . .\n';
  expect(await faultsOf(unfrozenInstall, { ...locked, Dockerfile })).toEqual([]);
});

test('a lockfile may be mounted, lie above, or come out of another stage', async () => {
  const mounted =
    'FROM node:24\nWORKDIR /app\nCOPY package.json ./\nRUN --mount=type=bind,source=yarn.lock,target=yarn.lock yarn --frozen-lockfile\n';
  const above =
    'FROM node:24\nWORKDIR /app\nCOPY package.json yarn.lock ./\nCOPY package.json web/\nWORKDIR /app/web\nRUN yarn --frozen-lockfile\n';
  const pruned =
    'FROM node:24 AS a\nRUN turbo prune web\nFROM node:24\nCOPY package.json ./\nCOPY --from=a /out/json/ ./\nRUN yarn --frozen-lockfile\n';
  for (const Dockerfile of [mounted, above, pruned])
    expect(await faultsOf(unfrozenInstall, { ...locked, Dockerfile })).toEqual([]);
});

test('a stage that no build needs is not judged', async () => {
  const Dockerfile = 'FROM node:24 AS dev\nRUN npm install\nFROM node:24\nCOPY package.json /\n';
  expect(await faultsOf(unfrozenInstall, { ...locked, Dockerfile })).toEqual([]);
});

test('whether the lockfile gets in is not told of a context that is a guess', async () => {
  expect(
    await faultsOf(unfrozenInstall, {
      ...locked,
      'apps/jobs/package.json': '{}\n',
      'apps/jobs/Dockerfile':
        'FROM oven/bun\nWORKDIR /app\nCOPY . .\nRUN bun install --frozen-lockfile --filter jobs\n',
    }),
  ).toEqual([]);
});
