import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { folderOf, plimsoll } from './command.testing.ts';

const SCHEMA = new URL('../../reporters/schema/graph.schema.json', import.meta.url);
const validate = new Ajv().compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);
const EXAMPLES = join(import.meta.dirname, '../../../examples');

const workflow = (app: string): string => `on: push
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - run: |
          docker build -t ghcr.io/acme/${app}:1 apps/${app}
          docker push ghcr.io/acme/${app}:1
`;
const FILES = {
  '.github/workflows/api.yml': workflow('api'),
  '.github/workflows/web.yml': workflow('web'),
  'apps/api/Dockerfile': 'FROM scratch\n',
  'apps/web/Dockerfile': 'FROM scratch\n',
};

describe('json', () => {
  test.each(['sealed', 'leaky'])('of examples/%s is as its schema says, and its links lead to its nodes', (name) => {
    const { exitCode, stdout } = plimsoll(join(EXAMPLES, name), 'graph', '--format', 'json');
    const graph = JSON.parse(stdout) as { nodes: { id: string }[]; links: { from?: string; to?: string }[] };
    expect([exitCode, validate(graph), validate.errors]).toEqual([0, true, null]);
    const ids = new Set(graph.nodes.map(({ id }) => id));
    expect(ids.size).toBe(graph.nodes.length);
    expect(graph.links.flatMap(({ from, to }) => [from ?? to, to ?? from]).filter((id = '') => !ids.has(id))).toEqual(
      [],
    );
  });

  test('of a folder with nothing has no nodes', () => {
    const { exitCode, stdout } = plimsoll(folderOf({ 'a.txt': '' }), 'graph', '--format', 'json');
    expect([exitCode, JSON.parse(stdout)]).toEqual([0, { version: 1, nodes: [], links: [], unbuilt: [] }]);
  });

  test('its schema refuses what is none', () => {
    expect(validate({ version: 1, nodes: [{ kind: 'lane', id: 'a', label: 'b' }], links: [], unbuilt: [] })).toBe(
      false,
    );
    expect(
      validate({ version: 1, nodes: [], links: [{ kind: 'in', status: 'opaque', reason: '' }], unbuilt: [] }),
    ).toBe(false);
  });
});

describe('paths', () => {
  test('limit it to what stands in them or is built from them', () => {
    const root = folderOf(FILES);
    const byWorkflow = plimsoll(root, 'graph', '.github/workflows/api.yml').stdout;
    expect([byWorkflow.includes('acme/api'), byWorkflow.includes('acme/web')]).toEqual([true, false]);
    expect(plimsoll(root, 'graph', 'apps/api').stdout).toBe(byWorkflow);
  });

  test('one that is not there is a mistake in the command', () => {
    expect(plimsoll(folderOf(FILES), 'graph', 'gone')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'plimsoll: gone: there is no such file or folder\n',
    });
  });
});

test('--output writes the file in place of standard output', () => {
  const root = folderOf(FILES);
  expect(plimsoll(root, 'graph', '--format', 'mermaid', '--output', 'graph.mmd')).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: '',
  });
  expect(readFileSync(join(root, 'graph.mmd'), 'utf8')).toContain('flowchart LR');
});

test('a workflow that is too large to read makes the exit code 3', () => {
  const root = folderOf({ ...FILES, '.github/workflows/huge.yml': `# ${'x'.repeat(2_000_000)}` });
  const { exitCode, stdout, stderr } = plimsoll(root, 'graph');
  expect(exitCode).toBe(3);
  expect(stdout).toContain('2 workflows release 2 images.');
  expect(stderr).toContain('.github/workflows/huge.yml: ');
});

test('no credential that stands in a file is shown in any format', () => {
  const token = `ghp_${'a1'.repeat(18)}`;
  const root = folderOf({
    '.github/workflows/a.yml': workflow('api').replace(
      'apps/api',
      `https://x:${token}@github.com/acme/api.git#main:${token}`,
    ),
  });
  for (const format of ['text', 'mermaid', 'dot', 'json']) {
    const { exitCode, stdout } = plimsoll(root, 'graph', '--format', format);
    expect([exitCode, stdout.includes('acme'), stdout.includes(token)]).toEqual([0, true, false]);
  }
});
