import type { Truth } from '../values/truth.ts';
import type { Unknown } from './model.ts';
import { partsKey, partsOf, textOfKnown, truthOfOne } from './possible.ts';
import type { Known, Possibility, Possible } from './possible.ts';

const both: Truth = { canBeTrue: true, canBeFalse: true };
const yes: Truth = { canBeTrue: true, canBeFalse: false };
const no: Truth = { canBeTrue: false, canBeFalse: true };

/**
 * Whether two values are equal to GitHub: texts without regard to case, values of two types as numbers.
 * `owner/name` of the checked repository equals what someone compares it with: the repository is read where it is at home.
 */
export function equality(left: Possible, right: Possible): Truth {
  return overPairs(left, right, equalOnes);
}

/** `<`, `<=`, `>`, `>=` on numbers, and on texts by their order. */
export function ordering(operator: string, left: Possible, right: Possible): Truth {
  return overPairs(left, right, (a, b) => {
    if (!('known' in a) || !('known' in b)) return both;
    const order = orderOf(a.known, b.known);
    if (order === undefined) return no;
    const holds = operator.startsWith('<') ? order < 0 : order > 0;
    return holds || (order === 0 && operator.endsWith('=')) ? yes : no;
  });
}

export type TextTest = 'contains' | 'startswith' | 'endswith';

export function textTest(test: TextTest, left: Possible, right: Possible): Truth {
  return overPairs(left, right, (text, sought) => {
    if (test === 'contains' && 'items' in text)
      return text.items.reduce<Truth>((found, item) => anyOf(found, equality(item, [sought])), no);
    if ('structure' in text || 'items' in text || 'structure' in sought || 'items' in sought) return no;
    if ('known' in sought && textOfKnown(sought.known) === '') return yes;
    return holdsIn(test, partsOf(text), sought);
  });
}

function holdsIn(test: TextTest, parts: readonly (string | Unknown)[], sought: Possibility): Truth {
  if (!('known' in sought))
    return 'unknown' in sought && sought.unnamed && parts.every((part) => typeof part === 'string') ? no : both;
  const needle = textOfKnown(sought.known).toLowerCase();
  if (parts.every((part) => typeof part === 'string')) return holds(test, parts.join('').toLowerCase(), needle);
  const edge = test === 'startswith' ? parts[0] : parts.at(-1);
  if (test === 'contains')
    return parts.some((part) => typeof part === 'string' && part.toLowerCase().includes(needle)) ? yes : both;
  if (typeof edge !== 'string') return parts.length === 1 && edge?.unnamed ? no : both;
  const text = edge.toLowerCase();
  if (text.length >= needle.length) return holds(test, text, needle);
  return test === 'startswith' ? mayHold(needle.startsWith(text)) : mayHold(needle.endsWith(text));
}

function holds(test: TextTest, text: string, needle: string): Truth {
  const found =
    test === 'contains'
      ? text.includes(needle)
      : test === 'startswith'
        ? text.startsWith(needle)
        : text.endsWith(needle);
  return found ? yes : no;
}

function mayHold(possible: boolean): Truth {
  return possible ? both : no;
}

function equalOnes(a: Possibility, b: Possibility): Truth {
  if ('structure' in a || 'structure' in b || 'items' in a || 'items' in b)
    return 'structure' in a && 'structure' in b && a.structure === b.structure ? yes : no;
  if ('known' in a && 'known' in b) return sameKnown(a.known, b.known) ? yes : no;
  if ('known' in a) return equalsKnown(b, a);
  if ('known' in b) return equalsKnown(a, b);
  const [left, right] = [partsOf(a), partsOf(b)];
  if (partsKey(left) === partsKey(right)) return yes;
  if ('unknown' in a && 'unknown' in b && a.unnamed !== b.unnamed) return no;
  return prefixesDiffer(left, right) ? no : both;
}

function equalsKnown(one: Possibility, { known }: Known): Truth {
  if (known === null || known === false || known === 0 || known === '')
    return mayHold(truthOfOne(one).canBeFalse || typeof known === 'number');
  const parts = partsOf(one);
  if ('unknown' in one && one.unnamed) return no;
  if ('unknown' in one && one.home) return yes;
  if (typeof known !== 'string') return both;
  const text = known.toLowerCase();
  const [first, last] = [parts[0], parts.at(-1)];
  const starts = typeof first !== 'string' || text.startsWith(first.toLowerCase());
  const ends = typeof last !== 'string' || text.endsWith(last.toLowerCase());
  const unnamed = parts.length === 2 && parts.some((part) => typeof part !== 'string' && part.unnamed);
  return mayHold(starts && ends && !unnamed);
}

function prefixesDiffer(left: readonly (string | Unknown)[], right: readonly (string | Unknown)[]): boolean {
  const [a, b] = [left[0], right[0]];
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).toLowerCase() !== b.slice(0, length).toLowerCase();
}

function sameKnown(a: Known['known'], b: Known['known']): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a.toLowerCase() === b.toLowerCase();
  if (a === null && b === null) return true;
  return numberOf(a) === numberOf(b);
}

function orderOf(a: Known['known'], b: Known['known']): number | undefined {
  if (typeof a === 'string' && typeof b === 'string') {
    const [left, right] = [a.toLowerCase(), b.toLowerCase()];
    return left < right ? -1 : left > right ? 1 : 0;
  }
  const difference = numberOf(a) - numberOf(b);
  return Number.isNaN(difference) ? undefined : difference;
}

/** As GitHub makes numbers of other values; NaN equals nothing. */
function numberOf(value: Known['known']): number {
  if (value === null) return 0;
  if (typeof value === 'string') return value.trim() === '' ? 0 : Number(value);
  return Number(value);
}

function anyOf(a: Truth, b: Truth): Truth {
  return { canBeTrue: a.canBeTrue || b.canBeTrue, canBeFalse: a.canBeFalse && b.canBeFalse };
}

function overPairs(left: Possible, right: Possible, test: (a: Possibility, b: Possibility) => Truth): Truth {
  let canBeTrue = false;
  let canBeFalse = false;
  for (const a of left) {
    for (const b of right) {
      const result = test(a, b);
      canBeTrue ||= result.canBeTrue;
      canBeFalse ||= result.canBeFalse;
      if (canBeTrue && canBeFalse) return both;
    }
  }
  return { canBeTrue, canBeFalse };
}
