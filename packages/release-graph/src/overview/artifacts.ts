import type { Build, Publication } from '../model.ts';
import { canonicalName } from '../publications/found.ts';
import { images } from '../values/image-names.ts';

/** What a publication makes under names of one image, with the builds that it comes from. */
export interface Artifact {
  readonly names: readonly string[];
  readonly builds: readonly Build[];
  /** Not known which of these builds it is. */
  readonly guessed: boolean;
}

/** Names that stand for the same builds and end alike are one artifact: a matrix of ten images is ten of them. */
export function artifactsOf({ names, builds }: Publication): readonly Artifact[] {
  const named = buildsByName(builds);
  const several = new Set(builds.map(sourceOf)).size > 1;
  const artifact = (some: readonly string[]): Artifact => {
    const own = [...new Set(some.flatMap((name) => [...(named.get(canonicalName(name)) ?? [])]))];
    return { names: some, builds: own.length > 0 ? own : builds, guessed: own.length === 0 && several };
  };
  if (names.length < 2) return [artifact(names)];
  const indexes = new Map(builds.map((build, index) => [build, index]));
  const keyOf = (name: string): string =>
    [...(named.get(canonicalName(name)) ?? builds)].map((build) => indexes.get(build)).join();
  return [...Map.groupBy(names, keyOf).values()].flatMap((some) => byLastName(some).map(artifact));
}

function buildsByName(builds: readonly Build[]): ReadonlyMap<string, ReadonlySet<Build>> {
  const named = new Map<string, Set<Build>>();
  for (const build of builds) {
    for (const { name } of build.tags.flatMap(images)) {
      const key = canonicalName(name);
      named.set(key, (named.get(key) ?? new Set()).add(build));
    }
  }
  return named;
}

function sourceOf({ dockerfile, context, target }: Build): string {
  const path = dockerfile.status === 'opaque' ? dockerfile.reason : dockerfile.target.file.path;
  return JSON.stringify([path, context.status === 'opaque' ? context.reason : context.target, target]);
}

/** `ghcr.io/acme/api` and `docker.io/acme/api` are one image. A last part that is not known may be any. */
function byLastName(names: readonly string[]): readonly (readonly string[])[] {
  const groups = Map.groupBy(names, (name) => {
    const last = name.slice(name.lastIndexOf('/') + 1).toLowerCase();
    return /[${]/.test(last) ? '' : last;
  });
  const unknown = groups.get('') ?? [];
  groups.delete('');
  const known = [...groups.values()];
  const [only] = known;
  if (unknown.length === 0) return known;
  return known.length === 1 && only ? [names] : [...known, unknown];
}
