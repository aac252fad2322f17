import type { MappedText } from '../text/mapped-text.ts';
import type { Accessor, Condition, ContextPath, Expression, ExpressionPart } from './expression.ts';
import { parseExpression } from './parse-expression.ts';

const read = new WeakMap<MappedText, readonly ExpressionPart[]>();

/** The expressions `${{ … }}` of a string, in order. One that cannot be read has an `error`. Each string is read once. */
export function readExpressions(text: MappedText): readonly ExpressionPart[] {
  const known = read.get(text);
  if (known) return known;
  const parts = partsOf(text);
  read.set(text, parts);
  return parts;
}

function partsOf(text: MappedText): readonly ExpressionPart[] {
  const parts: ExpressionPart[] = [];
  let open = text.text.indexOf(OPEN);
  while (open >= 0) {
    const close = closingBraces(text.text, open + OPEN.length);
    if (close === undefined) {
      parts.push({
        ...placed(text, open, text.text.length, text.slice(open + OPEN.length)),
        error: 'the expression is not closed with }}',
      });
      break;
    }
    parts.push(readPart(text, open, close + 2, text.slice(open + OPEN.length, close)));
    open = text.text.indexOf(OPEN, close + 2);
  }
  return parts;
}

const OPEN = '${{';

/** Where `}}` stands outside of a string; a quote in a string is doubled. */
function closingBraces(text: string, start: number): number | undefined {
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "'") quoted = !quoted;
    else if (!quoted && text[at] === '}' && text[at + 1] === '}') return at;
  }
  return undefined;
}

const conditions = new WeakMap<MappedText, Condition>();

/** Reads an `if:`, whose braces may be left out. */
export function readCondition(text: MappedText): Condition {
  const known = conditions.get(text);
  if (known) return known;
  const condition = conditionOf(text);
  conditions.set(text, condition);
  return condition;
}

function conditionOf(text: MappedText): Condition {
  const parts = readExpressions(text);
  const [only] = parts;
  if (only) return { text, parts, mixed: parts.length > 1 || only.start > 0 || only.end < text.text.length };
  const bare = text.text.trim() === '' ? [] : [readPart(text, 0, text.text.length, text)];
  return { text, parts: bare, mixed: false };
}

function readPart(text: MappedText, start: number, end: number, inner: MappedText): ExpressionPart {
  const part = placed(text, start, end, inner);
  try {
    const expression = parseExpression(inner);
    return { ...part, ...(expression && { expression }) };
  } catch (error) {
    return { ...part, error: reasonOf(error) };
  }
}

function placed(text: MappedText, start: number, end: number, inner: MappedText): ExpressionPart {
  return { start, end, range: text.range(start, end), text: inner.text.trim() };
}

/** The library repeats the whole expression in some messages. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/ Located at position[\s\S]*$/, '')
    .replace('ErrorExceededMaxLength', 'the expression is too long')
    .slice(0, 200);
}

/** Every path that an expression reads, in reading order; those inside of an index too. */
export function contextPaths(part: ExpressionPart): readonly ContextPath[] {
  return part.expression ? pathsOf(part.expression) : [];
}

function pathsOf(expression: Expression): ContextPath[] {
  switch (expression.kind) {
    case 'literal':
      return [];
    case 'context':
      return [contextPath(expression.name, [], expression)];
    case 'call':
      return expression.args.flatMap(pathsOf);
    case 'operation':
      return expression.operands.flatMap(pathsOf);
    case 'access': {
      const { base, path } = expression;
      const own = base.kind === 'context' ? [contextPath(base.name, path, expression)] : pathsOf(base);
      return [...own, ...path.flatMap((accessor) => (accessor.kind === 'index' ? pathsOf(accessor.index) : []))];
    }
  }
}

function contextPath(name: string, path: readonly Accessor[], { range }: Expression): ContextPath {
  const context = name.toLowerCase();
  const names = path.map((accessor) => (accessor.kind === 'name' ? accessor.name : '*'));
  return { context, names, path: [context, ...names].join('.'), range };
}
