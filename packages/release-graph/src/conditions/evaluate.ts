import type { AccessExpression, CallExpression, Expression, OperationExpression } from '@plimsoll/documents';
import { printExpression } from '../values/print-expression.ts';
import type { Truth } from '../values/truth.ts';
import { equality, ordering, textTest } from './compare.ts';
import {
  booleanOf,
  concatenated,
  either,
  known,
  nothing,
  onlyText,
  truthOfOne,
  truthOfPossible,
  unknownValue,
} from './possible.ts';
import type { Possible } from './possible.ts';

/** What names and status functions mean at one place, under an assumption. */
export interface ConditionScope {
  /** The field of a context: `['github', 'event_name']`; the first part in lower case. `*` stands for all. */
  context(path: readonly string[]): Possible;
  status(name: StatusFunction): Truth;
}

export type StatusFunction = 'success' | 'failure' | 'cancelled' | 'always';

/** What an expression gives, in GitHub's own types and with its own rules of what is true and what is equal. */
export function evaluateExpression(expression: Expression, scope: ConditionScope): Possible {
  switch (expression.kind) {
    case 'literal':
      return known(expression.value);
    case 'context':
      return scope.context([expression.name.toLowerCase()]);
    case 'access':
      return access(expression, scope);
    case 'call':
      return call(expression, scope);
    case 'operation':
      return operation(expression, scope);
  }
}

/** Whether an expression calls a status function: without one, `success()` is asked as well. */
export function callsStatus(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
    case 'context':
      return false;
    case 'access':
      return callsStatus(expression.base);
    case 'call':
      return isStatusFunction(expression.name.toLowerCase()) || expression.args.some(callsStatus);
    case 'operation':
      return expression.operands.some(callsStatus);
  }
}

function isStatusFunction(name: string): name is StatusFunction {
  return name === 'success' || name === 'failure' || name === 'cancelled' || name === 'always';
}

function access(expression: AccessExpression, scope: ConditionScope): Possible {
  const { base, path } = expression;
  if (base.kind !== 'context') return unknownValue(printExpression(expression));
  const names = path.map((accessor) => {
    if (accessor.kind === 'star') return '*';
    return accessor.kind === 'name' ? accessor.name : onlyText(evaluateExpression(accessor.index, scope));
  });
  return names.every((name) => name !== undefined)
    ? scope.context([base.name.toLowerCase(), ...names])
    : unknownValue(printExpression(expression));
}

function operation({ operator, operands }: OperationExpression, scope: ConditionScope): Possible {
  if (operator === '&&' || operator === '||') return logical(operator, operands, scope);
  const [left, right] = operands;
  const first = left ? evaluateExpression(left, scope) : nothing;
  if (operator === '!') {
    const { canBeTrue, canBeFalse } = truthOfPossible(first);
    return booleanOf({ canBeTrue: canBeFalse, canBeFalse: canBeTrue });
  }
  const second = right ? evaluateExpression(right, scope) : nothing;
  if (operator !== '==' && operator !== '!=') return booleanOf(ordering(operator, first, second));
  const { canBeTrue, canBeFalse } = equality(first, second);
  return booleanOf(operator === '==' ? { canBeTrue, canBeFalse } : { canBeTrue: canBeFalse, canBeFalse: canBeTrue });
}

/** Gives the operand at which it is decided, as GitHub does: `a && b || c`. */
function logical(operator: '&&' | '||', operands: readonly Expression[], scope: ConditionScope): Possible {
  const or = operator === '||';
  const results: Possible[] = [];
  for (const [index, operand] of operands.entries()) {
    const value = evaluateExpression(operand, scope);
    const { canBeTrue, canBeFalse } = truthOfPossible(value);
    if (index === operands.length - 1) results.push(value);
    else
      results.push(
        or
          ? value.filter((one) => truthOfOne(one).canBeTrue)
          : value.filter((one) => truthOfOne(one).canBeFalse).map((one) => ('known' in one ? one : { known: '' })),
      );
    if (or ? !canBeFalse : !canBeTrue) break;
  }
  return either(results);
}

function call(expression: CallExpression, scope: ConditionScope): Possible {
  const name = expression.name.toLowerCase();
  if (isStatusFunction(name)) return booleanOf(scope.status(name));
  const args = expression.args.map((argument) => evaluateExpression(argument, scope));
  const [first = nothing, second = nothing] = args;
  switch (name) {
    case 'contains':
    case 'startswith':
    case 'endswith':
      return booleanOf(textTest(name, first, second));
    case 'format':
      return formatted(args) ?? unknownValue(printExpression(expression));
    case 'join':
      return joinedList(first, args.length > 1 ? second : known(',')) ?? unknownValue(printExpression(expression));
    case 'fromjson':
      return either(
        first.map((one) => ('known' in one ? parsed(String(one.known ?? '')) : [{ ...unparsed(expression) }])),
      );
    case 'tojson':
      return toJson(first) ?? unknownValue(printExpression(expression));
    case 'case':
      return chosen(args);
    case 'hashfiles':
      return unknownValue(printExpression(expression), { neutral: true });
    default:
      return unknownValue(printExpression(expression));
  }
}

function unparsed(expression: CallExpression): { unknown: string } {
  return { unknown: printExpression(expression) };
}

/** `case(condition, value, …, otherwise)` */
function chosen(args: readonly Possible[]): Possible {
  const results: Possible[] = [];
  for (let index = 0; index < args.length; index += 2) {
    const condition = args[index] ?? nothing;
    if (index === args.length - 1) return either([...results, condition]);
    const { canBeTrue, canBeFalse } = truthOfPossible(condition);
    if (canBeTrue) results.push(args[index + 1] ?? nothing);
    if (!canBeFalse) return either(results);
  }
  return either(results);
}

function formatted([pattern, ...values]: readonly Possible[]): Possible | undefined {
  const text = pattern && onlyText(pattern);
  if (text === undefined) return undefined;
  const pieces: Possible[] = [];
  let at = 0;
  for (const match of text.matchAll(/\{\{|\}\}|\{(\d{1,3})\}/g)) {
    pieces.push(known(text.slice(at, match.index)));
    pieces.push(match[1] === undefined ? known(match[0].slice(1)) : (values[Number(match[1])] ?? known('')));
    at = match.index + match[0].length;
  }
  return concatenated([...pieces, known(text.slice(at))]);
}

function joinedList(list: Possible, separator: Possible): Possible | undefined {
  const [only, more] = list;
  if (!only || more || !('items' in only)) return only && !more && 'known' in only ? list : undefined;
  return concatenated(only.items.flatMap((item, index) => (index === 0 ? [item] : [separator, item])));
}

function parsed(text: string): Possible {
  try {
    return possibleOf(JSON.parse(text));
  } catch {
    return nothing;
  }
}

function possibleOf(value: unknown): Possible {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return known(value);
  if (Array.isArray(value)) return [{ items: value.slice(0, 1_000).map(itemOf) }];
  return [{ structure: 'an object' }];
}

/** Lists in lists are rare, and not looked into. */
function itemOf(value: unknown): Possible {
  return Array.isArray(value) ? [{ structure: 'a list' }] : possibleOf(value);
}

function toJson(value: Possible): Possible | undefined {
  const texts = value.map((one) => ('known' in one ? { known: JSON.stringify(one.known) } : undefined));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}
