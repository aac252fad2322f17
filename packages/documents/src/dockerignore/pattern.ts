import { expressionFault } from './expression.ts';

/**
 * What makes the builder's matcher refuse a cleaned pattern; undefined where nothing does.
 *
 * moby/patternmatcher tries each pattern on `.` with Go's `filepath.Match`, which reads no further than it matches, and
 * later makes a Go regular expression of it. So a malformed class counts in the first part, what no regular expression
 * may hold counts everywhere.
 */
export function patternFault(pattern: string): string | undefined {
  return globFault(pattern) ?? expressionFault(pattern);
}

/** The grammar of `filepath.Match`, as far as `.` is matched. */
function globFault(pattern: string): string | undefined {
  let rest: '.' | '' = '.';
  for (let at = 0; at < pattern.length;) {
    const starred = pattern[at] === '*';
    while (pattern[at] === '*') at++;
    const chunk = chunkAt(pattern, at);
    if (chunk === '') return undefined;
    at += chunk.length;
    const last = at >= pattern.length;
    const here: ChunkMatch = matchChunk(chunk, rest);
    if (here.fault !== undefined) return here.fault;
    const skipped: ChunkMatch = starred && rest === '.' ? matchChunk(chunk, '') : {};
    const left: '.' | '' | undefined = here.left === '.' && last ? skipped.left : (here.left ?? skipped.left);
    if (left === undefined) return undefined;
    rest = left;
  }
  return undefined;
}

/** What stands before the next `*` that is in no class. */
function chunkAt(pattern: string, start: number): string {
  let inClass = false;
  for (let at = start; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === '\\') at++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '*' && !inClass) return pattern.slice(start, at);
  }
  return pattern.slice(start);
}

interface ChunkMatch {
  /** What the chunk leaves of the text; undefined where it does not match. */
  readonly left?: '.' | '';
  readonly fault?: string;
}

/** Matches a chunk against `.` or the empty text; reads all of the chunk for its grammar. */
function matchChunk(chunk: string, text: '.' | ''): ChunkMatch {
  let left: '.' | '' | undefined = text;
  for (let at = 0; at < chunk.length;) {
    let matches = chunk[at] === '?' || chunk[at] === '.';
    if (chunk[at] === '[') {
      const parsed = readClass(chunk, at + 1);
      if (!parsed) return { fault: 'a "[" has no well-formed end' };
      matches = parsed.holdsDot;
      at = parsed.end;
    } else {
      if (chunk[at] === '\\') matches = chunk[++at] === '.';
      if (at >= chunk.length) return { fault: 'it ends with a "\\"' };
      at++;
    }
    left = left === '.' && matches ? '' : undefined;
  }
  return left === undefined ? {} : { left };
}

/** Reads a class whose `[` ends at `start`; undefined where it is malformed. */
function readClass(chunk: string, start: number): { end: number; holdsDot: boolean } | undefined {
  const negated = chunk[start] === '^';
  let at = negated ? start + 1 : start;
  let found = false;
  for (let ranges = 0; ; ranges++) {
    if (chunk[at] === ']' && ranges > 0) return { end: at + 1, holdsDot: found !== negated };
    const low = readClassChar(chunk, at);
    if (!low) return undefined;
    const high = chunk[low.end] === '-' ? readClassChar(chunk, low.end + 1) : low;
    if (!high) return undefined;
    if (low.point <= 0x2e && 0x2e <= high.point) found = true;
    at = high.end;
  }
}

function readClassChar(chunk: string, at: number): { end: number; point: number } | undefined {
  if (chunk[at] === '-' || chunk[at] === ']') return undefined;
  const from = chunk[at] === '\\' ? at + 1 : at;
  const point = chunk.codePointAt(from);
  const end = from + (point !== undefined && point > 0xffff ? 2 : 1);
  return point === undefined || end >= chunk.length ? undefined : { end, point };
}
