import type { CallExpression, Expression } from '@plimsoll/documents';
import { untrustedWithin } from '../taint/read-untrusted.ts';
import { printExpression } from './print-expression.ts';
import { formText, isKnown, joined, literal, oneOf, onlyValue } from './resolved.ts';
import type { Resolved } from './resolved.ts';
import { booleans } from './truth.ts';

/** A function of GitHub's expression language, as far as its result follows from its arguments. */
export function callFunction(call: CallExpression, evaluate: (argument: Expression) => Resolved): Resolved {
  const name = call.name.toLowerCase();
  const args = call.args.map(evaluate);
  const [first] = args;
  switch (name) {
    case 'always':
      return literal('true');
    case 'success':
    case 'failure':
    case 'cancelled':
      return booleans(true, true);
    case 'contains':
    case 'startswith':
    case 'endswith':
      return textTest(name, args);
    case 'format':
      return formatted(args) ?? opaque(call, args);
    case 'case':
      return oneOf(args.filter((_, index) => index % 2 === 1 || index === args.length - 1));
    case 'fromjson':
      return first && isScalar(first) ? unquoted(first) : opaque(call, args);
    case 'tojson':
      return oneOf([opaque(call, args), ...call.args.map(untrustedFields)]);
    case 'hashfiles':
      return opaque(call, []);
    default:
      return opaque(call, args);
  }
}

/** No value by itself: the texts of others that the JSON of an object holds. */
function untrustedFields(argument: Expression): Resolved {
  return { forms: [], secrets: [], definitions: [], untrusted: untrustedWithin(argument) };
}

/** Unknown, with the secrets of what goes in. */
function opaque(call: CallExpression, args: readonly Resolved[]): Resolved {
  const { secrets, definitions, untrusted } = joined(args.map((arg) => ({ ...arg, forms: [[]] })));
  return {
    ...(untrusted && { untrusted }),
    forms: [[{ unknown: `\${{ ${printExpression(call)} }}` }]],
    reason: `${call.name}() is not evaluated`,
    secrets,
    definitions,
  };
}

function textTest(name: string, [subject, sought]: readonly Resolved[]): Resolved {
  const text = subject && onlyValue(subject)?.toLowerCase();
  const part = sought && onlyValue(sought)?.toLowerCase();
  if (text === undefined || part === undefined) return booleans(true, true);
  const holds =
    name === 'contains' ? text.includes(part) : name === 'startswith' ? text.startsWith(part) : text.endsWith(part);
  return literal(String(holds));
}

/** `format('{0}:{1}', a, b)`; undefined where the format is not known. */
function formatted([pattern, ...values]: readonly Resolved[]): Resolved | undefined {
  const text = pattern && onlyValue(pattern);
  if (text === undefined) return undefined;
  const pieces: Resolved[] = [];
  let at = 0;
  for (const match of text.matchAll(/\{\{|\}\}|\{(\d{1,3})\}/g)) {
    pieces.push(literal(text.slice(at, match.index)));
    pieces.push(match[1] === undefined ? literal(match[0].slice(1)) : (values[Number(match[1])] ?? literal('')));
    at = match.index + match[0].length;
  }
  return joined([...pieces, literal(text.slice(at))]);
}

function isScalar(value: Resolved): boolean {
  return value.forms.every((form) => !isKnown(form) || !/^\s*[[{]/.test(formText(form)));
}

function unquoted(value: Resolved): Resolved {
  return {
    ...value,
    forms: value.forms.map((form) =>
      isKnown(form)
        ? [
            formText(form)
              .trim()
              .replace(/^"(.*)"$/s, '$1'),
          ]
        : form,
    ),
  };
}
