import { MappedText } from '../text/mapped-text.ts';
import type { WordPart } from './model.ts';

/** A stretch of a script that the parser must take for plain characters, and what it is. */
export interface Opaque {
  readonly start: number;
  readonly end: number;
  readonly part: WordPart;
}

/** A script as it stands in the file, and beside it the same script as the parser gets it: equally long. */
export interface ShellSource {
  readonly text: MappedText;
  readonly code: string;
  /** In order. Each is masked in `code`. */
  readonly opaque: readonly Opaque[];
}

/** No shell character, and no part of a variable's name. */
const maskCharacter = '\uE000';

/** Masks `${{ … }}`, and what `parts` says an outer shell has expanded before. Line ends become LF. */
export function shellSource(text: MappedText, parts: readonly WordPart[] = []): ShellSource {
  if (text.text.includes('\r\n')) return shellSource(withoutReturns(text));
  const outer = opaqueParts(parts);
  const opaque = outer.length > 0 ? outer : findExpressions(text.text);
  return { text, code: mask(text.text, opaque), opaque };
}

/** The stretches that overlap `start` to `end`. */
export function opaqueWithin(source: ShellSource, start: number, end: number): readonly Opaque[] {
  const all = source.opaque;
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const first = low;
  while (low < all.length && (all[low]?.start ?? end) < end) low++;
  return all.slice(first, low);
}

/**
 * What a command substitution in backticks runs: `\`` and the like without their backslash. `decoded` is how the
 * parser read it; undefined where the two do not agree.
 */
export function backtickSource(
  outer: ShellSource,
  start: number,
  end: number,
  decoded: string,
): ShellSource | undefined {
  const opaque = opaqueWithin(outer, start, end);
  for (const escapable of ['$`\\', '$`\\"']) {
    const { text, code } = unescape(outer, start, end, escapable);
    if (code !== decoded) continue;
    return { text, code, opaque: opaque.length > 0 ? findExpressions(text.text) : [] };
  }
  return undefined;
}

function unescape(
  outer: ShellSource,
  start: number,
  end: number,
  escapable: string,
): { text: MappedText; code: string } {
  const { text, code } = outer;
  const runs: [number, number][] = [];
  let from = start;
  for (let at = code.indexOf('\\', start); at >= 0 && at < end - 1; at = code.indexOf('\\', at + 2)) {
    if (!escapable.includes(code[at + 1] ?? '')) continue;
    runs.push([from, at]);
    from = at + 1;
  }
  runs.push([from, end]);
  return {
    text: MappedText.join(
      text.file,
      runs.map(([a, b]) => text.slice(a, b)),
    ),
    code: runs.map(([a, b]) => code.slice(a, b)).join(''),
  };
}

function withoutReturns(text: MappedText): MappedText {
  const pieces: MappedText[] = [];
  let from = 0;
  for (let at = text.text.indexOf('\r\n'); at >= 0; at = text.text.indexOf('\r\n', from)) {
    pieces.push(text.slice(from, at));
    from = at + 1;
  }
  pieces.push(text.slice(from));
  return MappedText.join(text.file, pieces);
}

function opaqueParts(parts: readonly WordPart[]): Opaque[] {
  const opaque: Opaque[] = [];
  let at = 0;
  for (const part of parts) {
    if (part.kind !== 'literal') opaque.push({ start: at, end: at + part.text.length, part });
    at += part.text.length;
  }
  return opaque;
}

/** Every `${{ … }}`; `}}` in a string of the expression does not end it, unless nothing else would. */
function findExpressions(text: string): Opaque[] {
  const found: Opaque[] = [];
  let quotes = true;
  let start = text.indexOf('${{');
  while (start >= 0) {
    let end = quotes ? expressionEnd(text, start + 3) : -1;
    if (end < 0) {
      quotes = false;
      end = text.indexOf('}}', start + 3) + 2;
      if (end < 2) break;
    }
    found.push({ start, end, part: { kind: 'expression', text: text.slice(start, end) } });
    start = text.indexOf('${{', end);
  }
  return found;
}

function expressionEnd(text: string, from: number): number {
  let inString = false;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "'") inString = !inString;
    else if (!inString && text[at] === '}' && text[at + 1] === '}') return at + 2;
  }
  return -1;
}

function mask(text: string, opaque: readonly Opaque[]): string {
  if (opaque.length === 0) return text;
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of opaque) {
    pieces.push(text.slice(at, start), maskCharacter.repeat(end - start));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}
