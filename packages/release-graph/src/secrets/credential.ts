import type { BuildVariable } from '../model.ts';
import { isPublicName, looksLikeSecretName, wordsOf } from './names.ts';
import { isHarmlessValue, secretInValue } from './values.ts';

/**
 * Whether an ARG or ENV of a Dockerfile holds a credential, by its value or its name.
 * `value` is the expanded one; undefined where there is none, or it is not known before the build. An empty ENV holds
 * nothing; an empty ARG is one that a build fills.
 */
export function credentialOf(kind: BuildVariable['kind'], name: string, value?: string): BuildVariable['credential'] {
  if (isPublicName(name)) return undefined;
  const found = value === undefined ? undefined : secretInValue(value);
  if (found !== undefined) return { by: 'value', what: found };
  if (!looksLikeSecretName(name)) return undefined;
  const filledLater = value === undefined || (kind === 'ARG' && value.trim() === '');
  return filledLater || !isHarmlessValue(value) ? { by: 'name', what: kindOfName(name) } : undefined;
}

const KINDS: readonly (readonly [what: string, words: RegExp])[] = [
  ['a password', /^(?:db|root)?pass(?:words?|wd|phrase|code)?$|^(?:pwd|pw|pword)$/],
  ['a token', /^(?:\w{0,20}tokens?|pat)$/],
  ['a key', /^\w{0,20}keys?$/],
  ['a secret', /^\w{0,20}secrets?$/],
];

function kindOfName(name: string): string {
  const words = wordsOf(name).toReversed();
  for (const word of words) {
    const kind = KINDS.find(([, pattern]) => pattern.test(word));
    if (kind) return kind[0];
  }
  return 'a credential';
}
