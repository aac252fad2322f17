import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph } from './index.ts';
import type { ProjectWorkspace, ReleaseSettings } from './index.ts';

function workspacesOf(
  files: Readonly<Record<string, string>>,
  settings?: ReleaseSettings,
): readonly ProjectWorkspace[] {
  return buildGraph(documentsOf(files), settings).workspaces;
}

/** The dependencies of a project, as `name by what`. */
function neededBy(workspace: ProjectWorkspace | undefined, name: string): readonly string[] {
  const project = workspace?.find(name);
  if (!workspace || !project) throw new Error(`no project ${name}`);
  return workspace.dependenciesOf(project).list.map((one) => `${one.project.name} by ${one.by}`);
}

const json = JSON.stringify;

test('npm, Yarn and Bun name their packages in package.json', () => {
  const [workspace, ...others] = workspacesOf({
    'package.json': json({ workspaces: { packages: ['apps/*', 'libs/**', '!libs/old'] } }),
    'yarn.lock': '',
    'apps/api/package.json': json({
      name: '@acme/api',
      dependencies: { '@acme/log': '^1.0.0' },
      devDependencies: { lint: '*', deep: 'workspace:*' },
    }),
    'libs/log/package.json': json({ name: '@acme/log', private: true }),
    'libs/a/deep/package.json': json({ name: 'deep' }),
    'libs/lint/package.json': json({ name: 'lint' }),
    'libs/old/package.json': json({ name: 'old' }),
    'docs/package.json': json({ name: 'docs' }),
  });
  expect(others).toEqual([]);
  expect(workspace).toMatchObject({ root: '', manager: 'yarn', files: ['yarn.lock', 'package.json'] });
  expect(workspace?.projects.map(({ root }) => root)).toEqual(['apps/api', 'libs/a/deep', 'libs/lint', 'libs/log']);
  expect(neededBy(workspace, 'api')).toEqual(['@acme/log by package.json', 'lint by test', 'deep by package.json']);
});

test('pnpm names them in pnpm-workspace.yaml; one with settings alone is no workspace', () => {
  const files = {
    'pnpm-workspace.yaml': 'packages:\n  - apps/{api,web}\n',
    'apps/api/package.json': '{}',
    'apps/web/package.json': '{}',
    'apps/old/package.json': '{}',
  };
  const [workspace] = workspacesOf({
    ...files,
    'ui/pnpm-workspace.yaml': 'onlyBuiltDependencies: [esbuild]\n',
    'ui/package.json': '{}',
  });
  expect(workspace?.manager).toBe('pnpm');
  expect(workspace?.projects.map(({ name }) => name)).toEqual(['api', 'web']);
});

test('a workspace inside of another keeps its projects', () => {
  const workspaces = workspacesOf({
    'package.json': json({ workspaces: ['**'] }),
    'apps/api/package.json': '{}',
    'examples/shop/package.json': json({ workspaces: ['*'] }),
    'examples/shop/web/package.json': '{}',
  });
  expect(workspaces.map(({ root, projects }) => [root, projects.map((project) => project.root)])).toEqual([
    ['', ['apps/api']],
    ['examples/shop', ['examples/shop/web']],
  ]);
});

const nx = {
  'nx.json': '{}',
  'tsconfig.base.json':
    '{ // ours\n "compilerOptions": { "paths": { "@acme/log": ["libs/log/src/index.ts"], "@acme/ui/*": ["libs/ui/src/*"], } } }',
  'apps/api/project.json': json({
    name: 'api',
    implicitDependencies: ['seed'],
    targets: { build: { dependsOn: [{ projects: ['gen'], target: 'build' }] } },
  }),
  'apps/api/src/main.ts':
    "import { log } from '@acme/log';\nexport const page = () => import('@acme/ui/page');\nimport '../../../libs/far/index.js';\n",
  'apps/api/src/main.spec.ts': "import '@acme/mocks';\n",
  'libs/log/project.json': json({ name: 'log' }),
  'libs/log/src/index.ts': '',
  'libs/ui/project.json': json({ name: 'ui' }),
  'libs/far/project.json': json({ name: 'far' }),
  'libs/seed/project.json': json({ name: 'seed' }),
  'libs/gen/project.json': json({ name: 'gen' }),
  'libs/mocks/project.json': json({ name: 'mocks' }),
  'libs/mocks/package.json': json({ name: '@acme/mocks' }),
};

test('Nx projects need what they import, what they name, and what their targets wait for', () => {
  const [workspace] = workspacesOf(nx);
  expect(neededBy(workspace, 'api')).toEqual([
    'seed by project.json',
    'gen by project.json',
    'mocks by test',
    'log by import',
    'ui by import',
    'far by import',
  ]);
});

test('an Nx graph file takes the place of what is read', () => {
  const node = (name: string, root: string) => ({ [name]: { name, data: { root } } });
  const graph = {
    graph: {
      nodes: { ...node('api', 'apps/api'), ...node('log', 'libs/log'), ...node('root', '.') },
      dependencies: {
        api: [
          { source: 'api', target: 'log' },
          { source: 'api', target: 'npm:express' },
        ],
        log: [],
      },
    },
  };
  const [workspace] = workspacesOf(nx, { nxGraph: { path: 'graph.json', text: json(graph) } });
  expect(workspace?.projects.map(({ name }) => name)).toEqual(['api', 'log']);
  expect(neededBy(workspace, 'api')).toEqual(['log by graph']);
});

test('broken and hostile manifests are read as far as they can be', () => {
  const [workspace] = workspacesOf({
    'package.json': json({ workspaces: ['apps/*', 7, '{a,b}{c,d}{e,f}{g,h}{i,j}{k,l}{m,n}', `${'**/'.repeat(50)}x`] }),
    'apps/api/package.json': '{ "name": "api", "dependencies": [1], ',
    'apps/web/package.json': json({ name: ['web'], dependencies: { api: 3 } }),
    'apps/far/package.json': `${'/*'.repeat(200_000)}`,
    'apps/deep/package.json': '['.repeat(100_000),
  });
  expect(workspace?.projects.map(({ name }) => name)).toEqual(['api', 'deep', 'far', 'web']);
  expect(workspace?.projects.flatMap((project) => workspace.dependenciesOf(project).list)).toEqual([]);
});
