import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { TreeReadError, diskTree, memoryTree, readTree } from '../index.ts';
import type { Tree } from '../index.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test('a Git tree is what Git has or would take', () => {
  const root = repository({ '.gitignore': 'dist\n', 'a.txt': 'a', gone: '', 'naïve/ü b': '' });
  write(root, { 'new.txt': 'n', 'dist/x.js': 'x' });
  rmSync(path.join(root, 'gone'));
  const tree = readTree(root);
  expect(tree.fromGit).toBe(true);
  expect(paths(tree)).toEqual(['.git', '.gitignore', 'a.txt', 'naïve/ü b', 'new.txt']);
  expect(tree.entry('.git')?.type).toBe('opaque');
});

test('a disk tree is all that is on the disk, empty folders too', () => {
  const root = repository({ '.gitignore': 'dist\n' });
  write(root, { 'dist/x.js': 'x' });
  mkdirSync(path.join(root, 'empty'));
  const tree = diskTree(root);
  expect(paths(tree)).toEqual(['.git', '.gitignore', 'dist/x.js']);
  expect(tree.entry('empty')?.type).toBe('folder');
  expect(tree.list('')).toEqual(['.git', '.gitignore', 'dist', 'empty']);
});

test('below the top of a repository, paths are relative to the folder', () => {
  const root = repository({ 'app/src/a.ts': '', 'other/b.ts': '' });
  expect(paths(readTree(path.join(root, 'app')))).toEqual(['src/a.ts']);
});

test('without a repository the disk is read, and the note says why', () => {
  const root = folder();
  write(root, { 'a.txt': '' });
  const tree = readTree(root);
  expect(paths(tree)).toEqual(['a.txt']);
  expect(tree).toMatchObject({ fromGit: false, note: 'not a Git repository' });
});

test('a folder that is not there has no files', () => {
  const tree = readTree(path.join(folder(), 'gone'));
  expect(tree).toMatchObject({ files: [], note: 'cannot be read: .' });
});

test('a folder that Git ignores is read from the disk', () => {
  const root = repository({ '.gitignore': 'build\n' });
  write(root, { 'build/a.txt': '' });
  expect(paths(readTree(path.join(root, 'build')))).toEqual(['a.txt']);
});

test('a repository inside of the repository is opaque', () => {
  const root = repository({ 'a.txt': '' });
  write(root, { 'inner/b.txt': '' });
  git(path.join(root, 'inner'), 'init', '-q');
  const tree = readTree(root);
  expect(tree.entry('inner')).toEqual({ path: 'inner', type: 'opaque' });
});

test("a repository's own settings run nothing", () => {
  const root = repository({ 'a.txt': 'a' });
  const trap = path.join(root, 'ran');
  write(root, { 'trap.sh': `#!/bin/sh\ntouch ${trap}\n` });
  execFileSync('chmod', ['+x', path.join(root, 'trap.sh')]);
  for (const key of ['core.fsmonitor', 'core.hooksPath', 'core.pager', 'filter.x.clean', 'filter.x.smudge']) {
    git(root, 'config', key, path.join(root, 'trap.sh'));
  }
  git(root, 'config', 'pager.ls-files', 'true');
  write(root, { '.gitattributes': '* filter=x\n', 'a.txt': 'changed' });
  readTree(root);
  expect(diskTree(root).entry('ran')).toBeUndefined();
});

test('links are entries, and are read inside of the root only', () => {
  const root = folder();
  write(root, { 'a.txt': 'inside', 'sub/b.txt': 'b' });
  const links = {
    in: 'a.txt',
    up: 'sub/../a.txt',
    out: '/etc/passwd',
    above: '../x',
    loop: 'loop',
    folder: 'sub',
    gone: 'none',
  };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, path.join(root, name));
  const tree = diskTree(root);
  expect(tree.entry('out')?.type).toBe('symlink');
  expect(tree.linkTarget('out')).toBe('/etc/passwd');
  expect(tree.size('in')).toBe('a.txt'.length);
  expect(text(tree, 'in')).toBe('inside');
  expect(text(tree, 'up')).toBe('inside');
  expect(text(tree, 'folder/b.txt')).toBe('b');
  expect(tree.read('gone')).toBeUndefined();
  for (const name of ['out', 'above', 'loop']) expect(() => tree.read(name)).toThrow(TreeReadError);
});

test('a folder that has become a link since is not followed', () => {
  const root = folder();
  write(root, { 'sub/passwd': 'mine' });
  const tree = diskTree(root);
  rmSync(path.join(root, 'sub'), { recursive: true });
  symlinkSync('/etc', path.join(root, 'sub'));
  expect(() => tree.read('sub/passwd')).toThrow(TreeReadError);
});

test('reading stops at the limit', () => {
  const root = folder();
  write(root, { a: 'abcdef' });
  expect(diskTree(root).read('a', 3)?.length).toBe(3);
  expect(memoryTree({ a: 'abcdef' }).read('a', 3)?.length).toBe(3);
  expect(memoryTree({ a: { bytes: 1000 } }).size('a')).toBe(1000);
});

test('folders are found by the files below them', () => {
  const tree = memoryTree({ 'a-b': '', 'a/z': '', 'a/b/c': '', 'a.b': '', a0: '' });
  expect(tree.children('')).toEqual([
    { path: 'a', type: 'folder' },
    { path: 'a-b', type: 'file' },
    { path: 'a.b', type: 'file' },
    { path: 'a0', type: 'file' },
  ]);
  expect(tree.list('a')).toEqual(['b', 'z']);
  expect(tree.entry('a/b')).toEqual({ path: 'a/b', type: 'folder' });
  expect(tree.entry('a/c')).toBeUndefined();
});

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'tree-'));
  folders.push(made);
  return made;
}

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  }
}

function repository(files: Readonly<Record<string, string>>): string {
  const root = folder();
  write(root, files);
  git(root, 'init', '-q');
  git(root, 'add', '-A');
  return root;
}

function git(root: string, ...args: readonly string[]): void {
  execFileSync('git', args, { cwd: root, stdio: 'ignore' });
}

function paths(tree: Tree): readonly string[] {
  return tree.files.map((file) => file.path);
}

function text(tree: Tree, file: string): string {
  return new TextDecoder().decode(tree.read(file));
}
