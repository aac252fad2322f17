import { readClass, readEscape } from './regexp-class.ts';
import type { CodeTest } from './regexp-class.ts';

/** One step of a regular expression as moby/patternmatcher makes them; `folders` is its group for a `**` with a slash. */
export type Step =
  | { readonly op: 'one' | 'many'; readonly test: CodeTest }
  | { readonly op: 'folders' }
  | { readonly op: 'start' | 'end' | 'boundary' | 'inside' };

const foldersGroup = '(.*/)?';
const notNewline: CodeTest = (code) => code !== 10;

/** Reads the subset of Go's syntax that a pattern can turn into. Undefined where Go refuses it. */
export function parseRegexp(source: string): readonly Step[] | undefined {
  const text = [...source];
  const steps: Step[] = [];
  for (let at = 0; at < text.length;) {
    const read = isGroup(text, at)
      ? { step: { op: 'folders' } as const, end: at + foldersGroup.length }
      : readStep(text, at);
    if (!read) return undefined;
    at = read.end;
    if ('quoted' in read) {
      for (const c of read.quoted) steps.push({ op: 'one', test: is(c) });
    } else if (text[at] === '*' && read.step.op === 'one') {
      steps.push({ op: 'many', test: read.step.test });
      at++;
    } else if (read.step.op !== 'folders' || steps.at(-1)?.op !== 'folders') steps.push(read.step);
  }
  return steps;
}

function isGroup(text: readonly string[], at: number): boolean {
  return text[at] === '(' && text.slice(at, at + foldersGroup.length).join('') === foldersGroup;
}

type Reading =
  { readonly step: Step; readonly end: number } | { readonly quoted: readonly string[]; readonly end: number };

function readStep(text: readonly string[], at: number): Reading | undefined {
  const c = text[at] ?? '';
  if (c === '^') return { step: { op: 'start' }, end: at + 1 };
  if (c === '$') return { step: { op: 'end' }, end: at + 1 };
  if (c === '.') return { step: { op: 'one', test: notNewline }, end: at + 1 };
  if (c === '[') {
    const read = readClass(text, at + 1);
    return read && { step: { op: 'one', test: read.test }, end: read.end };
  }
  return c === '\\' ? readBackslash(text, at + 1) : { step: { op: 'one', test: is(c) }, end: at + 1 };
}

const assertions = { A: 'start', z: 'end', b: 'boundary', B: 'inside' } as const;

function readBackslash(text: readonly string[], at: number): Reading | undefined {
  const c = text[at] ?? '';
  if (c === 'A' || c === 'z' || c === 'b' || c === 'B') return { step: { op: assertions[c] }, end: at + 1 };
  if (c === 'Q') return readQuoted(text, at + 1);
  const read = readEscape(text, at);
  return read && { step: { op: 'one', test: read.test }, end: read.end };
}

/** `\Q…\E` or to the end. */
function readQuoted(text: readonly string[], start: number): Reading {
  let end = start;
  while (end < text.length && !(text[end] === '\\' && text[end + 1] === 'E')) end++;
  return { quoted: text.slice(start, end), end: Math.min(text.length, end + 2) };
}

function is(c: string): CodeTest {
  const wanted = c.codePointAt(0);
  return (code) => code === wanted;
}
