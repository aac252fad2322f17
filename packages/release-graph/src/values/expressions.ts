import { Binary, FunctionCall, Grouping, IndexAccess, Literal, Logical, Unary } from '@actions/expressions/ast';
import type { Expr } from '@actions/expressions/ast';
import type { MappedText, Range, StringValue } from '@plimsoll/documents';
import type { Value, ValueForm } from '../model.ts';
import { contextPath, parseExpression, printExpression, splitText } from './expression-parser.ts';
import { callFunction } from './functions.ts';
import { formText, isKnown, joined, literal, oneOf, unknown } from './resolved.ts';
import type { Resolved } from './resolved.ts';
import { toValue } from './value.ts';
import type { ValueScope } from './value.ts';

/** A string with `${{ … }}` in it, such as an input of a step. */
export function evaluateString(value: StringValue, scope: ValueScope): Value {
  return toValue(evaluateText(value.value, scope, value.text), value.value, value.range);
}

/** The same for a bare text. `places` tells where it stands, for the place of the secrets in it. */
export function evaluateText(text: string, scope: ValueScope, places: MappedText | Range): Resolved {
  const parts = splitText(text);
  if (parts.every((part) => part.kind === 'text')) return literal(text);
  return joined(
    parts.map((part) => {
      if (part.kind === 'text') return literal(part.text);
      const at = 'range' in places ? places.range(part.at, part.at + part.text.length) : places;
      return evaluateSource(part.text, { ...scope, context: (path) => scope.context(path, at) });
    }),
  );
}

/** An expression without its braces, such as an `if:`. */
export function evaluateSource(source: string, scope: ValueScope): Resolved {
  const expr = parseExpression(source);
  if (!expr) return unknown(`\${{ ${source.trim()} }}`, 'the expression cannot be read');
  return evaluate(expr, scope);
}

/** Whether an expression can be true, and whether it can be false. */
export interface Truth {
  readonly canBeTrue: boolean;
  readonly canBeFalse: boolean;
}

/** The truth of an `if:`, with or without braces. */
export function truthOfCondition(condition: string, scope: ValueScope): Truth {
  const parts = splitText(condition);
  const [only] = parts;
  const bare = parts.every((part) => part.kind === 'text');
  if (bare || (parts.length === 1 && only)) return truth(evaluateSource(bare ? condition : (only?.text ?? ''), scope));
  return { canBeTrue: true, canBeFalse: false };
}

export function evaluate(expr: Expr, scope: ValueScope): Resolved {
  if (expr instanceof Literal) return literal(expr.literal.coerceString());
  if (expr instanceof Grouping) return evaluate(expr.group, scope);
  if (expr instanceof Unary) return negation(evaluate(expr.expr, scope));
  if (expr instanceof Binary) return comparison(expr, scope);
  if (expr instanceof Logical) return logical(expr, scope);
  const path = contextPath(expr);
  if (path) return scope.context(path);
  if (expr instanceof FunctionCall) return callFunction(expr, (arg) => evaluate(arg, scope));
  if (expr instanceof IndexAccess) return indexed(expr, scope);
  return unknown(`\${{ ${printExpression(expr)} }}`, 'it is not known before the run');
}

/** `fromJSON('…').field`, where the text is known. */
function indexed(expr: IndexAccess, scope: ValueScope): Resolved {
  const named = `\${{ ${printExpression(expr)} }}`;
  const keys: string[] = [];
  let at: Expr = expr;
  while (at instanceof IndexAccess) {
    if (!(at.index instanceof Literal)) return secretsOf(at, scope, named);
    keys.unshift(at.index.literal.coerceString());
    at = at.expr;
  }
  if (!(at instanceof FunctionCall) || at.functionName.lexeme.toLowerCase() !== 'fromjson' || !at.args[0]) return secretsOf(expr, scope, named);
  const inner = evaluate(at.args[0], scope);
  return { ...inner, forms: inner.forms.map((form) => pick(form, keys) ?? [{ unknown: named }]), reason: inner.reason ?? 'it is read from JSON' };
}

function pick(form: ValueForm, keys: readonly string[]): ValueForm | undefined {
  if (!isKnown(form)) return undefined;
  try {
    let value: unknown = JSON.parse(formText(form));
    for (const key of keys) value = typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
    return typeof value === 'object' ? undefined : [String(value ?? '')];
  } catch {
    return undefined;
  }
}

/** `matrix[inputs.name]` and the like: unknown, but it carries the secrets of what it reads. */
function secretsOf(expr: Expr, scope: ValueScope, named: string): Resolved {
  let at = expr;
  while (at instanceof IndexAccess) at = at.expr;
  const path = contextPath(at);
  const secrets = path ? scope.context(path).secrets : evaluate(at, scope).secrets;
  return unknown(named, 'it is not known before the run', secrets);
}

function logical(expr: Logical, scope: ValueScope): Resolved {
  const or = expr.operator.lexeme === '||';
  const results: Resolved[] = [];
  for (const [index, arg] of expr.args.entries()) {
    const value = evaluate(arg, scope);
    const last = index === expr.args.length - 1;
    const { canBeTrue, canBeFalse } = truth(value);
    if (last) results.push(value);
    else if (or && canBeTrue) results.push({ ...value, forms: value.forms.filter((form) => formTruth(form).canBeTrue) });
    else if (!or && canBeFalse) results.push(falsyForms(value));
    if (or ? !canBeFalse : !canBeTrue) break;
  }
  return oneOf(results);
}

/** What is left of `a` in `a && b` where `a` is false: nothing of it is told, so its secrets are not in it. */
function falsyForms(value: Resolved): Resolved {
  const forms = value.forms.map((form) => (isKnown(form) ? form : []));
  return { forms: forms.filter((form) => formTruth(form).canBeFalse), secrets: [], definitions: [] };
}

function negation(value: Resolved): Resolved {
  const { canBeTrue, canBeFalse } = truth(value);
  return booleans(canBeFalse, canBeTrue);
}

function comparison(expr: Binary, scope: ValueScope): Resolved {
  const left = evaluate(expr.left, scope);
  const right = evaluate(expr.right, scope);
  const operator = expr.operator.lexeme;
  if (operator !== '==' && operator !== '!=') return booleans(true, true);
  let equal = false;
  let different = false;
  for (const a of left.forms) {
    for (const b of right.forms) {
      const known = isKnown(a) && isKnown(b);
      const same = formText(a).toLowerCase() === formText(b).toLowerCase();
      equal ||= !known || same;
      different ||= known ? !same : formText(a) !== formText(b);
    }
  }
  return operator === '==' ? booleans(equal, different) : booleans(different, equal);
}

/** `true`, `false` or either. */
export function booleans(canBeTrue: boolean, canBeFalse: boolean): Resolved {
  return oneOf([...(canBeTrue ? [literal('true')] : []), ...(canBeFalse ? [literal('false')] : [])]);
}

export function truth(value: Resolved): Truth {
  const all = value.forms.map(formTruth);
  return { canBeTrue: all.some((one) => one.canBeTrue), canBeFalse: all.some((one) => one.canBeFalse) };
}

/** Outputs and variables are texts, and `'false'` as a text is true; here it counts as false, as those who write it mean it. */
function formTruth(form: ValueForm): Truth {
  if (!isKnown(form)) return { canBeTrue: true, canBeFalse: true };
  const text = formText(form);
  const falsy = text === '' || text === 'false' || text === '0';
  return { canBeTrue: !falsy, canBeFalse: falsy };
}
