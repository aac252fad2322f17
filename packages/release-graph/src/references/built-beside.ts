import type { FoundBuild, MergedBuild } from '../builds/index.ts';
import type { Build } from '../model.ts';
import { namesOf } from '../publications/build-index.ts';
import { rootOf } from '../publications/lane-root.ts';

/** For each build the names of what the same workflows, compose files and scripts build. */
export function builtBeside(merged: readonly MergedBuild[]): (builds: readonly Build[]) => ReadonlySet<string> {
  const foundOf = new Map(merged.map(({ build, found }) => [build, found]));
  const byOwner = Map.groupBy(
    merged.flatMap(({ found }) => found),
    ownerOf,
  );
  const namesOfOwners = new Map([...byOwner].map(([owner, found]) => [owner, found.flatMap(namesOf)]));
  return (builds) => {
    const owners = new Set(builds.flatMap((build) => foundOf.get(build) ?? []).map(ownerOf));
    return new Set([...owners].flatMap((owner) => (owner === '' ? [] : (namesOfOwners.get(owner) ?? []))));
  };
}

/** The file in which the run starts that makes a build. */
function ownerOf({ place, origin }: FoundBuild): string {
  return rootOf(place) || (origin.manifest?.file.path ?? '');
}
