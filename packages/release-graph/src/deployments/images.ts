import type { ShellWord } from '@plimsoll/documents';
import type { Value } from '../model.ts';
import type { ImageArgument } from '../tools/index.ts';
import { formText } from '../values/resolved.ts';
import { evaluateWord } from '../values/shell.ts';
import { toValue } from '../values/value.ts';
import type { ValueScope } from '../values/value.ts';
import { isDigest, subjectOf } from '../verifications/index.ts';
import type { NamedImage } from './found.ts';

/** A part of an image with its value. */
export interface ImagePart {
  readonly part: ImageArgument['part'];
  readonly value: Value;
  readonly group?: string;
}

/** The images that the arguments of a call name. */
export function imagesOf(call: readonly ImageArgument[], scope: ValueScope): readonly NamedImage[] {
  return imagesOfParts(
    call.map(({ part, value, group }) => ({
      part,
      value: valueOf(value, scope),
      ...(group !== undefined && { group }),
    })),
  );
}

/** `strenv(TAG)` of yq reads the environment. */
function valueOf(word: ShellWord, scope: ValueScope): Value {
  const name = /^"?(?:str)?env\((\w+)\)"?$/.exec(word.text.trim())?.[1];
  const known = name === undefined ? undefined : scope.variable(name);
  return known ? toValue(known, word.raw, word.range) : evaluateWord(word, scope);
}

/** Parts that belong to one image become one; a name without tag or digest says nothing. */
export function imagesOfParts(parts: readonly ImagePart[]): readonly NamedImage[] {
  const groups = Map.groupBy(parts, (one) => (one.part === 'reference' || one.group === undefined ? one : one.group));
  return [...groups.values()].flatMap((group) => imageOf(group.filter(({ value }) => !isEmpty(value))) ?? []);
}

function isEmpty({ values, complete }: Value): boolean {
  return complete && values.every((text) => text === '');
}

function imageOf(parts: readonly ImagePart[]): NamedImage | undefined {
  const reference = parts.find(({ part }) => part === 'reference');
  if (reference) return withoutWildcard(subjectOf(reference.value));
  const named = parts.find(({ part }) => part === 'name');
  const name = named && subjectOf(named.value).name;
  const digest = parts.find(({ part }) => part === 'digest');
  const given = digest ?? parts.find(({ part }) => part === 'tag');
  if (!given) return undefined;
  const { value } = given;
  const byDigest = digest !== undefined || (value.forms.length > 0 && value.forms.every(holdsDigest));
  const [form] = value.forms;
  return {
    range: value.range,
    value,
    ...(name !== undefined && { name }),
    by: byDigest ? 'digest' : 'tag',
    written: digest ? 'digest' : 'tag',
    ...(form && { identity: formText(form) }),
    through: value.definitions,
  };
}

/** `1.2.3@sha256:…` as a tag is a digest all the same. */
function holdsDigest(form: Value['forms'][number]): boolean {
  return isDigest(form) || form.some((part) => typeof part === 'string' && part.includes('@'));
}

/** `kubectl set image deploy/api *=api:1`, `kustomize edit set image api=*:1`: the name stays what it is. */
function withoutWildcard(image: NamedImage): NamedImage {
  if (image.name !== '*') return image;
  const { name: _, ...rest } = image;
  return rest;
}
