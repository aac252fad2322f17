import type { BuildsFound, FoundBuild } from '../builds/index.ts';
import type { Lanes } from '../lanes/model.ts';
import { lazy } from '../lazy.ts';
import type { AttestationSubject, Build, Digest, DigestRead, DigestSource, DigestUse, MovingImage } from '../model.ts';
import type { Published } from '../publications/index.ts';
import { fateOf, inspectionsOf } from './fate.ts';
import { filesOf } from './files.ts';
import { foundDigests } from './found.ts';
import type { FoundDigest } from './found.ts';
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
  const inspections = lazy(() => inspectionsOf(found.sites));
  const uses = lazy(() => usesOf(sources));
  const readsOf = lazy(() => readsByDigest(uses()));
  const digests = new Map(
    all.map((one) => [one, digestOf(one, buildOf, () => readsOf().get(one.range) ?? [], () => fateOf(one, inspections()))]),
  );
  const sources: UseSources = {
    lanes,
    found,
    index: indexDigests(all),
    builds: Map.groupBy(
      found.builds.filter((build) => build.place.step),
      (build) => build.place.step?.step as never,
    ),
    digestOf: (one) => digests.get(one),
  };
  const subjects = lazy(() => attestationSubjects(sources));
  const moving = lazy(() => movingImages(found));
  return {
    digests: [...digests.values()],
    get digestUses() {
      return uses();
    },
    get attestationSubjects() {
      return subjects();
    },
    get movingImages() {
      return moving();
    },
  };
}

/** What a matrix overwrites is told at the output, once; the expression in it is none more. */
function usesOf(sources: UseSources): readonly DigestUse[] {
  const overwritten = overwrittenOutputs(sources);
  const uses = digestUses(sources).filter(
    ({ range, digest }) =>
      digest.status !== 'dangling' ||
      !overwritten.some((one) => one.range.file === range.file && one.range.start <= range.start && one.range.end >= range.end),
  );
  return [...uses, ...overwritten];
}

function digestOf(
  found: FoundDigest,
  buildOf: ReadonlyMap<FoundBuild, Build>,
  reads: () => readonly DigestRead[],
  fate: () => Digest['fate'],
): Digest {
  const { by, range, origin, names, of, builds, publication, mergedAt } = found;
  const fateOnce = lazy(fate);
  return {
    by,
    range,
    origin,
    names,
    of,
    builds: [...new Set(builds.flatMap((build) => buildOf.get(build) ?? []))],
    ...(publication && { publication }),
    ...(mergedAt && { mergedAt }),
    places: placesOf(found),
    get reads() {
      return reads();
    },
    get fate() {
      return fateOnce();
    },
  };
}

function placesOf({ places, builds }: FoundDigest): readonly DigestSource[] {
  const found = places.flatMap((place): readonly DigestSource[] => {
    const { call, step } = place;
    if (!call) {
      const name = builds.some((build) => build.how === 'bake-action') ? 'metadata' : 'digest';
      return step ? [{ kind: 'output', step: step.step.id, name }] : [];
    }
    const files = filesOf(place).map(({ path, range }) => ({ kind: 'file' as const, path, ...(range && { range }) }));
    return [...files, ...(call.digests.some((one) => one.kind === 'stdout') ? [{ kind: 'stdout' as const }] : [])];
  });
  return [...new Map(found.map((one) => [keyOf(one), one])).values()];
}

function keyOf(source: DigestSource): string {
  if (source.kind === 'output') return `${source.step ?? ''}.${source.name}`;
  return source.kind === 'file' ? source.path : source.kind;
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
