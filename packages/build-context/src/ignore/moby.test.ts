import balena from '@balena/dockerignore';
import { SourceFile, readIgnoreFile } from '@plimsoll/documents';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ignoreMatcher } from '../index.ts';

/** Recorded by tools/oracles/patternmatcher: `answers` has a character a path, 1 left out, 0 let in, e refused. */
interface Recorded {
  readonly ignore: string;
  readonly paths: readonly string[];
  readonly answers: string;
}

const fixture = new URL('../../fixtures/patternmatcher.jsonl', import.meta.url);
const recorded = readFileSync(fixture, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

test('decides as moby/patternmatcher has decided', () => {
  const differing = recorded.filter(({ ignore, paths, answers }) => {
    const { document, problems } = readIgnoreFile(new SourceFile('.dockerignore', ignore));
    // A malformed pattern that is never tried does no harm.
    if (problems.length > 0 && answers.includes('e')) return false;
    const { decide } = ignoreMatcher(document);
    return paths.map((path) => (decide(path).ignored ? '1' : '0')).join('') !== answers;
  });
  expect(differing).toEqual([]);
  expect(recorded.reduce((sum, { paths }) => sum + paths.length, 0)).toBeGreaterThan(5000);
});

test('prunes a folder only where nothing below it is let in', () => {
  const wrong = recorded.flatMap(({ ignore, paths }) => {
    const { decide, canPrune } = ignoreMatcher(readIgnoreFile(new SourceFile('.dockerignore', ignore)).document);
    const pruned = paths.filter((path) => canPrune(path));
    return paths.filter((path) => pruned.some((folder) => path.startsWith(`${folder}/`)) && !decide(path).ignored);
  });
  expect(wrong).toEqual([]);
});

// The library differs from moby on brackets, on `**name`, beyond the basic plane, and below a folder that a "!" names.
test('agrees with @balena/dockerignore on plain patterns', () => {
  const plain = recorded.filter(({ ignore }) => /^(?:[\w./?\s-]|\*(?!\*[^/\s]))*$/.test(ignore));
  const differing = plain.flatMap(({ ignore, paths }) => {
    const { decide } = ignoreMatcher(readIgnoreFile(new SourceFile('.dockerignore', ignore)).document);
    const theirs = balena.default({ ignorecase: false }).add(ignore);
    const basic = paths.filter((path) => !/[\ud800-\udfff]/.test(path));
    return basic.filter((path) => decide(path).ignored !== theirs.ignores(path)).map((path) => ({ ignore, path }));
  });
  expect(differing).toEqual([]);
  expect(plain.length).toBeGreaterThan(100);
});
