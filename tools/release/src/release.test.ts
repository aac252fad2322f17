import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { tagRelease } from './commit.ts';
import { releaseFiles } from './files.ts';

function repository(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'release-')));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  git(root, 'init', '-q');
  git(root, 'config', 'user.name', 'a');
  git(root, 'config', 'user.email', 'a@example.com');
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', 'sources');
  return root;
}

const git = (root: string, ...args: readonly string[]) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

const sources = {
  '.gitignore': 'dist/\n',
  'packages/cli/package.json':
    '{ "name": "plimsoll", "version": "1.2.3", "license": "MIT", "dependencies": { "commander": "1" } }',
  'packages/cli/bin/plimsoll.cjs': 'run();\n',
  'packages/cli/src/main.ts': 'export {};\n',
  'packages/cli/dist/plimsoll.cjs': 'bundle();\n',
  '.pre-commit-hooks.yaml': '- id: plimsoll\n',
  'action.yml': 'name: Plimsoll\n',
  'README.md': '# a\n',
  'CHANGELOG.md': '# c\n',
  LICENSE: 'MIT\n',
};

test('a release is the bundle on top of its sources, and changes nothing else', () => {
  const root = repository(sources);
  const head = git(root, 'rev-parse', 'HEAD');
  const commit = tagRelease(root, 'v1.2.3', releaseFiles(root, 'v1.2.3'));
  expect(git(root, 'rev-parse', 'v1.2.3^{commit}')).toBe(commit);
  expect(git(root, 'rev-parse', `${commit}^`)).toBe(head);
  expect(git(root, 'ls-tree', '-r', '--name-only', commit).split('\n')).toEqual([
    '.pre-commit-hooks.yaml',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'action.yml',
    'bin/plimsoll.cjs',
    'dist/plimsoll.cjs',
    'package.json',
  ]);
  expect(git(root, 'ls-tree', commit, 'bin/plimsoll.cjs')).toMatch(/^100755 /);
  expect(JSON.parse(git(root, 'show', `${commit}:package.json`))).not.toHaveProperty('dependencies');
  expect([git(root, 'rev-parse', 'HEAD'), git(root, 'status', '--short')]).toEqual([head, '']);
});

test('another version, and a bundle that was not built, are refused', () => {
  const root = repository(sources);
  expect(() => releaseFiles(root, 'v1.2.4')).toThrow('v1.2.4 is not the tag of version 1.2.3');
  const { 'packages/cli/dist/plimsoll.cjs': _, ...unbuilt } = sources;
  expect(() => releaseFiles(repository(unbuilt), 'v1.2.3')).toThrow('there is no bundle');
});
