import type { FoundBuild } from '../builds/index.ts';
import { lazy } from '../lazy.ts';
import type { Build, Digest, DigestRead, DigestSource } from '../model.ts';
import { rootOf } from '../publications/lane-root.ts';
import { filesOf } from './files.ts';
import { isForTests } from './for-tests.ts';
import type { FoundDigest } from './found.ts';

/** A digest as rules see it. What becomes of it is computed when it is first asked for. */
export function digestOf(
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
    ...(found.places.every((place) => isForTests(names, rootOf(place))) && { forTests: true }),
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
