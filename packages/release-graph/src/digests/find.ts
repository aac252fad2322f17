import type { BuildsFound } from '../builds/index.ts';
import type { Lanes } from '../lanes/model.ts';
import type { AttestationSubject, Digest, DigestUse, MovingImage } from '../model.ts';
import type { Published } from '../publications/index.ts';

export interface DigestsFound {
  readonly digests: readonly Digest[];
  readonly digestUses: readonly DigestUse[];
  readonly attestationSubjects: readonly AttestationSubject[];
  readonly movingImages: readonly MovingImage[];
}

/** The digests of what is pushed, where each is read, and the expressions that want one. */
export function findDigests(_lanes: Lanes, _found: BuildsFound, _published: Published): DigestsFound {
  return { digests: [], digestUses: [], attestationSubjects: [], movingImages: [] };
}
