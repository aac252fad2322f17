import type { Dockerfile, Range } from '@plimsoll/documents';
import type { MergedBuild } from '../builds/index.ts';
import type { Lanes } from '../lanes/model.ts';
import type { Build, ImageReference, Publication, ReleaseSettings } from '../model.ts';
import { imageNames } from '../values/image-names.ts';
import { bakeReferences } from './bake-references.ts';
import { builtBeside } from './built-beside.ts';
import { contextReferences } from './context-references.ts';
import { becauseOf, dockerfileReferences } from './dockerfile-references.ts';
import { inlineReferences } from './inline-dockerfiles.ts';
import { manifestReferences } from './manifest-references.ts';
import { overriddenBases } from './overridden-bases.ts';
import { ownRepository, withRepository } from './own-repository.ts';

/** The images that Dockerfiles, manifests and bake files name, of which those that the repository builds itself are left out. */
export function fileReferences(
  lanes: Lanes,
  settings: ReleaseSettings,
  merged: readonly MergedBuild[],
  publications: readonly Publication[],
): readonly ImageReference[] {
  const { documents } = lanes;
  const builds = merged.map((one) => one.build);
  const byDockerfile = Map.groupBy(builds, ({ dockerfile }) =>
    dockerfile.status === 'opaque' ? undefined : dockerfile.target,
  );
  const names = publishedNames(publications);
  const beside = builtBeside(merged);
  const ofDockerfile = (dockerfile: Dockerfile): readonly ImageReference[] => {
    const own = byDockerfile.get(dockerfile) ?? [];
    const published = own.flatMap((build) => {
      const name = names.get(build);
      return name === undefined ? [] : [[build, name] as const];
    });
    return dockerfileReferences({ dockerfile, builds: own, published: new Map(published), builtBeside: beside(own) });
  };
  const repository = ownRepository(documents, settings);
  const built = builds
    .flatMap((build) => build.tags.flatMap(imageNames))
    .map((name) => withRepository(name, repository));
  const all = [
    ...[...documents.dockerfiles.values()].flatMap(ofDockerfile),
    ...manifestReferences(lanes, new Set(built), repository),
    ...bakeReferences(documents, builds),
    ...inlineReferences(documents),
    ...contextReferences(documents, builds, {
      releasesOf: (build) => becauseOf(names.get(build)),
      besideOf: (build) => beside([build]),
    }),
  ];
  return withoutOverriding(all, builds);
}

/** What replaces a pinned base is told as such. */
function withoutOverriding(all: readonly ImageReference[], builds: readonly Build[]): readonly ImageReference[] {
  const overriding = Map.groupBy(
    overriddenBases(builds).map(({ range }) => range),
    ({ file }) => file.path,
  );
  return all.filter(({ range }) => !overriding.get(range.file.path)?.some((entry) => isWithin(range, entry)));
}

function isWithin({ start, end }: Range, entry: Range): boolean {
  return entry.start <= start && end <= entry.end;
}

/** Builds that are published, with the name of what they are published as; '' where it is not known which of several it is. */
function publishedNames(publications: readonly Publication[]): ReadonlyMap<Build, string> {
  return new Map(
    publications.flatMap(({ builds, names }) =>
      builds.map((build) => [build, publishedName(build, builds, names)] as const),
    ),
  );
}

function publishedName(build: Build, builds: readonly Build[], names: readonly string[]): string {
  const [own] = build.tags.flatMap(imageNames).filter((name) => names.includes(name));
  return own ?? (builds.length === 1 || names.length === 1 ? (names[0] ?? '') : '');
}
