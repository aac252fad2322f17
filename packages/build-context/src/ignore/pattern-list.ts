import { cleanPath } from '@plimsoll/documents';
import { baseName } from '../paths/clean.ts';
import { compileGlob } from '../paths/glob.ts';
import type { ListedPattern, PathPattern } from './pattern.ts';
import { compilePattern } from './pattern.ts';

/** The patterns that hold for a folder, by their index, ascending: what its children need to know. */
export type Inherited = readonly number[];

export interface ListMatch {
  readonly matched: boolean;
  /** The index of the pattern that decided. */
  readonly by?: number;
  readonly inherited: Inherited;
  /** The index of a pattern that Go's regexp refuses, met on the way: BuildKit stops there. */
  readonly malformed?: number;
}

export interface PatternList {
  /**
   * Matches a path whose folder gave `inherited`, as moby's `MatchesUsingParentResults` does: the last pattern wins, a
   * pattern that could change nothing is not tried, and what matches a folder holds for all below it.
   */
  match(path: string, inherited: Inherited): ListMatch;
  /** All patterns that match a path or a folder above it, given those of its folder; by index, ascending. */
  hits(path: string, ofFolder: readonly number[]): readonly number[];
  /** Whether a path with these hits is matched, as moby's `MatchesOrParentMatches` has it. */
  isMatchedBy(hits: readonly number[]): boolean;
  readonly negates: boolean;
  /** Whether a pattern could match something below a folder that none matches. */
  reaches(folder: string): boolean;
  /** Whether nothing below a matched folder can be unmatched again. */
  isFinal(folder: string, inherited: Inherited): boolean;
}

/**
 * The patterns of an `--exclude`, of `--parents` or of a transfer, as patternmatcher's `New` reads them. Undefined where it
 * refuses one.
 */
export function readPatternList(texts: readonly string[]): PatternList | undefined {
  const cleaned = texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map(cleanPath);
  if (cleaned.some((text) => text === '!' || !compileGlob(text))) return undefined;
  return patternList(cleaned.map((text) => ({ pattern: text.replace(/^!/, ''), negated: text.startsWith('!') })));
}

export function patternList(listed: readonly ListedPattern[]): PatternList {
  const patterns = listed.map(({ pattern }) => compilePattern(pattern));
  const find = candidates(patterns);
  const negations = listed.flatMap(({ negated }, i) => (negated ? [i] : []));
  return {
    match: (path, inherited) => decide(listed, patterns, path, inherited, find(path)),
    hits: (path, ofFolder) => {
      const own = find(path).filter((i) => patterns[i]?.kind !== 'regexp' || patterns[i].matches(path));
      return own.length === 0 ? ofFolder : [...new Set([...ofFolder, ...own])].sort((a, b) => a - b);
    },
    isMatchedBy: (hits) => listed[hits.at(-1) ?? -1]?.negated === false,
    negates: negations.length > 0,
    reaches: (folder) => patterns.some((pattern, i) => listed[i]?.negated === false && pattern.reaches(folder)),
    isFinal: (folder, inherited) => {
      const last = inherited.findLast((i) => listed[i]?.negated === false) ?? -1;
      return !negations.some((i) => i > last && patterns[i]?.reaches(folder));
    },
  };
}

function decide(
  listed: readonly ListedPattern[],
  patterns: readonly PathPattern[],
  path: string,
  inherited: Inherited,
  own: readonly number[],
): ListMatch {
  if (own.length === 0 && inherited.length === 0) return nothing;
  const holding: number[] = [];
  let matched = false;
  let by: number | undefined;
  let h = 0;
  let o = 0;
  while (h < inherited.length || o < own.length) {
    const index = Math.min(inherited[h] ?? Infinity, own[o] ?? Infinity);
    const fromFolder = inherited[h] === index;
    if (fromFolder) h++;
    if (own[o] === index) o++;
    const negated = listed[index]?.negated ?? false;
    if (!fromFolder && negated !== matched) continue;
    const pattern = patterns[index];
    if (!fromFolder && pattern?.kind === 'malformed') return { matched, inherited: holding, malformed: index };
    if (!fromFolder && pattern?.kind === 'regexp' && !pattern.matches(path)) continue;
    holding.push(index);
    if (matched === negated) by = index;
    matched = !negated;
  }
  return { matched, ...(by !== undefined && { by }), inherited: holding };
}

const nothing: ListMatch = { matched: false, inherited: [] };

/**
 * Finds the patterns that match a path or, for regular expressions, may: by the whole path, by its last name and by its
 * first, so that long lists of plain patterns cost one look-up a path.
 */
function candidates(patterns: readonly PathPattern[]): (path: string) => readonly number[] {
  const whole = new Map<string, number[]>();
  const lastName = new Map<string, number[]>();
  const firstName = new Map<string, number[]>();
  const tails = new Map<string, number[]>();
  const others: number[] = [];
  patterns.forEach((pattern, i) => {
    const first = pattern.head.indexOf('/');
    if (pattern.kind === 'exact') push(whole, pattern.literal, i);
    else if (pattern.kind === 'suffix' && pattern.literal.includes('/')) push(lastName, baseName(pattern.literal), i);
    else if (first > 0) push(firstName, pattern.head.slice(0, first), i);
    else if (pattern.tail.length >= tailLength) push(tails, pattern.tail.slice(-tailLength), i);
    else others.push(i);
  });
  return (path) => {
    const slash = path.indexOf('/');
    const found = [
      whole.get(path),
      lastName.get(baseName(path)),
      firstName.size > 0 ? firstName.get(slash < 0 ? path : path.slice(0, slash)) : undefined,
      tails.size > 0 ? tails.get(path.slice(-tailLength)) : undefined,
      others,
    ];
    return select(patterns, path, found);
  };
}

const tailLength = 3;

function push(map: Map<string, number[]>, key: string, index: number): void {
  const list = map.get(key);
  if (list) list.push(index);
  else map.set(key, [index]);
}

function select(
  patterns: readonly PathPattern[],
  path: string,
  lists: readonly (readonly number[] | undefined)[],
): readonly number[] {
  const found: number[] = [];
  let sources = 0;
  for (const list of lists) {
    const before = found.length;
    for (const index of list ?? []) {
      const pattern = patterns[index];
      if (pattern && mayMatch(pattern, path)) found.push(index);
    }
    if (found.length > before) sources++;
  }
  return sources > 1 ? found.sort((a, b) => a - b) : found;
}

function mayMatch(pattern: PathPattern, path: string): boolean {
  if (pattern.kind === 'malformed') return true;
  if (pattern.kind === 'regexp') return path.startsWith(pattern.head) && path.endsWith(pattern.tail);
  return pattern.matches(path);
}
