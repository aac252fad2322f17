import type { AccessExpression, Expression, OperationExpression } from '@plimsoll/documents';
import type { ValueForm } from '../model.ts';
import { untrustedAt } from '../taint/read-untrusted.ts';
import { callFunction } from './functions.ts';
import { printExpression } from './print-expression.ts';
import { formText, isKnown, literal, oneOf, unknown } from './resolved.ts';
import type { Resolved } from './resolved.ts';
import { booleans, formTruth, truth } from './truth.ts';
import type { ValueScope } from './value.ts';

/** What an expression gives, as far as it follows from what its names stand for. */
export function evaluate(expression: Expression, scope: ValueScope): Resolved {
  switch (expression.kind) {
    case 'literal':
      return literal(expression.value === null ? '' : String(expression.value));
    case 'context':
      return scope.context([expression.name.toLowerCase()], expression.range);
    case 'access':
      return access(expression, scope);
    case 'call':
      return callFunction(expression, (argument) => evaluate(argument, scope));
    case 'operation':
      return operation(expression, scope);
  }
}

function access(expression: AccessExpression, scope: ValueScope): Resolved {
  const { base, path, range } = expression;
  const names = path.flatMap((accessor) => (accessor.kind === 'name' ? [accessor.name] : []));
  const literalPath = names.length === path.length;
  if (base.kind === 'context' && literalPath) return scope.context([base.name.toLowerCase(), ...names], range);
  const named = `\${{ ${printExpression(expression)} }}`;
  if (base.kind === 'call' && base.name.toLowerCase() === 'fromjson' && literalPath && base.args[0]) {
    const json = evaluate(base.args[0], scope);
    return {
      ...json,
      ...(json.untrusted && isHarmless(names.at(-1)) && { untrusted: [] }),
      forms: json.forms.map((form) => pick(form, names) ?? [{ unknown: named }]),
      reason: json.reason ?? 'it is read from JSON',
    };
  }
  const whole = base.kind === 'context' ? scope.context([base.name.toLowerCase()], range) : evaluate(base, scope);
  const untrusted = base.kind === 'context' ? untrustedAt(expression) : whole.untrusted;
  return {
    ...unknown(named, 'it is not known before the run', whole.secrets),
    ...(untrusted && untrusted.length > 0 && { untrusted }),
  };
}

/** Fields of GitHub's objects that hold no free text. */
function isHarmless(name = ''): boolean {
  return /^(?:number|id|node_id|sha|url|html_url|state|login|full_name|draft|merged|count|length)$|_(?:at|id|url|count)$/.test(
    name,
  );
}

/** A field of a JSON text. */
function pick(form: ValueForm, keys: readonly string[]): ValueForm | undefined {
  if (!isKnown(form)) return undefined;
  try {
    let value: unknown = JSON.parse(formText(form));
    for (const key of keys)
      value =
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined;
    return scalarText(value);
  } catch {
    return undefined;
  }
}

function scalarText(value: unknown): ValueForm | undefined {
  if (value === undefined || value === null) return [];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? [String(value)]
    : undefined;
}

function operation(expression: OperationExpression, scope: ValueScope): Resolved {
  const { operator, operands } = expression;
  const [left, right] = operands;
  if (operator === '&&' || operator === '||') return logical(operator, operands, scope);
  if (!left) return literal('');
  const first = evaluate(left, scope);
  if (operator === '!') {
    const { canBeTrue, canBeFalse } = truth(first);
    return booleans(canBeFalse, canBeTrue);
  }
  if ((operator !== '==' && operator !== '!=') || !right) return booleans(true, true);
  const { equal, different } = compare(first, evaluate(right, scope));
  return operator === '==' ? booleans(equal, different) : booleans(different, equal);
}

function logical(operator: '&&' | '||', operands: readonly Expression[], scope: ValueScope): Resolved {
  const or = operator === '||';
  const results: Resolved[] = [];
  for (const [index, operand] of operands.entries()) {
    const value = evaluate(operand, scope);
    const { canBeTrue, canBeFalse } = truth(value);
    if (index === operands.length - 1) results.push(value);
    else if (or && canBeTrue)
      results.push({ ...value, forms: value.forms.filter((form) => formTruth(form).canBeTrue) });
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

/** GitHub compares texts without regard to case. */
function compare(left: Resolved, right: Resolved): { readonly equal: boolean; readonly different: boolean } {
  let equal = false;
  let different = false;
  for (const a of left.forms) {
    for (const b of right.forms) {
      const known = isKnown(a) && isKnown(b);
      const same = formText(a).toLowerCase() === formText(b).toLowerCase();
      equal ||= !known || same;
      different ||= !same || !known;
    }
  }
  return { equal, different };
}
