import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { forkPoint, movedFiles, revisionTree, stagedTree } from '../index.ts';
import type { RevisionTree } from '../index.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const git = (root: string, ...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd: root,
    encoding: 'utf8',
  });

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** A repository with these files committed. */
function repository(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'revision-')));
  folders.push(root);
  write(root, files);
  git(root, 'init', '-q', '-b', 'main');
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', 'first');
  return root;
}

/** The files of a tree with what stands in them. */
function contents(found: RevisionTree): Readonly<Record<string, string>> {
  if ('reason' in found) throw new Error(found.reason);
  const { tree } = found;
  const files = tree.files.filter(({ type }) => type !== 'opaque');
  return Object.fromEntries(files.map(({ path }) => [path, new TextDecoder().decode(tree.read(path))]));
}

test('what is staged is told, whatever stands on the disk', () => {
  const root = repository({ 'a.txt': 'old', 'b/c.txt': 'same', 'gone.txt': 'x' });
  write(root, { 'a.txt': 'staged', 'new.txt': 'new' });
  rmSync(join(root, 'gone.txt'));
  git(root, 'add', '-A');
  write(root, { 'a.txt': 'later', 'b/c.txt': 'later', 'untracked.txt': 'x' });
  rmSync(join(root, 'new.txt'));
  expect(contents(stagedTree(root))).toEqual({ 'a.txt': 'staged', 'b/c.txt': 'same', 'new.txt': 'new' });
  expect(contents(stagedTree(join(root, 'b')))).toEqual({ 'c.txt': 'same' });
});

test('in the hook of a commit of some files, it is the index of that commit', () => {
  const root = repository({ 'a.txt': 'old', 'b.txt': 'old' });
  write(root, { 'a.txt': 'staged' });
  git(root, 'add', 'a.txt');
  const other = join(root, '.git/other-index');
  execFileSync('git', ['read-tree', 'HEAD'], { cwd: root, env: { ...process.env, GIT_INDEX_FILE: other } });
  const before = process.env['GIT_INDEX_FILE'];
  process.env['GIT_INDEX_FILE'] = other;
  try {
    expect(contents(stagedTree(root))).toEqual({ 'a.txt': 'old', 'b.txt': 'old' });
  } finally {
    if (before === undefined) delete process.env['GIT_INDEX_FILE'];
    else process.env['GIT_INDEX_FILE'] = before;
  }
});

test('a revision is told as it was', () => {
  const root = repository({ 'a.txt': 'one', 'b.txt': 'same' });
  symlinkSync('a.txt', join(root, 'link'));
  write(root, { 'a.txt': 'two', 'c.txt': 'new' });
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', 'second');
  write(root, { 'a.txt': 'three' });
  expect(contents(revisionTree(root, 'HEAD~1'))).toEqual({ 'a.txt': 'one', 'b.txt': 'same' });
  expect(contents(revisionTree(root, 'main'))).toEqual({
    'a.txt': 'two',
    'b.txt': 'same',
    'c.txt': 'new',
    link: 'two',
  });
});

test.each(['nowhere', '--output=x', ''])('"%s" is no revision', (revision) => {
  const root = repository({ 'a.txt': 'a' });
  expect(revisionTree(root, revision)).toEqual({ reason: `there is no commit "${revision}"` });
});

test('a change starts where it left the other line of work', () => {
  const root = repository({ 'a.txt': 'a' });
  const first = git(root, 'rev-parse', 'HEAD').trim();
  git(root, 'switch', '-q', '-c', 'feature');
  write(root, { 'a.txt': 'b' });
  git(root, 'commit', '-qam', 'feature');
  git(root, 'switch', '-q', 'main');
  write(root, { 'other.txt': 'x' });
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', 'main goes on');
  git(root, 'switch', '-q', 'feature');
  expect(forkPoint(root, 'main')).toEqual({ id: first });
});

test('what was moved is known by both names', () => {
  const root = repository({ 'api/Dockerfile': 'FROM scratch\nCOPY a /a\nCOPY b /b\n' });
  mkdirSync(join(root, 'apps'));
  renameSync(join(root, 'api'), join(root, 'apps/api'));
  git(root, 'add', '-A');
  expect(movedFiles(root, 'HEAD')).toEqual(new Map([['apps/api/Dockerfile', 'api/Dockerfile']]));
});

test('outside of a repository there is none', () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'revision-')));
  folders.push(root);
  expect(stagedTree(root)).toEqual({ reason: 'not a Git repository' });
  expect(revisionTree(root, 'HEAD')).toEqual({ reason: 'not a Git repository' });
});
