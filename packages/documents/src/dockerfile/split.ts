import { MappedText } from '../text/mapped-text.ts';
import { isSpace } from '../text/space.ts';
import type { Flag, Word } from './model.ts';

/** A statement in its parts, as BuildKit's `splitCommand` cuts it. */
export interface Split {
  /** As written. */
  readonly keyword: string;
  /** Name, flags and arguments: all of the statement. */
  readonly text: MappedText;
  readonly flags: readonly LexedFlag[];
  /** The arguments, trimmed. */
  readonly body: MappedText;
}

/** A flag, and where each character of its value stands. */
export interface LexedFlag extends Flag {
  /** With its case. */
  readonly written: string;
  /** For each character of `value` its place in the statement. */
  readonly valueAt: readonly number[];
  readonly statement: MappedText;
}

const blank = /[\t\v\f\r ]/;

export function splitStatement(text: MappedText, escape: string): Split {
  const all = text.text;
  let end = 0;
  while (end < all.length && !blank.test(all[end] ?? '')) end++;
  const { flags, rest } = splitFlags(text, end, escape);
  return { keyword: all.slice(0, end), text, flags, body: sliceTrimmed(text, rest, all.length) };
}

/** A part without the white space at its ends; an empty part keeps its place. */
export function sliceTrimmed(text: MappedText, from: number, to: number): MappedText {
  let start = from;
  let end = to;
  while (start < end && isSpace(text.text[start])) start++;
  while (end > start && isSpace(text.text[end - 1])) end--;
  return start < end ? text.slice(start, end) : MappedText.of(text.range(to, to));
}

/**
 * Takes the words that start with `--` from the front. Quotes and escapes are removed from them; a `--` alone ends them.
 */
function splitFlags(text: MappedText, from: number, escape: string): { flags: LexedFlag[]; rest: number } {
  const all = text.text;
  const flags: LexedFlag[] = [];
  let at = from;
  for (;;) {
    while (at < all.length && isSpace(all[at])) at++;
    if (!all.startsWith('--', at)) return { flags, rest: at };
    const { chars, places, end } = readFlagWord(all, at, escape);
    if (chars === '--') return { flags, rest: end };
    flags.push(toFlag(text, chars, places, at, end));
    at = end;
  }
}

function readFlagWord(all: string, start: number, escape: string): { chars: string; places: number[]; end: number } {
  const places: number[] = [];
  let chars = '';
  let quote = '';
  let at = start;
  for (; at < all.length; at++) {
    let char = all[at] ?? '';
    if (quote === '' && isSpace(char)) break;
    if (char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else {
      if (char === escape) char = all[++at] ?? '';
      if (char === '') continue;
      chars += char;
      places.push(at);
    }
  }
  return { chars, places, end: Math.min(at, all.length) };
}

function toFlag(text: MappedText, chars: string, places: number[], start: number, end: number): LexedFlag {
  const equals = chars.indexOf('=');
  const written = equals < 0 ? chars.slice(2) : chars.slice(2, equals);
  const valueAt = equals < 0 ? [] : places.slice(equals + 1);
  const first = valueAt[0] ?? end;
  const value = equals < 0 ? undefined : chars.slice(equals + 1);
  return {
    name: written.toLowerCase(),
    written,
    ...(value !== undefined && { value }),
    range: text.range(start, end),
    valueRange: text.range(first, (valueAt.at(-1) ?? first - 1) + 1),
    valueAt,
    statement: text,
  };
}

export function wordOf(text: MappedText, start: number, end: number): Word {
  return { raw: text.text.slice(start, end), range: text.range(start, end) };
}

/** An empty word at the end of a text, for one that is missing. */
export function missingWord(text: MappedText): Word {
  return { raw: '', range: text.range(text.text.length, text.text.length) };
}

/** Splits at white space alone: quotes mean nothing here. */
export function splitWords(text: MappedText): Word[] {
  const all = text.text;
  const words: Word[] = [];
  for (let at = 0; at < all.length;) {
    let end = at;
    while (end < all.length && !blank.test(all[end] ?? '')) end++;
    words.push(wordOf(text, at, end));
    at = end;
    while (at < all.length && blank.test(all[at] ?? '')) at++;
  }
  return words;
}

/** A part of a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Splits at white space outside of quotes, which stay in the words. */
export function splitQuoted(text: MappedText, escape: string): Span[] {
  const all = text.text;
  const words: Span[] = [];
  for (let at = 0; ;) {
    while (at < all.length && isSpace(all[at])) at++;
    if (at >= all.length) return words;
    const { end, kept } = endOfQuoted(all, at, escape);
    if (kept > at) words.push({ start: at, end: kept });
    at = end;
  }
}

/** The end of a word, and the end of what is kept of it: an escape as the very last character is dropped. */
function endOfQuoted(all: string, start: number, escape: string): { end: number; kept: number } {
  let quote = '';
  let at = start;
  for (; at < all.length; at++) {
    const char = all[at] ?? '';
    if (quote === '' && isSpace(char)) break;
    if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = '';
    if (char !== escape || quote === "'") continue;
    at++;
    if (at >= all.length) return { end: all.length, kept: all.length - 1 };
  }
  return { end: Math.min(at, all.length), kept: Math.min(at, all.length) };
}
