import { expect, test } from 'vitest';
import { folderOf, plimsoll } from './command.testing.ts';

const files = {
  '.gitignore': 'graph.json\n',
  'plimsoll.yaml': 'nxGraph: graph.json\n',
  'nx.json': '{}\n',
  'package.json': '{}\n',
  'apps/api/project.json': '{ "name": "api" }\n',
  'apps/api/main.ts': 'run();\n',
  'libs/db/project.json': '{ "name": "db" }\n',
  'libs/db/index.ts': 'export {};\n',
  Dockerfile: 'FROM node:24\nCOPY apps/api /a/apps/api\nCOPY libs/db /a/libs/db\nRUN nx build api\n',
  Makefile: 'image:\n\tdocker build .\n',
};

/** As `nx graph --file` writes it: the plug-ins of the workspace may know of what no file says. */
const graph = (dependencies: readonly string[]) =>
  JSON.stringify({
    graph: {
      nodes: {
        api: { name: 'api', type: 'app', data: { root: 'apps/api' } },
        db: { name: 'db', type: 'lib', data: { root: 'libs/db' } },
      },
      dependencies: { api: dependencies.map((target) => ({ source: 'api', target, type: 'static' })), db: [] },
    },
  });

test.each([
  ['needs it', ['db'], 0],
  ['does not need it', [], 1],
])('a graph file that Git leaves out says whether the app %s', (_, dependencies, foreign) => {
  const root = folderOf({ ...files, 'graph.json': graph(dependencies) });
  const { stdout } = plimsoll(root, 'check', '--format', 'json');
  const { findings } = JSON.parse(stdout) as { findings: readonly { rule: string; message: string }[] };
  expect(findings.filter(({ rule }) => rule === 'packaging/foreign-project')).toHaveLength(foreign);
});

test('a graph file that is not there is a wrong configuration', () => {
  const root = folderOf(files);
  const { exitCode, stdout } = plimsoll(root, 'check');
  expect(exitCode).toBe(2);
  expect(stdout).toContain('nxGraph: graph.json: there is no such file');
  expect(stdout).toContain('nx graph --file=graph.json');
});
