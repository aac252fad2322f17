import type { MappedText } from '../text/mapped-text.ts';
import type { SourceFile } from '../text/source-file.ts';
import { textBuilder } from './text-builder.ts';
import type { TextBuilder } from './text-builder.ts';

/** The text of a plain scalar which stands at `start` to `end`; its lines are folded as YAML 1.2.2, 7.3.3 says. */
export function plainText(file: SourceFile, start: number, end: number): MappedText {
  const out = textBuilder(file, start);
  fold(file.text, start, end, out, (from, to) => out.copy(from, to - from));
  return out.build();
}

/** The text of a single-quoted scalar; `start` and `end` hold its quotes (YAML 1.2.2, 7.3.2). */
export function singleQuotedText(file: SourceFile, start: number, end: number): MappedText {
  const out = textBuilder(file, start + 1);
  fold(file.text, start + 1, end - 1, out, (from, to) => copyDoubledQuotes(file.text, from, to, out));
  return out.build();
}

function copyDoubledQuotes(text: string, from: number, to: number, out: TextBuilder): void {
  let at = from;
  for (let quote = text.indexOf("''", at); quote >= 0 && quote + 2 <= to; quote = text.indexOf("''", at)) {
    out.copy(at, quote - at);
    out.replace("'", quote, 2);
    at = quote + 2;
  }
  out.copy(at, to - at);
}

/** Writes lines trimmed, a single break between them as a space, and of several breaks all but the first. */
function fold(
  text: string,
  start: number,
  end: number,
  out: TextBuilder,
  copy: (from: number, to: number) => void,
): void {
  const lines = linesOf(text, start, end);
  let breaks: LineBreak[] = [];
  lines.forEach((line, i) => {
    const from = i === 0 ? line.start : skipBlanks(text, line.start, line.end);
    const to = i === lines.length - 1 ? line.end : trimBlanks(text, from, line.end);
    if (i > 0 && (to > from || i === lines.length - 1)) {
      writeBreaks(breaks, out);
      breaks = [];
    }
    if (to > from) copy(from, to);
    if (line.break) breaks.push(line.break);
  });
}

/** A line's end in the file: `\n` or `\r\n`. */
export interface LineBreak {
  readonly at: number;
  readonly length: number;
}

export interface Line {
  readonly start: number;
  /** Without its break. */
  readonly end: number;
  readonly break?: LineBreak;
}

/** The lines between two offsets; the last one has no break. */
export function linesOf(text: string, start: number, end: number): Line[] {
  const lines: Line[] = [];
  let from = start;
  for (let at = text.indexOf('\n', from); at >= 0 && at < end; at = text.indexOf('\n', from)) {
    const crlf = at > from && text[at - 1] === '\r';
    const lineEnd = crlf ? at - 1 : at;
    lines.push({ start: from, end: lineEnd, break: { at: lineEnd, length: crlf ? 2 : 1 } });
    from = at + 1;
  }
  lines.push({ start: from, end });
  return lines;
}

/** One break becomes a space; of several the first is dropped. */
function writeBreaks(breaks: readonly LineBreak[], out: TextBuilder): void {
  const [first, ...others] = breaks;
  if (first && others.length === 0) out.replace(' ', first.at, first.length);
  for (const one of others) out.replace('\n', one.at, one.length);
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t';
}

function skipBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(text[at])) at += 1;
  return at;
}

function trimBlanks(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isBlank(text[at - 1])) at -= 1;
  return at;
}

/** The text of a double-quoted scalar; `start` and `end` hold its quotes (YAML 1.2.2, 5.7 and 7.3.1). */
export function doubleQuotedText(file: SourceFile, start: number, end: number): MappedText {
  const out = textBuilder(file, start + 1);
  const { text } = file;
  const stop = end - 1;
  let at = start + 1;
  while (at < stop) {
    const next = nextSpecial(text, at, stop);
    out.copy(at, next - at);
    if (next >= stop) break;
    at = text[next] === '\\' ? copyEscape(text, next, stop, out) : copyBlanks(text, next, stop, out);
  }
  return out.build();
}

function nextSpecial(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && !'\\ \t\r\n'.includes(text[at] ?? '')) at += 1;
  return at;
}

/** Blanks stay inside of a line; around a line break they are dropped, and the break is folded. */
function copyBlanks(text: string, start: number, end: number, out: TextBuilder): number {
  const blanksEnd = skipBlanks(text, start, end);
  if (!breakAt(text, blanksEnd)) {
    const stop = text[blanksEnd] === '\r' ? blanksEnd + 1 : blanksEnd;
    out.copy(start, Math.max(stop, start + 1) - start);
    return Math.max(stop, start + 1);
  }
  const breaks: LineBreak[] = [];
  let at = blanksEnd;
  for (let next = breakAt(text, at); next && at < end; next = breakAt(text, at)) {
    breaks.push(next);
    at = skipBlanks(text, next.at + next.length, end);
  }
  writeBreaks(breaks, out);
  return at;
}

function breakAt(text: string, at: number): LineBreak | undefined {
  if (text[at] === '\n') return { at, length: 1 };
  return text[at] === '\r' && text[at + 1] === '\n' ? { at, length: 2 } : undefined;
}

const ESCAPES: Readonly<Record<string, string>> = {
  0: '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function copyEscape(text: string, start: number, end: number, out: TextBuilder): number {
  const broken = breakAt(text, start + 1);
  if (broken) return skipBlanks(text, broken.at + broken.length, end);
  const name = text[start + 1] ?? '';
  const digits = HEX_DIGITS[name] ?? 0;
  const code = digits > 0 ? parseInt(text.slice(start + 2, start + 2 + digits), 16) : NaN;
  const length = 2 + digits;
  if (digits === 0) out.replace(ESCAPES[name] ?? name, start, length);
  else if (code <= 0x10ffff) out.replace(String.fromCodePoint(code), start, length);
  return start + length;
}
