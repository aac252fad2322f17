import { ignoreMatcher } from '@plimsoll/build-context';
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
  const index = patterns.indexOf(pattern);
  if (pattern.negated && !patterns.slice(0, index).some((earlier) => !earlier.negated && !cannotMatch(earlier))) {
    return { because: 'first' };
  }
  const by = undoneBy(pattern, patterns.slice(index + 1));
  return by && { because: 'undone', by };
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

const maxCompared = 2000;

/** The first later pattern of the other sign that covers all that this one matches. */
function undoneBy(pattern: IgnorePattern, later: readonly IgnorePattern[]): IgnorePattern | undefined {
  return later.slice(0, maxCompared).find((other) => other.negated !== pattern.negated && covers(other, pattern));
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
  const only: IgnoreFile = { kind: 'ignoreFile', file: wide.range.file, patterns: [{ ...wide, negated: false }] };
  return ignoreMatcher(only).decide(certain.join('/')).ignored;
}
