import { isSpace } from '../text/space.ts';
import { readDollar } from './parameter.ts';

/** What a variable is at the place where it is read. */
export type Lookup =
  | { readonly state: 'set'; readonly value: string }
  /** Not declared: it reads as empty. */
  | { readonly state: 'undeclared' }
  /** Declared without a value, which nobody gives: what it reads as is not said, but `${x:-w}` is `w`. */
  | { readonly state: 'valueless'; readonly reason: string }
  /** It has a value, which is not known. */
  | { readonly state: 'unknown'; readonly reason: string };

export interface LexOptions {
  readonly escape: string;
  readonly lookup: (name: string) => Lookup;
  /** `false`: quotes are characters like others, as in a heredoc's body. */
  readonly quotes?: boolean;
  /** Quotes stay in the text. */
  readonly rawQuotes?: boolean;
  /** Escapes stay in the text. */
  readonly rawEscapes?: boolean;
  /** What is not declared stays as written. */
  readonly keepUndeclared?: boolean;
  /** The text is split into words. */
  readonly splits?: boolean;
}

/** A part of the outcome. */
export interface Piece {
  readonly text: string;
  /** Why the text is not known. */
  readonly unknown?: string;
}

export interface LexResult extends Piece {
  /** Split at white space outside of quotes, after the variables; empty unless asked for. */
  readonly words: readonly LexWord[];
  /** Why BuildKit refuses the text. */
  readonly fault?: string;
}

export interface LexWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Removes quotes and escapes and replaces variables, as BuildKit's `shell.Lex` does. The text that comes out is at most
 * 65,536 characters longer than what went in; beyond that it is not known.
 */
export function lexShell(text: string, options: LexOptions): LexResult {
  const cursor: Cursor = { text, at: 0, depth: 0, budget: text.length + 65_536, options, words: new Words() };
  try {
    const piece = readUntil(cursor, undefined, options.rawEscapes === true, false);
    return { ...piece, words: cursor.words.close() };
  } catch (fault) {
    if (!(fault instanceof LexFault)) throw fault;
    return { text: '', words: [], fault: fault.message };
  }
}

/** Where the reading stands. */
export interface Cursor {
  readonly text: string;
  readonly options: LexOptions;
  readonly words: Words;
  at: number;
  depth: number;
  budget: number;
}

/** Thrown and caught in here only. */
export class LexFault extends Error {}

const maxDepth = 100;

/**
 * Reads up to `stop`, or to the end where that is undefined. `rawEscapes` keeps escapes; `pattern` doubles the escapes
 * that are literal inside of quotes, since the outcome is read once more, as a pattern.
 */
export function readUntil(cursor: Cursor, stop: string | undefined, rawEscapes: boolean, pattern: boolean): Piece {
  const outer = stop === undefined;
  if (!outer && ++cursor.depth > maxDepth) throw new LexFault(`variables are nested more than ${maxDepth} deep`);
  if (!outer) cursor.words.drop();
  const out = new Outcome(cursor);
  while (cursor.at < cursor.text.length) {
    const start = cursor.at;
    const char = cursor.text[start] ?? '';
    if (char === stop) {
      cursor.at++;
      cursor.depth--;
      return out.piece();
    }
    const piece = readOne(cursor, rawEscapes, pattern);
    out.add(piece);
    if (outer && cursor.options.splits) cursor.words.add(piece.text, start, cursor.at, char === '$' || isSpace(char));
  }
  if (!outer) throw new LexFault(`"${stop}" is missing`);
  return out.piece();
}

/** Characters that mean nothing anywhere. */
const plain = /[\w.,:@%+=-]+/y;

function readPlain(cursor: Cursor): string {
  plain.lastIndex = cursor.at;
  const run = plain.exec(cursor.text)?.[0] ?? '';
  cursor.at += run.length;
  return run;
}

