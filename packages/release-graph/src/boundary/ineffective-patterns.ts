import { ignoreMatcher } from '@plimsoll/build-context';
import type { IgnoreMatcher } from '@plimsoll/build-context';
import type { IgnoreFile, IgnorePattern } from '@plimsoll/documents';

/** Why a pattern of an ignore file does nothing. */
export type Ineffective =
  /** By what it says it can match no path of a context. */
  | { readonly because: 'above' | 'root' | 'comment' | 'indented comment' | 'braces' | 'quotes' }
  /** A later one says the opposite of all that it matches. */
  | { readonly because: 'undone'; readonly by: IgnorePattern }
  /** A `!` before which nothing is left out. */
  | { readonly because: 'first' };

/** Why a pattern can have no effect; undefined where it may have one. */
export function ineffective(ignoreFile: IgnoreFile, pattern: IgnorePattern): Ineffective | undefined {
  const because = cannotMatch(pattern);
  if (because) return { because };
  const { patterns } = ignoreFile;
  const { indexes, firstOut } = placesOf(ignoreFile);
  const index = indexes.get(pattern) ?? -1;
  if (pattern.negated && firstOut >= index) return { because: 'first' };
  const by = undoneBy(pattern, patterns, index);
  return by && { because: 'undone', by };
}

interface Places {
  readonly indexes: ReadonlyMap<IgnorePattern, number>;
  /** The first pattern that leaves something out. */
  readonly firstOut: number;
}

const placesOfFiles = new WeakMap<IgnoreFile, Places>();

function placesOf(ignoreFile: IgnoreFile): Places {
  const { patterns } = ignoreFile;
  const known = placesOfFiles.get(ignoreFile);
  if (known) return known;
  const firstOut = patterns.findIndex((one) => !one.negated && !cannotMatch(one));
  const indexes = new Map(patterns.map((one, index) => [one, index]));
  const places = { indexes, firstOut: firstOut < 0 ? patterns.length : firstOut };
  placesOfFiles.set(ignoreFile, places);
  return places;
}

function cannotMatch({
  text,
  pattern,
}: IgnorePattern): Exclude<Ineffective['because'], 'undone' | 'first'> | undefined {
  if (pattern === '..' || pattern.startsWith('../')) return 'above';
  if (pattern === '.' || pattern === '/' || pattern === '') return 'root';
  if (/^!?\s*#/.test(text)) return 'indented comment';
  if (/\s#/.test(text)) return 'comment';
  if (/^!?\s*(["']).+\1$/.test(text)) return 'quotes';
  return /\{[^{}/,]*,[^{}]*\}/.test(pattern) ? 'braces' : undefined;
}

/** Patterns beyond this number of a file are not compared, and each with as many later ones of the other sign. */
const maxPatterns = 2000;
const maxCompared = 200;

/** The first later pattern of the other sign that covers all that this one matches. */
function undoneBy(
  pattern: IgnorePattern,
  patterns: readonly IgnorePattern[],
  index: number,
): IgnorePattern | undefined {
  let compared = 0;
  for (let at = index + 1; at < Math.min(patterns.length, maxPatterns) && compared < maxCompared; at++) {
    const other = patterns[at];
    if (!other || other.negated === pattern.negated) continue;
    if (covers(other, pattern)) return other;
    compared++;
  }
  return undefined;
}

const everything = /^(?:\*|\*\*|\*\*\/\*|\*\/\*\*|\*\*\/\*\*)$/;

/** Whether one pattern matches each path that the other can match. */
function covers(wide: IgnorePattern, narrow: IgnorePattern): boolean {
  if (wide.pattern === narrow.pattern || everything.test(wide.pattern)) return true;
  if (everything.test(narrow.pattern)) return false;
  const literal = narrow.pattern.split('/');
  const wildcard = literal.findIndex((part) => /[*?[\\]/.test(part));
  const certain = wildcard < 0 ? literal : literal.slice(0, wildcard);
  if (certain.length === 0) return false;
  return matcherOf(wide).decide(certain.join('/')).ignored;
}

const matchers = new WeakMap<IgnorePattern, IgnoreMatcher>();

/** One pattern by itself, without its `!`. */
function matcherOf(pattern: IgnorePattern): IgnoreMatcher {
  const { file } = pattern.range;
  const matcher =
    matchers.get(pattern) ?? ignoreMatcher({ kind: 'ignoreFile', file, patterns: [{ ...pattern, negated: false }] });
  matchers.set(pattern, matcher);
  return matcher;
}
