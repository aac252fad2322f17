import type { Range } from '@plimsoll/documents';
import type { Value, ValueForm } from '../model.ts';
import type { Resolved } from './resolved.ts';
import { formText, isKnown } from './resolved.ts';

/** What the names in a string stand for, at one place. */
export interface ValueScope {
  /**
   * The field of a context: `['env', 'IMAGE']` for `${{ env.IMAGE }}`. The first part is lower-cased.
   * `at`: where it is read.
   */
  context(path: readonly string[], at?: Range): Resolved;
  /** A variable of the environment that a shell gets; undefined where it is not set. */
  variable(name: string): Resolved | undefined;
}

/** A value as rules see it. */
export function toValue(resolved: Resolved, written: string, range: Range): Value {
  const { forms, reason, secrets, definitions } = resolved;
  const known = forms.filter(isKnown);
  const complete = forms.length > 0 && known.length === forms.length;
  return {
    written,
    range,
    forms,
    values: [...new Set(known.map(formText))],
    complete,
    ...(!complete && { reason: reason ?? 'it is not known before the run' }),
    secrets,
    definitions,
  };
}

/** The texts of all forms, with what is unknown by its name. */
export function formTexts(value: { readonly forms: readonly ValueForm[] }): readonly string[] {
  return [...new Set(value.forms.map(formText))];
}
