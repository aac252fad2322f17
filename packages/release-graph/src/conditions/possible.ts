import type { Truth } from '../values/truth.ts';
import type { Ternary, Unknown } from './model.ts';

/** A value of GitHub's expression language, as far as it is known: one of several possibilities. */
export type Possible = readonly Possibility[];

export type Possibility = Known | PartlyKnown | List | Structure | Unknown;

export interface Known {
  readonly known: string | number | boolean | null;
}

/** A text, some parts of which are unknown. */
export interface PartlyKnown {
  readonly parts: readonly (string | Unknown)[];
}

export interface List {
  readonly items: readonly Possible[];
}

/** A map whose fields are not looked at; it is true, and equals nothing. */
export interface Structure {
  readonly structure: string;
}

const maxPossibilities = 64;
const maxParts = 50;
const maxText = 20_000;

export const nothing: Possible = [{ known: null }];

export function known(value: Known['known']): Possible {
  return [{ known: value }];
}

export function unknownValue(name: string, traits: Omit<Unknown, 'unknown'> = {}): Possible {
  return [{ unknown: name, ...traits }];
}

export function booleanOf({ canBeTrue, canBeFalse }: Truth): Possible {
  return [...(canBeTrue ? known(true) : []), ...(canBeFalse ? known(false) : [])];
}

/** Either of several; those that read the same once. */
export function either(all: readonly Possible[]): Possible {
  const found = new Map<string, Possibility>();
  for (const possible of all) for (const one of possible) if (!found.has(keyOf(one))) found.set(keyOf(one), one);
  if (found.size > maxPossibilities) return unknownValue('a value of many');
  return [...found.values()];
}

/** Texts one behind the other, as `${{ a }}-${{ b }}` and `format()` put them together. */
export function concatenated(all: readonly Possible[]): Possible {
  let texts: readonly (readonly (string | Unknown)[])[] = [[]];
  for (const one of all) {
    const next = texts.flatMap((left) => one.map((right) => appended(left, partsOf(right))));
    if (next.length > maxPossibilities || next.some(isTooLong)) return unknownValue('a text of many parts');
    texts = next;
  }
  return either(texts.map((parts) => [fromParts(parts)]));
}

function isTooLong(parts: readonly (string | Unknown)[]): boolean {
  let length = 0;
  for (const part of parts) length += typeof part === 'string' ? part.length : part.unknown.length;
  return parts.length > maxParts || length > maxText;
}

function appended(
  left: readonly (string | Unknown)[],
  right: readonly (string | Unknown)[],
): readonly (string | Unknown)[] {
  const last = left.at(-1);
  const [first, ...rest] = right;
  return typeof last === 'string' && typeof first === 'string'
    ? [...left.slice(0, -1), last + first, ...rest]
    : [...left, ...right];
}

/** A text of parts; wholly known where all of them are. */
export function fromParts(parts: readonly (string | Unknown)[]): Possibility {
  const [only, more] = parts;
  if (only === undefined) return { known: '' };
  if (more === undefined) return typeof only === 'string' ? { known: only } : only;
  return { parts };
}

export function partsOf(one: Possibility): readonly (string | Unknown)[] {
  if ('known' in one) {
    const text = textOfKnown(one.known);
    return text === '' ? [] : [text];
  }
  if ('parts' in one) return one.parts;
  if ('items' in one) return ['Array'];
  return 'structure' in one ? ['Object'] : [one];
}

export function textOfKnown(value: Known['known']): string {
  return value === null ? '' : String(value);
}

/** Variables, outputs and inputs of actions are texts, whatever they are made of. */
export function asText(value: Possible): Possible {
  return value.map((one) => ('known' in one ? { known: one.known === null ? '' : String(one.known) } : one));
}

/** The text that it certainly is; undefined where it can be another. */
export function onlyText(possible: Possible): string | undefined {
  const [only, more] = possible;
  return only && !more && 'known' in only ? textOfKnown(only.known) : undefined;
}

export function unknownsIn(possible: Possible): readonly Unknown[] {
  return possible.flatMap((one) => {
    if ('unknown' in one) return [one];
    if ('items' in one) return one.items.flatMap(unknownsIn);
    return 'parts' in one ? one.parts.filter((part) => typeof part !== 'string') : [];
  });
}

export function ternary({ canBeTrue, canBeFalse }: Truth): Ternary {
  return canBeTrue && canBeFalse ? 'unknown' : canBeTrue;
}

/** What GitHub takes for true: all but `false`, `0`, `''` and null. */
export function truthOfPossible(possible: Possible): Truth {
  const all = possible.map(truthOfOne);
  return { canBeTrue: all.some((one) => one.canBeTrue), canBeFalse: all.some((one) => one.canBeFalse) };
}

export function truthOfOne(one: Possibility): Truth {
  if ('known' in one) {
    const falsy = one.known === null || one.known === false || one.known === 0 || one.known === '';
    return { canBeTrue: !falsy, canBeFalse: falsy };
  }
  if ('unknown' in one) return { canBeTrue: true, canBeFalse: one.truthy !== true };
  if ('parts' in one) return { canBeTrue: true, canBeFalse: !one.parts.some(isFilled) };
  return { canBeTrue: true, canBeFalse: false };
}

function isFilled(part: string | Unknown): boolean {
  return typeof part === 'string' || part.truthy === true;
}

function keyOf(one: Possibility): string {
  if ('known' in one) return `${typeof one.known} ${String(one.known)}`;
  if ('unknown' in one) return `? ${one.unknown}`;
  if ('parts' in one) return `p ${partsKey(one.parts)}`;
  return 'items' in one ? `l ${one.items.map((item) => item.map(keyOf).join('|')).join(',')}` : `o ${one.structure}`;
}

export function partsKey(parts: readonly (string | Unknown)[]): string {
  return parts.map((part) => (typeof part === 'string' ? `=${part}` : `\0${part.unknown}\0`)).join('');
}
