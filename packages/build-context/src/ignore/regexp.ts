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

/**
 * Runs the steps over a text, all states at once: time in proportion to steps times text, whatever the pattern.
 * `whole`: the text matches to its end. `alive`: some longer text that starts with this one could match.
 */
export function runRegexp(steps: readonly Step[], text: string): { readonly whole: boolean; readonly alive: boolean } {
  const codes = Array.from(text, (c) => c.codePointAt(0) ?? 0);
  let states = closure(steps, [0], codes, 0);
  for (let at = 0; at < codes.length && states.length > 0; at++) {
    states = closure(steps, advance(steps, states, codes[at] ?? 0), codes, at + 1);
  }
  return { whole: states.includes(2 * steps.length), alive: states.some((state) => state < 2 * steps.length) };
}

/** State 2·i stands before step i; 2·i+1 stands inside of the group of step i. */
function advance(steps: readonly Step[], states: readonly number[], code: number): number[] {
  const next: number[] = [];
  for (const state of states) {
    const step = steps[state >> 1];
    if (!step) continue;
    if (step.op === 'one' && step.test(code)) next.push(state + 2);
    else if (step.op === 'many' && step.test(code)) next.push(state);
    else if (step.op === 'folders' && state % 2 === 1) {
      if (notNewline(code)) next.push(state);
      if (code === 47) next.push(state + 1);
    }
  }
  return next;
}

function closure(steps: readonly Step[], from: readonly number[], codes: readonly number[], at: number): number[] {
  const seen = new Set(from);
  for (const state of seen) {
    const step = steps[state >> 1];
    if (!step || state % 2 === 1) continue;
    if (step.op === 'many') seen.add(state + 2);
    else if (step.op === 'folders') seen.add(state + 1).add(state + 2);
    else if (step.op !== 'one' && holds(step.op, codes, at)) seen.add(state + 2);
  }
  return [...seen];
}

function holds(op: 'start' | 'end' | 'boundary' | 'inside', codes: readonly number[], at: number): boolean {
  if (op === 'start') return at === 0;
  if (op === 'end') return at === codes.length;
  return (isWord(codes[at - 1]) !== isWord(codes[at])) === (op === 'boundary');
}

function isWord(code: number | undefined): boolean {
  return code !== undefined && code < 128 && /\w/.test(String.fromCharCode(code));
}
