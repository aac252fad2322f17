import { Lexer, Parser } from 'yaml';
import type { CST } from 'yaml';

/** A lexeme with its offset in the text. */
export interface Lexeme {
  readonly text: string;
  readonly start: number;
}

/** The concrete syntax of a text, before it is composed. */
export interface Tokens {
  readonly tokens: readonly CST.Token[];
  readonly comments: readonly Lexeme[];
  readonly tags: readonly Lexeme[];
  /** Text in quotes of which the last is missing. */
  readonly unclosed: readonly Lexeme[];
  /** How many lexemes were read. */
  readonly count: number;
  /** Where reading stopped, and why; the tokens are then useless. */
  readonly refused?: Refusal;
}

export interface Refusal {
  readonly at: number;
  readonly message: string;
}

/** The library composes 3 to 4 MB/s, and a recursive composer aborts the process at about 1,000 levels. */
export const MAX_CHARACTERS = 1024 * 1024;
export const MAX_TOKENS = 500_000;

/** Behind so many faults between documents the rest is not looked at. */
const MAX_ERRORS = 100;

/** The deepest nesting that is read. */
export const MAX_DEPTH = 100;

/** Two entries of the parser's stack stand for no level: the document and the innermost scalar. */
const OUTSIDE_LEVELS = 2;

const SCALAR_FOLLOWS = '\u001f';
/** Characters that the lexer puts between its lexemes; YAML allows none of them in a text. */
const MARKS: ReadonlySet<string> = new Set(['\u0002', '\u0018', SCALAR_FOLLOWS]);

/** Reads the tokens of a YAML text in one linear pass. Text that is too large or too deep is refused. */
export function readTokens(text: string, limit = MAX_TOKENS): Tokens {
  if (text.length > MAX_CHARACTERS)
    return refuse(0, `The YAML is longer than ${MAX_CHARACTERS} characters, so it is not read`);
  for (const mark of MARKS) {
    const found = text.indexOf(mark);
    if (found >= 0) return refuse(found, 'YAML allows no control characters, so it is not read');
  }
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const comments: Lexeme[] = [];
  const tags: Lexeme[] = [];
  const unclosed: Lexeme[] = [];
  let errors = 0;
  let count = 0;
  let at = 0;
  let before = '';
  for (const lexeme of new Lexer().lex(text)) {
    const scalar = before === SCALAR_FOLLOWS;
    if (!scalar && lexeme.startsWith('#')) comments.push({ text: lexeme, start: at });
    if (!scalar && lexeme.startsWith('!')) tags.push({ text: lexeme, start: at });
    if (!scalar && /^["']/.test(lexeme) && !isClosed(lexeme)) unclosed.push({ text: lexeme, start: at });
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'error') errors += 1;
    }
    if (parser.stack.length > MAX_DEPTH + OUTSIDE_LEVELS)
      return refuse(at, `The YAML is nested deeper than ${MAX_DEPTH} levels, so it is not read`, count);
    if (++count > limit) return refuse(at, `The YAML has more than ${MAX_TOKENS} tokens, so it is not read`, count);
    if (errors > MAX_ERRORS) break;
    if (scalar || !MARKS.has(lexeme)) at += lexeme.length;
    before = scalar ? '' : lexeme;
  }
  if (errors <= MAX_ERRORS) tokens.push(...parser.end());
  return { tokens, comments, tags, unclosed, count };
}

function isClosed(lexeme: string): boolean {
  return lexeme.length > 1 && lexeme.endsWith(lexeme.charAt(0));
}

function refuse(at: number, message: string, count = 0): Tokens {
  return { tokens: [], comments: [], tags: [], unclosed: [], count, refused: { at, message } };
}
