import type { Piece } from './lex.ts';

/** A pattern of `*` and `?`: what stands between the stars, each a list of characters, null for a `?`. */
export type Glob = readonly (readonly (string | null)[])[];

const maxPattern = 100;
const maxValue = 2048;

/** Reads the pattern of `${x#p}` and its like; a string is what is wrong with it. */
export function parseGlob(pattern: string): Glob | string {
  const parts: (string | null)[][] = [[]];
  const chars = Array.from(pattern);
  for (let i = 0; i < chars.length; i++) {
    let char = chars[i] ?? '';
    if (char === '*') {
      parts.push([]);
      continue;
    }
    if (char === '\\') {
      char = chars[++i] ?? '';
      if (!['*', '?', '\\', '}', '/'].includes(char)) return `"\\${char}" means nothing in a pattern`;
      parts.at(-1)?.push(char);
    } else parts.at(-1)?.push(char === '?' ? null : char);
  }
  return parts;
}

/** `${x#p}`, with `longest` `${x##p}`. */
export function trimPrefix(value: string, glob: Glob, longest: boolean): Piece {
  const chars = Array.from(value);
  if (tooLong(chars, glob)) return { text: '', unknown: 'the pattern or the value is too long' };
  return { text: chars.slice(Math.max(0, matchEnd(chars, 0, glob, longest))).join('') };
}

/** `${x%p}`, with `longest` `${x%%p}`. */
export function trimSuffix(value: string, glob: Glob, longest: boolean): Piece {
  const chars = Array.from(value).reverse();
  if (tooLong(chars, glob)) return { text: '', unknown: 'the pattern or the value is too long' };
  const reversed = glob.map((part) => part.toReversed()).toReversed();
  return {
    text: chars
      .slice(Math.max(0, matchEnd(chars, 0, reversed, longest)))
      .reverse()
      .join(''),
  };
}

/** `${x/p/r}`, with `all` `${x//p/r}`; stars take as much as they can. */
export function replaceGlob(value: string, glob: Glob, replacement: string, all: boolean): Piece {
  const chars = Array.from(value);
  if (tooLong(chars, glob) || replacement.length > maxValue) {
    return { text: '', unknown: 'the pattern or the value is too long' };
  }
  const out: string[] = [];
  let copied = 0;
  for (let from = 0; from <= chars.length;) {
    const match = findMatch(chars, from, glob);
    if (!match) break;
    out.push(chars.slice(copied, match.start).join(''));
    const filled = all ? fillIn(replacement, chars.slice(match.start, match.end).join('')) : replacement;
    if (match.end > copied || match.start === 0) out.push(filled);
    copied = match.end;
    if (!all) break;
    from = match.end > from ? match.end : from + 1;
  }
  return { text: out.join('') + chars.slice(copied).join('') };
}

function findMatch(chars: readonly string[], from: number, glob: Glob): { start: number; end: number } | undefined {
  for (let start = from; start <= chars.length; start++) {
    const end = matchEnd(chars, start, glob, true);
    if (end >= 0) return { start, end };
    if (glob.length === 1 || !matchesAt(chars, start, glob[0] ?? [])) continue;
    // What stands behind the first star is not on this line, for no later start either.
    const lineEnd = chars.indexOf('\n', start);
    if (lineEnd < 0) return undefined;
    start = lineEnd;
  }
  return undefined;
}

function tooLong(chars: readonly string[], glob: Glob): boolean {
  return chars.length > maxValue || glob.reduce((sum, part) => sum + part.length + 1, 0) > maxPattern;
}

/** Where the match that starts at `start` ends; -1 where none does. Neither `*` nor `?` takes a line end. */
function matchEnd(chars: readonly string[], start: number, glob: Glob, longest: boolean): number {
  const [first = [], ...rest] = glob;
  if (!matchesAt(chars, start, first)) return -1;
  let at = start + first.length;
  for (const [i, part] of rest.entries()) {
    const last = longest && i === rest.length - 1;
    const found = last ? lastIndexOf(chars, at, part) : indexOf(chars, at, part);
    if (found < 0) return -1;
    at = found + part.length;
  }
  return at;
}

function indexOf(chars: readonly string[], start: number, part: readonly (string | null)[]): number {
  for (let at = start; at <= chars.length; at++) {
    if (matchesAt(chars, at, part)) return at;
    if (chars[at] === '\n') return -1;
  }
  return -1;
}

function lastIndexOf(chars: readonly string[], start: number, part: readonly (string | null)[]): number {
  const lineEnd = chars.indexOf('\n', start);
  for (let at = lineEnd < 0 ? chars.length : lineEnd; at >= start; at--) if (matchesAt(chars, at, part)) return at;
  return -1;
}

function matchesAt(chars: readonly string[], at: number, part: readonly (string | null)[]): boolean {
  if (at + part.length > chars.length) return false;
  for (let i = 0; i < part.length; i++) {
    const char = chars[at + i];
    if (part[i] === null ? char === '\n' : char !== part[i]) return false;
  }
  return true;
}

/** `${x//p/r}` is a template of Go's regexp: `$0` is the match, every other `$name` is empty, `$$` is a `$`. */
function fillIn(template: string, match: string): string {
  return template.replace(
    /\$(?:\$|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu,
    (whole, name?: string, braced?: string) => {
      if (whole === '$$') return '$';
      return Number(name ?? braced) === 0 ? match : '';
    },
  );
}
