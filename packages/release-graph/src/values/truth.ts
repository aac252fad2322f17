import type { ValueForm } from '../model.ts';
import { formText, isKnown, literal, oneOf } from './resolved.ts';
import type { Resolved } from './resolved.ts';

/** Whether something can be true, and whether it can be false. */
export interface Truth {
  readonly canBeTrue: boolean;
  readonly canBeFalse: boolean;
}

export function truth(value: Resolved): Truth {
  const all = value.forms.map(formTruth);
  return { canBeTrue: all.some((one) => one.canBeTrue), canBeFalse: all.some((one) => one.canBeFalse) };
}

/** Outputs and variables are texts, and `'false'` as a text is true; here it counts as false, as those who write it mean it. */
export function formTruth(form: ValueForm): Truth {
  if (!isKnown(form)) return { canBeTrue: true, canBeFalse: true };
  const text = formText(form);
  const falsy = text === '' || text === 'false' || text === '0';
  return { canBeTrue: !falsy, canBeFalse: falsy };
}

/** `true`, `false` or either. */
export function booleans(canBeTrue: boolean, canBeFalse: boolean): Resolved {
  return oneOf([...(canBeTrue ? [literal('true')] : []), ...(canBeFalse ? [literal('false')] : [])]);
}
