import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createNodes, createNodesV2 } from './index.ts';
import type { PluginOptions } from './index.ts';

interface Target {
  readonly options: { readonly command: string };
  readonly inputs: readonly unknown[];
  readonly outputs: readonly string[];
  readonly cache: boolean;
}

/** The targets by folder of the project, as Nx would be given them for these files. */
async function targetsFor(files: Readonly<Record<string, string>>, options?: PluginOptions) {
  const workspaceRoot = mkdtempSync(join(tmpdir(), 'plimsoll-nx-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(workspaceRoot, path)), { recursive: true });
    writeFileSync(join(workspaceRoot, path), content);
  }
  const results = await createNodes[1](Object.keys(files), options, { workspaceRoot, nxJsonConfiguration: {} });
  const projects = results.flatMap(([, { projects = {} }]) => Object.entries(projects));
  return Object.fromEntries(projects.map(([folder, { targets }]) => [folder, targets as Record<string, Target>]));
}

const ROOT = { 'package.json': '{"name": "ws", "workspaces": ["apps/*"], "nx": {}}' };
const API = { ...ROOT, 'apps/api/package.json': '{"name": "api"}' };
const inputsOf = async (dockerfile: string) => {
  const files = { ...API, 'apps/api/Dockerfile': dockerfile };
  return (await targetsFor(files))['apps/api']?.['plimsoll']?.inputs ?? [];
};

test('both names that Nx knows give the same', () => {
  expect(createNodesV2).toBe(createNodes);
});

describe('a target is on', () => {
  test.each([
    ['a member of the workspaces with a Dockerfile', { 'apps/api/Dockerfile': 'FROM scratch\n' }],
    ['one with an ignore file', { 'apps/api/.dockerignore': '*\n' }],
    ['one with a contract', { 'apps/api/plimsoll.contract.yaml': 'version: 1\n' }],
    ['one whose Dockerfile lies deeper', { 'apps/api/docker/Dockerfile': 'FROM scratch\n' }],
  ])('%s', async (_, files) => {
    expect(Object.keys(await targetsFor({ ...API, ...files }))).toEqual(['apps/api']);
  });

  test('a folder with a project.json, and on members by pnpm', async () => {
    const files = {
      'package.json': '{}',
      'pnpm-workspace.yaml': "packages:\n  - './services/*'\n  - '!services/old'\n",
      'tools/x/project.json': '{}',
      'tools/x/Dockerfile': 'FROM scratch\n',
      'services/a/package.json': '{}',
      'services/a/Dockerfile': 'FROM scratch\n',
      'services/old/package.json': '{}',
      'services/old/Dockerfile': 'FROM scratch\n',
    };
    expect(Object.keys(await targetsFor(files))).toEqual(['services/a', 'tools/x']);
  });

  test('the innermost project alone', async () => {
    const files = { ...ROOT, 'apps/a/project.json': '{}', 'apps/a/b/project.json': '{}', 'apps/a/b/Dockerfile': '' };
    expect(Object.keys(await targetsFor(files))).toEqual(['apps/a/b']);
  });
});

test('no project is made of a folder that Nx has none of', async () => {
  const files = { ...API, 'vendor/a/package.json': '{}', 'vendor/a/Dockerfile': '', 'vendor/b/Dockerfile': '' };
  expect(Object.keys(await targetsFor(files))).toEqual(['.']);
  expect(await targetsFor({ ...files, 'package.json': '{"name": "ws"}' })).toEqual({});
});

test('the root has one for workflows and for what lies in no project', async () => {
  const files = { ...API, '.github/workflows/ci.yml': '', Dockerfile: '', 'deploy/proxy/Dockerfile': '' };
  const targets = await targetsFor(files);
  expect(targets['.']?.['plimsoll']?.options.command).toBe(
    'plimsoll check .github Dockerfile deploy/proxy --format sarif=dist/plimsoll/{projectName}.sarif --format text',
  );
});

test('odd files and odd names are no reason to fail', async () => {
  const files = {
    'package.json': '{"workspaces": [1, "[", "apps/*"], "nx": 3}',
    'pnpm-workspace.yaml': 'a: [',
    'lerna.json': '[',
    'apps/a/project.json': '{',
    'apps/b/package.json': 'null',
    'apps/b/Dockerfile': '',
    'apps/$(id) "x/package.json': '{}',
    'apps/$(id) "x/Dockerfile': '\0',
  };
  const targets = await targetsFor(files, { targetName: '', preset: 'lax' as 'strict' });
  expect(Object.keys(targets)).toEqual(['apps/$(id) "x']);
  expect(targets['apps/$(id) "x']?.['plimsoll']?.options.command).toContain('check "./apps/\\$(id) \\"x" --format');
  expect(await createNodes[1](['gone/project.json', 'gone/Dockerfile'], undefined, noFiles)).toEqual([]);
});

const noFiles = { workspaceRoot: join(tmpdir(), 'plimsoll-none'), nxJsonConfiguration: {} };

test('options name the target and the preset', async () => {
  const files = { ...API, 'apps/api/Dockerfile': '' };
  const targets = await targetsFor(files, { targetName: 'release-check', preset: 'strict' });
  expect(targets['apps/api']?.['release-check']?.options.command).toContain('apps/api --preset strict --format');
});

describe('inputs', () => {
  test('are the project, what says how things are built, and the version', async () => {
    const files = {
      ...API,
      'apps/api/Dockerfile': '',
      'package.json': '{"workspaces":["apps/*"],"devDependencies":{"plimsoll":"1"}}',
    };
    const target = (await targetsFor(files))['apps/api']?.['plimsoll'];
    expect(target?.cache).toBe(true);
    expect(target?.outputs).toEqual(['{workspaceRoot}/dist/plimsoll/{projectName}.sarif']);
    expect(target?.inputs).toEqual(
      expect.arrayContaining([
        '{workspaceRoot}/apps/api/**/*',
        '{workspaceRoot}/*[^d]',
        '{workspaceRoot}/.github/**/*',
        '{workspaceRoot}/apps/plimsoll.yaml',
        { externalDependencies: ['plimsoll'] },
      ]),
    );
    expect(await inputsOf('')).toContainEqual({ runtime: 'plimsoll --version' });
  });

  test.each([
    ['COPY', 'COPY --chown=1:1 libs/log package.json /app/'],
    ['COPY in JSON', 'copy ["libs/log", "/app"]'],
    ['COPY over two lines', 'COPY package.json \\\n  ./libs/log/ /app/'],
    ['ADD of a wildcard', 'ADD libs/log/*.json /app/'],
    ['a bind mount', 'RUN --mount=type=bind,source=libs/log,target=/x true'],
  ])('hold what %s takes from above the project', async (_, line) => {
    const inputs = await inputsOf(`FROM scratch\n${line}\n`);
    expect(inputs).toContain('{workspaceRoot}/libs/log/**/*');
    expect(inputs).not.toContain('{workspaceRoot}/**/*');
  });

  test.each(['COPY . .', 'COPY $FROM /app', 'ADD * /', 'COPY ../x /', 'RUN --mount=target=/x true'])(
    'are all of the workspace where %s may take all of it',
    async (line) => {
      expect(await inputsOf(`FROM scratch\n${line}\n`)).toContain('{workspaceRoot}/**/*');
    },
  );

  test.each([
    'COPY --from=build /app /app',
    'ADD https://example.com/a /',
    'COPY <<EOF /a',
    '# COPY . .',
    'RUN cp . /x',
  ])('hold nothing for %s, which takes nothing of the context', async (line) => {
    expect(await inputsOf(`FROM scratch\n${line}\n`)).toEqual(await inputsOf('FROM scratch\n'));
  });

  test('are written in patterns that both readers of Nx understand alike', async () => {
    const inputs = [
      ...(await inputsOf('')),
      ...((await targetsFor({ ...API, Dockerfile: '' }))['.']?.['plimsoll']?.inputs ?? []),
    ];
    expect(inputs.filter((input) => typeof input === 'string' && /[!(]|\{,|,\}/.test(input))).toEqual([]);
  });

  test('hold the files that a configuration above extends', async () => {
    const files = {
      ...API,
      'apps/api/Dockerfile': '',
      'apps/plimsoll.yaml': 'extends: [../policy/base.yaml, "@acme/policy"]\nnxGraph: made/graph.json\n',
    };
    const { inputs } = (await targetsFor(files))['apps/api']?.['plimsoll'] ?? {};
    expect(inputs).toContain('{workspaceRoot}/policy/base.yaml');
  });
});
