import * as ast from '@actions/expressions/ast';
import type { Expr } from '@actions/expressions/ast';
import { Lexer, TokenType } from '@actions/expressions/lexer';
import type { Token } from '@actions/expressions/lexer';
import { Parser } from '@actions/expressions/parser';
import type { MappedText } from '../text/mapped-text.ts';
import type { Accessor, Expression, Operator } from './expression.ts';

/** The most comparisons in a row (`a == b == c …`): the library nests them without a bound of its own. */
const COMPARISON_LIMIT = 100;

/**
 * Parses what stands between the braces; undefined where that is empty. Any context and any function is taken, so that
 * new ones are read too. The library refuses more than 21,000 characters and 50 levels, as GitHub does.
 * @throws {Error} where it is no expression.
 */
export function parseExpression(text: MappedText): Expression | undefined {
  const { tokens } = new Lexer(text.text).lex();
  const tree = new Parser(tokens, contextNames(tokens), functions(tokens)).parse() as Expr | undefined;
  return tree && convert(tree, places(tokens, text)).expression;
}

function contextNames(tokens: readonly Token[]): string[] {
  return [...new Set(tokens.filter((token) => token.type === TokenType.IDENTIFIER).map(({ lexeme }) => lexeme))];
}

/** GitHub's own functions, of which the library checks the arguments, come first in its look-up. */
function functions(tokens: readonly Token[]) {
  return contextNames(tokens).map((name) => ({ name, minArgs: 0, maxArgs: 255, call: neverCalled }));
}

function neverCalled(): never {
  throw new Error('expressions are not evaluated');
}

interface Places {
  readonly text: MappedText;
  readonly tokens: readonly Token[];
  readonly indexOf: ReadonlyMap<Token, number>;
  /** The offset of each token: the library gives lines and columns, and those are wrong behind a string of several lines. */
  readonly offsets: readonly number[];
}

function places(tokens: readonly Token[], text: MappedText): Places {
  let at = 0;
  const offsets = tokens.map(({ lexeme }) => {
    while (' \t\r\n'.includes(text.text[at] ?? 'end')) at += 1;
    const start = at;
    at += lexeme.length;
    return start;
  });
  return { text, tokens, offsets, indexOf: new Map(tokens.map((token, i) => [token, i])) };
}

/** A converted tree, with its first and last token: the library's tree holds no brackets. */
interface Converted {
  readonly expression: Expression;
  readonly first: number;
  readonly last: number;
}

function convert(tree: Expr, at: Places): Converted {
  if (tree instanceof ast.Literal) return literal(tree, at);
  if (tree instanceof ast.ContextAccess) {
    const index = indexOf(tree.name, at);
    return {
      expression: { kind: 'context', name: tree.name.lexeme, range: rangeOf(index, index, at) },
      first: index,
      last: index,
    };
  }
  if (tree instanceof ast.Grouping) {
    const { expression, first, last } = convert(tree.group, at);
    return { expression, first: first - 1, last: last + 1 };
  }
  if (tree instanceof ast.Unary) {
    const operand = convert(tree.expr, at);
    return operation('!', [operand], indexOf(tree.operator, at), at);
  }
  if (tree instanceof ast.Logical)
    return operation(
      operatorOf(tree.operator),
      tree.args.map((arg) => convert(arg, at)),
      undefined,
      at,
    );
  if (tree instanceof ast.Binary) return comparison(tree, at);
  if (tree instanceof ast.FunctionCall) return call(tree, at);
  if (tree instanceof ast.IndexAccess) return access(tree, at);
  throw new Error('not an expression');
}

function literal({ token }: ast.Literal, at: Places): Converted {
  const index = indexOf(token, at);
  return {
    expression: { kind: 'literal', value: literalValue(token), range: rangeOf(index, index, at) },
    first: index,
    last: index,
  };
}

/** The library reads only the first `''` of a string as a quote. */
function literalValue({ type, lexeme, value }: Token): string | number | boolean | null {
  if (type === TokenType.STRING) return lexeme.slice(1, -1).replaceAll("''", "'");
  if (type === TokenType.NUMBER) return Number(value);
  if (type === TokenType.TRUE || type === TokenType.FALSE) return type === TokenType.TRUE;
  return type === TokenType.NULL ? null : lexeme;
}

function operation(
  operator: Operator,
  operands: readonly Converted[],
  start: number | undefined,
  at: Places,
): Converted {
  const first = start ?? operands[0]?.first ?? 0;
  const last = operands.at(-1)?.last ?? first;
  const expression = {
    kind: 'operation',
    operator,
    operands: operands.map((operand) => operand.expression),
    range: rangeOf(first, last, at),
  } as const;
  return { expression, first, last };
}

function comparison(tree: ast.Binary, at: Places): Converted {
  const chain: ast.Binary[] = [];
  let left: Expr = tree;
  for (; left instanceof ast.Binary; left = left.left) chain.push(left);
  if (chain.length > COMPARISON_LIMIT) throw new Error(`more than ${COMPARISON_LIMIT} comparisons in a row`);
  return chain.reduceRight(
    (before, { operator, right }) => operation(operatorOf(operator), [before, convert(right, at)], undefined, at),
    convert(left, at),
  );
}

function operatorOf({ lexeme }: Token): Operator {
  return lexeme as Operator;
}

function call({ functionName, args }: ast.FunctionCall, at: Places): Converted {
  const first = indexOf(functionName, at);
  const converted = args.map((arg) => convert(arg, at));
  const behind = (converted.at(-1)?.last ?? first + 1) + 1;
  const last = at.tokens[behind]?.type === TokenType.COMMA ? behind + 1 : behind;
  const expression = {
    kind: 'call',
    name: functionName.lexeme,
    args: converted.map((arg) => arg.expression),
    range: rangeOf(first, last, at),
  } as const;
  return { expression, first, last };
}

function access({ expr, index }: ast.IndexAccess, at: Places): Converted {
  const inner = convert(expr, at);
  const dotted = at.tokens[inner.last + 1]?.type === TokenType.DOT;
  const key = index instanceof ast.Star ? undefined : convert(index, at);
  const last = dotted ? inner.last + 2 : (key?.last ?? inner.last + 2) + 1;
  const range = rangeOf(inner.first, last, at);
  const accessor = accessorOf(key?.expression);
  const { expression } = inner;
  const [base, path] = expression.kind === 'access' ? [expression.base, expression.path] : [expression, []];
  return { expression: { kind: 'access', base, path: [...path, accessor], range }, first: inner.first, last };
}

function accessorOf(key: Expression | undefined): Accessor {
  if (!key) return { kind: 'star' };
  return key.kind === 'literal' ? { kind: 'name', name: String(key.value ?? '') } : { kind: 'index', index: key };
}

function indexOf(token: Token, { indexOf: indexes }: Places): number {
  return indexes.get(token) ?? 0;
}

function rangeOf(first: number, last: number, { text, tokens, offsets }: Places) {
  const end = (offsets[last] ?? 0) + (tokens[last]?.lexeme.length ?? 0);
  return text.range(offsets[first] ?? 0, end);
}
