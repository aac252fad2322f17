import type { Resolved } from '../values/resolved.ts';

/** The value of `NAME=value`, a word of which the name is known. */
export function valueBehindEquals(whole: Resolved): Resolved {
  return {
    ...whole,
    forms: whole.forms.map((form) => {
      const [first, ...rest] = form;
      if (typeof first !== 'string') return form;
      const value = first.slice(first.indexOf('=') + 1);
      return value === '' ? rest : [value, ...rest];
    }),
  };
}
