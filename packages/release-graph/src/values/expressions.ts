import { MappedText, readCondition, readExpressions } from '@plimsoll/documents';
import type { ExpressionPart, Range, StringValue } from '@plimsoll/documents';
import type { Value } from '../model.ts';
import { evaluate } from './evaluate.ts';
import { joined, literal, unknown } from './resolved.ts';
import type { Resolved } from './resolved.ts';
import { truth } from './truth.ts';
import type { Truth } from './truth.ts';
import { toValue } from './value.ts';
import type { ValueScope } from './value.ts';

/** A string with `${{ … }}` in it, such as an input of a step. */
export function evaluateString(value: StringValue, scope: ValueScope): Value {
  return toValue(evaluateText(value.value, scope, value.text), value.value, value.range);
}

/** The same for a bare text. `places` tells where it stands, for the place of the secrets in it. */
export function evaluateText(text: string, scope: ValueScope, places: MappedText | Range): Resolved {
  if (!text.includes('${{')) return literal(text);
  const mapped =
    'range' in places && places.text === text ? places : placedText(text, 'range' in places ? places.range() : places);
  const pieces: Resolved[] = [];
  let at = 0;
  for (const part of readExpressions(mapped)) {
    pieces.push(literal(text.slice(at, part.start)), evaluatePart(part, scope));
    at = part.end;
  }
  return joined([...pieces, literal(text.slice(at))]);
}

/** A text whose characters all stand at one place. */
function placedText(text: string, { file, start, end }: Range): MappedText {
  return new MappedText(file, text, [{ at: 0, source: start, length: text.length, sourceLength: end - start }]);
}

function evaluatePart(part: ExpressionPart, scope: ValueScope): Resolved {
  if (part.expression) return evaluate(part.expression, scope);
  return part.error === undefined ? literal('') : unknown(`\${{ ${part.text} }}`, part.error);
}

/** Whether an `if:` can be true, and whether it can be false. Without one a step or job runs. */
export function truthOf(condition: StringValue | undefined, scope: ValueScope): Truth {
  if (!condition) return { canBeTrue: true, canBeFalse: false };
  const { parts: read, mixed } = readCondition(condition.text);
  const [only] = read;
  if (mixed || !only) return { canBeTrue: true, canBeFalse: false };
  return truth(evaluatePart(only, scope));
}
