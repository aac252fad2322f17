import { SourceFile, readIgnoreFile } from '@plimsoll/documents';
import { expect, test } from 'vitest';
import { ignoreFileFor, ignoreMatcher, memoryTree } from '../index.ts';
import type { IgnoreMatcher } from '../index.ts';

test('the pattern that decided is told', () => {
  const { decide } = matcher('node_modules\n!node_modules/keep\n*.md\n');
  expect(decide('node_modules/a/b')).toMatchObject({ ignored: true, pattern: { text: 'node_modules' } });
  expect(decide('node_modules/keep/b')).toMatchObject({ ignored: false, pattern: { text: '!node_modules/keep' } });
  expect(decide('docs/a.md')).toEqual({ ignored: false });
});

test('a folder is pruned unless a "!" that comes later reaches into it', () => {
  expect(matcher('node_modules\n').canPrune('node_modules')).toBe(true);
  expect(matcher('node_modules\n!node_modules/a/b\n').canPrune('node_modules')).toBe(false);
  expect(matcher('node_modules\n!node_modules/a/b\n').canPrune('node_modules/c')).toBe(true);
  expect(matcher('node_modules\n!**/keep\n').canPrune('node_modules')).toBe(false);
  expect(matcher('node_modules\n!src/*.ts\n').canPrune('node_modules')).toBe(true);
  expect(matcher('!**/keep\nnode_modules\n').canPrune('node_modules')).toBe(true);
  expect(matcher('*.md\n').canPrune('src')).toBe(false);
});

/** moby tries a `!` only where something is left out already; what it did not try for a folder does not hold below it. */
test('a "!" for a folder does nothing for a file that an earlier pattern leaves out below it', () => {
  const { decide } = matcher('a/x\n!a\n');
  expect(decide('a/x').ignored).toBe(true);
});

test('what makes BuildKit refuse the file is a problem', () => {
  expect(readIgnoreFile(new SourceFile('.dockerignore', '!\na[\n')).problems).toHaveLength(2);
  const patterns = [{ text: '!', pattern: '', negated: true, range: new SourceFile('.dockerignore', '!').range() }];
  const file = new SourceFile('.dockerignore', '!');
  expect(ignoreMatcher({ kind: 'ignoreFile', file, patterns }).problems).toHaveLength(1);
});

test('a pattern that makes a naive expression backtrack is matched in no time', () => {
  const { decide } = matcher(`${'*a'.repeat(200)}b\n${'**/a/'.repeat(200)}b\n`);
  expect(decide('a'.repeat(4000)).ignored).toBe(false);
  expect(decide('a/'.repeat(2000) + 'c').ignored).toBe(false);
});

test('a hundred thousand patterns are looked up, not tried one by one', () => {
  const patterns = Array.from({ length: 34_000 }, (_, i) => `dir${i}/file\n**/name${i}\nx${i}/*.ts\n`).join('');
  const { decide } = matcher(patterns);
  for (let i = 0; i < 2000; i++) expect(decide(`src/a${i}/name${i}`).ignored).toBe(true);
});

test('the file beside the Dockerfile applies before that of the context', () => {
  const tree = memoryTree({ 'docker/App.dockerignore': '', '.dockerignore': '', 'web/.dockerignore': '' });
  const root = { kind: 'local', folder: '.' } as const;
  expect(ignoreFileFor(tree, 'docker/App', root)).toBe('docker/App.dockerignore');
  expect(ignoreFileFor(tree, 'docker/Other', root)).toBe('.dockerignore');
  expect(ignoreFileFor(tree, undefined, { kind: 'local', folder: 'web/' })).toBe('web/.dockerignore');
  expect(ignoreFileFor(tree, 'docker/App', { kind: 'local', folder: 'docker' })).toBe('docker/App.dockerignore');
});

test('no ignore file applies to a context that is not a local folder', () => {
  const tree = memoryTree({ '.dockerignore': '', 'Dockerfile.dockerignore': '' });
  expect(ignoreFileFor(tree, 'Dockerfile', { kind: 'git', url: 'https://h/r.git' })).toBeUndefined();
  expect(ignoreFileFor(tree, 'Dockerfile', { kind: 'target', target: 'base' })).toBeUndefined();
});

function matcher(text: string): IgnoreMatcher {
  return ignoreMatcher(readIgnoreFile(new SourceFile('.dockerignore', text)).document);
}
