import type { MappedText } from '@plimsoll/documents';
import type { Value } from '../model.ts';
import { evaluateText } from '../values/expressions.ts';
import { joined, literal, unknown } from '../values/resolved.ts';
import type { Resolved } from '../values/resolved.ts';
import { toValue } from '../values/value.ts';
import type { ValueScope } from '../values/value.ts';

const variable = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))|\$\{\{[^}]{0,500}\}\}/g;

/** A text in which the shell, where `expands`, and GitHub replace what they know. */
export function evaluateTemplate(place: MappedText, scope: ValueScope, expands: boolean): Value {
  const { text } = place;
  const pieces: Resolved[] = [];
  let at = 0;
  for (const match of text.matchAll(variable)) {
    const [whole, braced, bare] = match;
    pieces.push(literal(text.slice(at, match.index)));
    at = match.index + whole.length;
    const name = braced ?? bare;
    if (name === undefined) pieces.push(evaluateText(whole, scope, place.slice(match.index, at)));
    else
      pieces.push((expands ? scope.variable(name) : undefined) ?? unknown(whole, `the variable ${name} is not known`));
  }
  return toValue(joined([...pieces, literal(text.slice(at))]), text, place.range());
}
