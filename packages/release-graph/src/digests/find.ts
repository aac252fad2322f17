import type { BuildsFound, FoundBuild } from '../builds/index.ts';
import type { Lanes } from '../lanes/model.ts';
import { lazy, lazyRecord } from '../lazy.ts';
import type { AttestationSubject, Build, Digest, DigestRead, DigestUse, MovingImage } from '../model.ts';
import type { Published } from '../publications/index.ts';
import { fatesOf } from './fate.ts';
import { digestOf } from './digest.ts';
import { foundDigests } from './found.ts';
import { indexDigests } from './locate.ts';
import { overwrittenOutputs } from './matrix.ts';
import { movingImages } from './moving.ts';
import { attestationSubjects } from './subjects.ts';
import { digestUses } from './uses.ts';
import type { UseSources } from './uses.ts';

export interface DigestsFound {
  readonly digests: readonly Digest[];
  readonly digestUses: readonly DigestUse[];
  readonly attestationSubjects: readonly AttestationSubject[];
  readonly movingImages: readonly MovingImage[];
}

/** The digests of what is pushed, where each is read, and the expressions that want one. */
export function findDigests(
  lanes: Lanes,
  found: BuildsFound,
  published: Published,
  buildOf: ReadonlyMap<FoundBuild, Build>,
): DigestsFound {
  const all = foundDigests(found, published);
  const index = indexDigests(all);
  const fates = lazy(() => fatesOf(found, index));
  const uses = lazy(() => [...digestUses(sources), ...overwrittenOutputs(sources)]);
  const reads = lazy(() => readsByDigest(uses()));
  const digests = new Map(
    all.map((one) => [
      one,
      digestOf(
        one,
        buildOf,
        () => reads().get(one.range) ?? [],
        () => fates()(one),
      ),
    ]),
  );
  const builds = Map.groupBy(found.builds, (build) => build.place.step?.step);
  const sources: UseSources = { lanes, found, index, builds, digestOf: (one) => digests.get(one) };
  return lazyRecord<DigestsFound>({
    digests: () => [...digests.values()],
    digestUses: uses,
    attestationSubjects: () => attestationSubjects(sources, all),
    movingImages: () => movingImages(found, published),
  });
}

function readsByDigest(uses: readonly DigestUse[]): ReadonlyMap<unknown, readonly DigestRead[]> {
  const found = new Map<unknown, DigestRead[]>();
  for (const use of uses) {
    if (use.digest.status !== 'resolved') continue;
    for (const { range } of use.digest.target) {
      const reads = found.get(range) ?? [];
      reads.push({ at: use.range, kind: kindOf(use), label: use.written });
      found.set(range, reads);
    }
  }
  return found;
}

function kindOf({ wants, written }: DigestUse): DigestRead['kind'] {
  if (wants === 'output') return 'output';
  return written.startsWith('env.') ? 'variable' : 'input';
}
