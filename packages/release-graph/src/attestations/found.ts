import type { Range } from '@plimsoll/documents';
import type { Place } from '../builds/index.ts';
import type { Attestation, PublishedTag, Value } from '../model.ts';
import { images } from '../values/image-names.ts';

/** An attestation or a signature as it is found, of one leg and call. */
export interface FoundAttestation {
  readonly attestation: Attestation;
  readonly place: Place;
  /** Where the digest comes from: the steps and commands that it is read from. */
  readonly producers: readonly Range[];
  /** The subjects that are named by a tag, and not by a digest. */
  readonly tagged?: readonly PublishedTag[];
  /** It is made for files, such as packages, not for an image. */
  readonly files: boolean;
  /** Only its name says that it signs: it may cover something, and proves nothing. */
  readonly guessed?: true;
}

/** Names and producers of a subject such as `ghcr.io/acme/api@${{ steps.push.outputs.digest }}`. */
export function subjectOf(values: readonly Value[]): {
  readonly subjects: readonly string[];
  readonly producers: readonly Range[];
  readonly tagged: readonly PublishedTag[];
} {
  const named = values.flatMap(images);
  const names = named.map((image) => image.name);
  return {
    tagged: named.flatMap(({ name, tag, digest }) =>
      tag !== undefined && digest === undefined ? [{ name, tag }] : [],
    ),
    subjects: [...new Set(names.filter((name) => !/^\$\{?\w+\}?$|^\{\}$|^sha256$/.test(name)))],
    producers: values.flatMap((value) => value.definitions.map((definition) => definition.at)),
  };
}
