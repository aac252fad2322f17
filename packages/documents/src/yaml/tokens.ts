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
  /** Where reading stopped, and why; the tokens are then useless. */
  readonly refused?: Refusal;
}

export interface Refusal {
  readonly at: number;
  readonly message: string;
  readonly help?: string;
}

/** The library composes 3 to 4 MB/s, and a recursive composer aborts the process at about 1,000 levels. */
const LIMITS = { characters: 1024 * 1024, lexemes: 500_000, errors: 100 };

/** The deepest nesting that is read. */
export const MAX_DEPTH = 100;

/** Two entries of the parser's stack stand for no level: the document and the innermost scalar. */
const OUTSIDE_LEVELS = 2;

const SCALAR_FOLLOWS = '\u001f';
const MARKS: ReadonlySet<string> = new Set(['\u0002', '\u0018', SCALAR_FOLLOWS]);

/** Reads the tokens of a YAML text in one linear pass. Text that is too large or too deep is refused. */
export function readTokens(text: string): Tokens {
  if (text.length > LIMITS.characters) return refuse(0, `The YAML is ${text.length} characters long; up to ${LIMITS.characters} are read`);
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const comments: Lexeme[] = [];
  const tags: Lexeme[] = [];
  let errors = 0;
  let count = 0;
  let at = 0;
  let before = '';
  for (const lexeme of new Lexer().lex(text)) {
    const scalar = before === SCALAR_FOLLOWS;
    if (!scalar && lexeme.startsWith('#')) comments.push({ text: lexeme, start: at });
    if (!scalar && lexeme.startsWith('!')) tags.push({ text: lexeme, start: at });
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'error') errors += 1;
    }
    if (parser.stack.length > MAX_DEPTH + OUTSIDE_LEVELS) return refuse(at, `The YAML is nested deeper than ${MAX_DEPTH} levels`);
    if (++count > LIMITS.lexemes) return refuse(at, `The YAML has more than ${LIMITS.lexemes} tokens; the rest is not read`);
    if (errors > LIMITS.errors) break;
    if (scalar || !MARKS.has(lexeme)) at += lexeme.length;
    before = scalar ? '' : lexeme;
  }
  if (errors <= LIMITS.errors) tokens.push(...parser.end());
  return { tokens, comments, tags };
}

function refuse(at: number, message: string): Tokens {
  return { tokens: [], comments: [], tags: [], refused: { at, message } };
}
