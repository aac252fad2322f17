import { Binary, ContextAccess, FunctionCall, Grouping, IndexAccess, Literal, Logical, Unary } from '@actions/expressions/ast';
import type { Expr } from '@actions/expressions/ast';
import { Lexer } from '@actions/expressions/lexer';
import { Parser } from '@actions/expressions/parser';

/** A part of a text: what stands outside of `${{ … }}`, or one expression without its braces. */
export interface TextPart {
  readonly kind: 'text' | 'expression';
  readonly text: string;
  /** The offset of `text` in the whole. */
  readonly at: number;
}

/** Longer expressions are not read; GitHub refuses those of more than 21,000 characters. */
const maxLength = 8_000;

const contexts = ['github', 'env', 'vars', 'job', 'jobs', 'steps', 'runner', 'secrets', 'strategy', 'matrix', 'needs', 'inputs'];
const functions = [
  { name: 'hashFiles', minArgs: 1, maxArgs: 255 },
  ...['success', 'failure', 'always', 'cancelled'].map((name) => ({ name, minArgs: 0, maxArgs: 255 })),
];

/** Splits a text at its expressions. An expression that is not closed is text. */
export function splitText(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (let open = text.indexOf('${{'); open >= 0; open = text.indexOf('${{', from)) {
    const close = closingBraces(text, open + 3);
    if (close < 0) break;
    if (open > from) parts.push({ kind: 'text', text: text.slice(from, open), at: from });
    parts.push({ kind: 'expression', text: text.slice(open + 3, close), at: open + 3 });
    from = close + 2;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from), at: from });
  return parts;
}

/** Where `}}` stands, outside of a string `'…'`; -1 where it does not. */
function closingBraces(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "'") quoted = !quoted;
    else if (!quoted && text[at] === '}' && text[at + 1] === '}') return at;
  }
  return -1;
}

/** The tree of an expression; undefined where it cannot be read. */
export function parseExpression(text: string): Expr | undefined {
  if (text.length > maxLength) return undefined;
  try {
    const { tokens } = new Lexer(text).lex();
    return new Parser(tokens, contexts, functions.map((one) => ({ ...one, call: unreachable }))).parse();
  } catch {
    return undefined;
  }
}

function unreachable(): never {
  throw new Error('expressions are not evaluated by the library');
}

/** The same expression, written in one way whatever its spaces: by this what is unknown is named. */
export function printExpression(expr: Expr): string {
  if (expr instanceof Literal) return expr.token.lexeme;
  if (expr instanceof ContextAccess) return expr.name.lexeme.toLowerCase();
  if (expr instanceof Grouping) return `(${printExpression(expr.group)})`;
  if (expr instanceof Unary) return `!${printExpression(expr.expr)}`;
  if (expr instanceof Binary) return `${printExpression(expr.left)} ${expr.operator.lexeme} ${printExpression(expr.right)}`;
  if (expr instanceof Logical) return expr.args.map(printExpression).join(` ${expr.operator.lexeme} `);
  if (expr instanceof FunctionCall) return `${expr.functionName.lexeme}(${expr.args.map(printExpression).join(', ')})`;
  if (expr instanceof IndexAccess) return printIndex(expr);
  return '*';
}

function printIndex({ expr, index }: IndexAccess): string {
  const name = index instanceof Literal && /^[A-Za-z_][\w-]*$/.test(index.literal.coerceString()) ? index.literal.coerceString() : undefined;
  if (name !== undefined) return `${printExpression(expr)}.${name}`;
  return index instanceof Literal ? `${printExpression(expr)}['${index.literal.coerceString()}']` : `${printExpression(expr)}[${printExpression(index)}]`;
}

/** `['env', 'IMAGE']` of `env.IMAGE` and `env['IMAGE']`; undefined where a part is not literal. The first part is lower-cased. */
export function contextPath(expr: Expr): readonly string[] | undefined {
  if (expr instanceof ContextAccess) return [expr.name.lexeme.toLowerCase()];
  if (!(expr instanceof IndexAccess) || !(expr.index instanceof Literal)) return undefined;
  const outer = contextPath(expr.expr);
  return outer && [...outer, expr.index.literal.coerceString()];
}
