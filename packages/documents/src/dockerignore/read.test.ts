import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SourceFile, readIgnoreFile, textOf } from '../index.ts';

function read(text: string) {
  const file = new SourceFile('.dockerignore', text);
  const { document, problems } = readIgnoreFile(file);
  return { file, patterns: document.patterns, problems };
}

describe('an ignore file is read as moby/patternmatcher reads it', () => {
  interface Case {
    text: string;
    buildkit: { patterns: string[]; fault?: string };
  }
  const url = new URL('./fixtures/ignore-files.json', import.meta.url);
  const { cases } = JSON.parse(readFileSync(url, 'utf8')) as { cases: Case[] };

  test.each(cases)('$text', ({ text, buildkit }) => {
    const { patterns, problems } = read(text);
    expect(problems.length > 0).toBe(buildkit.fault !== undefined);
    if (buildkit.fault !== undefined) return;
    expect(patterns.map(({ negated, pattern }) => (negated ? '!' : '') + pattern)).toEqual(buildkit.patterns);
  });
});

test('a pattern stands where its text stands', () => {
  const { file, patterns } = read('\uFEFF# first\r\n \té/../node_modules/ \r\n! /keep');
  expect(patterns.map(({ text, range }) => [text, textOf(range), file.positionAt(range.start)])).toEqual([
    ['é/../node_modules/', 'é/../node_modules/', { line: 2, column: 3 }],
    ['! /keep', '! /keep', { line: 3, column: 1 }],
  ]);
});

test('what makes the build fail is told at its place, and the rest is read', () => {
  const { file, patterns, problems } = read('dist\n!\n  [a\nnode_modules\n');
  expect(patterns.map(({ pattern }) => pattern)).toEqual(['dist', 'node_modules']);
  expect(problems.map(({ range, message }) => [file.positionAt(range.start), message])).toEqual([
    [{ line: 2, column: 1 }, 'A "!" stands alone: the builder refuses the whole ignore file'],
    [
      { line: 3, column: 3 },
      'The pattern "[a" is malformed: a "[" has no well-formed end; the builder refuses the whole ignore file',
    ],
  ]);
});

test('a line that is too long for the builder, and a file that is too large', () => {
  expect(read(`a\n${'b'.repeat(70_000)}\nc`)).toMatchObject({
    patterns: [{ text: 'a' }, { text: 'c' }],
    problems: [{}],
  });
  expect(read('a\n'.repeat(3_000_000))).toMatchObject({ patterns: [], problems: [{ range: { start: 0 } }] });
});

test('patterns that every path would have to be tried against are read up to a number', () => {
  const { file, patterns, problems } = read(`${'a*b\n'.repeat(600)}plain\n`);
  expect(patterns).toHaveLength(500);
  expect(problems.map(({ range }) => file.positionAt(range.start).line)).toEqual([501]);
  expect(read('**/name\ndist/**\nplain\n'.repeat(600)).problems).toEqual([]);
});
