import { readCondition } from '@plimsoll/documents';
import type { Expression, Range, StringValue } from '@plimsoll/documents';
import { printExpression } from '../values/print-expression.ts';
import { evaluateExpression } from './evaluate.ts';
import type { ConditionScope } from './evaluate.ts';
import { truthOfPossible, unknownValue } from './possible.ts';

/** Why an `if:` can never be false though it reads as if it could. */
export interface AlwaysTrue {
  /**
   * `space`: a space or line break stands beside `${{ }}`; `text`: other text does; `tag`: YAML takes all that follows an
   * unquoted `!` for a tag; `operand`: a side of `||` is always true; `exclusion`: `a != 'x' || a != 'y'`.
   */
  readonly kind: 'space' | 'text' | 'tag' | 'operand' | 'exclusion';
  readonly range: Range;
  /** What is meant, as one expression. */
  readonly meant: string;
}

/** Whether an `if:` is always true by mistake. One that says so (`always()`, `true`) is none. */
export function alwaysTrue(condition: StringValue): AlwaysTrue | undefined {
  const { tag, header, range, text, value } = condition;
  if (tag) {
    if (!tag.text.startsWith('!') || tag.text.startsWith('!!')) return undefined;
    return { kind: 'tag', range: tag.range, meant: `\${{ ${`${tag.text} ${value}`.trim()} }}` };
  }
  const { parts, mixed } = readCondition(text);
  const [first] = parts;
  if (mixed && first) {
    const around = parts.length === 1 && (text.text.slice(0, first.start) + text.text.slice(first.end)).trim() === '';
    return { kind: around ? 'space' : 'text', range: header ?? range, meant: withoutBraces(text.text) };
  }
  const kind = first?.expression && faultOf(first.expression);
  return kind && first ? { kind, range: first.range, meant: first.text } : undefined;
}

function withoutBraces(text: string): string {
  return text
    .replace(/\$\{\{|\}\}/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function faultOf(expression: Expression): 'operand' | 'exclusion' | undefined {
  if (expression.kind !== 'operation') return undefined;
  if (excludesNothing(expression)) return 'exclusion';
  let reads = false;
  let deliberate = false;
  const scope: ConditionScope = {
    context: (path) => {
      reads = true;
      return unknownValue(path.join('.'));
    },
    status: (name) => {
      deliberate ||= name === 'always';
      return { canBeTrue: true, canBeFalse: name !== 'always' };
    },
  };
  const { canBeFalse } = truthOfPossible(evaluateExpression(expression, scope));
  return !canBeFalse && reads && !deliberate ? 'operand' : undefined;
}

/** Whatever `a` is, it differs from one of two texts. */
function excludesNothing(expression: Expression): boolean {
  if (expression.kind !== 'operation' || expression.operator !== '||') return false;
  const excluded = new Map<string, string>();
  for (const operand of expression.operands.flatMap(alternatives)) {
    if (operand.kind !== 'operation' || operand.operator !== '!=') continue;
    const literals = operand.operands.filter((side) => side.kind === 'literal');
    const [subject] = operand.operands.filter((side) => side.kind !== 'literal');
    const [literal] = literals;
    if (!subject || !literal) continue;
    const name = printExpression(subject).toLowerCase();
    const text = printExpression(literal).toLowerCase();
    if ((excluded.get(name) ?? text) !== text) return true;
    excluded.set(name, text);
  }
  return false;
}

function alternatives(expression: Expression): readonly Expression[] {
  return expression.kind === 'operation' && expression.operator === '||'
    ? expression.operands.flatMap(alternatives)
    : [expression];
}