function readOne(cursor: Cursor, rawEscapes: boolean, pattern: boolean): Piece {
  const { options, text } = cursor;
  const run = readPlain(cursor);
  if (run !== '') return { text: run };
  const char = text[cursor.at] ?? '';
  if (char === '$') return readDollar(cursor);
  if (char === '<') return { text: readAngles(cursor) };
  if (options.quotes !== false && char === "'") return { text: readSingle(cursor, pattern) };
  if (options.quotes !== false && char === '"') return readDouble(cursor, rawEscapes, pattern);
  cursor.at++;
  if (char !== options.escape) return { text: char };
  const next = text[cursor.at] ?? '';
  cursor.at++;
  return { text: rawEscapes ? char + next : next };
}

/** `<<` and the blanks behind it are one piece: `<< EOF` is one word. */
function readAngles(cursor: Cursor): string {
  const start = cursor.at++;
  if (cursor.text[cursor.at] !== '<') return '<';
  cursor.at++;
  while (/[\t\r ]/.test(cursor.text[cursor.at] ?? '')) cursor.at++;
  return cursor.text.slice(start, cursor.at);
}

function readSingle(cursor: Cursor, pattern: boolean): string {
  const end = cursor.text.indexOf("'", cursor.at + 1);
  if (end < 0) throw new LexFault('a single quote is not closed');
  const inner = cursor.text.slice(cursor.at + 1, end);
  cursor.at = end + 1;
  const { escape, rawQuotes } = cursor.options;
  const text = pattern ? inner.replaceAll(escape, escape + escape) : inner;
  return rawQuotes ? `'${text}'` : text;
}

function readDouble(cursor: Cursor, rawEscapes: boolean, pattern: boolean): Piece {
  const { escape, rawQuotes } = cursor.options;
  const out = new Outcome(cursor);
  const quote = { text: rawQuotes ? '"' : '' };
  out.add(quote);
  cursor.at++;
  while (cursor.at < cursor.text.length) {
    const char = cursor.text[cursor.at] ?? '';
    if (char === '"') {
      cursor.at++;
      out.add(quote);
      return out.piece();
    }
    if (char === '$') out.add(readDollar(cursor));
    else if (char === escape) out.add({ text: readQuotedEscape(cursor, rawEscapes, pattern) });
    else out.add({ text: readPlain(cursor) || (cursor.text[cursor.at++] ?? '') });
  }
  throw new LexFault('a double quote is not closed');
}

/** In double quotes an escape is one only before `"`, `$` and itself. */
function readQuotedEscape(cursor: Cursor, rawEscapes: boolean, pattern: boolean): string {
  const { escape, rawQuotes } = cursor.options;
  const next = cursor.text[cursor.at + 1];
  cursor.at++;
  if (next === undefined) return '';
  if (next !== '"' && next !== '$' && next !== escape) {
    return rawEscapes && (!rawQuotes || pattern) ? escape + escape : escape;
  }
  cursor.at++;
  return rawEscapes ? escape + next : next;
}

/** Puts pieces together; unknown as soon as one of them is. */
export class Outcome {
  readonly #cursor: Cursor;
  #text = '';
  #unknown: string | undefined;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  add({ text, unknown }: Piece): void {
    this.#unknown ??= unknown;
    if (this.#unknown !== undefined) return;
    this.#cursor.budget -= text.length;
    if (this.#cursor.budget < 0) this.#unknown = 'the value is too long';
    else this.#text += text;
  }

  piece(): Piece {
    return this.#unknown === undefined ? { text: this.#text } : { text: '', unknown: this.#unknown };
  }
}

/** The words that the text falls into. */
export class Words {
  readonly #words: LexWord[] = [];
  #text = '';
  #start = 0;
  #end = 0;

  /** Adds text that stands at `start` to `end`; where it `splits`, white space in it ends the word. */
  add(text: string, start: number, end: number, splits: boolean): void {
    if (!splits) return this.#grow(text, start, end);
    for (const char of text) {
      if (isSpace(char)) this.close();
      else this.#grow(char, start, end);
    }
  }

  /** Forgets the word that is being read: BuildKit shares one buffer with what stands in `${…}`. */
  drop(): void {
    this.#text = '';
  }

  close(): readonly LexWord[] {
    if (this.#text !== '') this.#words.push({ text: this.#text, start: this.#start, end: this.#end });
    this.#text = '';
    return this.#words;
  }

  #grow(text: string, start: number, end: number): void {
    if (this.#text === '') this.#start = start;
    this.#text += text;
    this.#end = end;
  }
}
