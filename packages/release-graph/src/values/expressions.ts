import type { MappedText, Range, StringValue } from '@plimsoll/documents';
import type { Value } from '../model.ts';
import type { Resolved } from './resolved.ts';
import { toValue } from './value.ts';
import type { ValueScope } from './value.ts';
import { unknown } from './resolved.ts';

/** A string with `${{ … }}` in it, such as an input of a step. */
export function evaluateString(value: StringValue, scope: ValueScope): Value {
  return toValue(evaluateText(value.value, scope, value.text), value.value, value.range);
}

/** The same for a bare text; `places` tells where it stands, for the secrets in it. */
export function evaluateText(text: string, scope: ValueScope, places?: MappedText | Range): Resolved {
  return unknown(text, 'not yet');
}
