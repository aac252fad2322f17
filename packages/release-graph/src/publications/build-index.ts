import type { BuildsFound, CallSite, FoundBuild, Place } from '../builds/index.ts';
import type { Value } from '../model.ts';
import { imageNames, images } from '../values/image-names.ts';
import type { WrittenImage } from '../values/image-names.ts';
import { evaluateWord } from '../values/shell.ts';
import { canonicalName } from './found.ts';
import { rootOf } from './lane-root.ts';

/** Builds by what they are named. */
export interface NamedBuilds {
  readonly all: readonly FoundBuild[];
  readonly byTag: ReadonlyMap<string, readonly FoundBuild[]>;
  readonly byName: ReadonlyMap<string, readonly FoundBuild[]>;
}

/** Builds and other names of images, by where they are made. */
export interface BuildIndex {
  /** Those of the same job or script. */
  together(place: Place): NamedBuilds;
  /** Those of the same run. */
  inRun(place: Place): NamedBuilds;
  /** What `docker tag` made a name of, in the same job or script. */
  sourcesOf(image: WrittenImage, place: Place): readonly WrittenImage[];
}

export function indexBuilds(found: BuildsFound): BuildIndex {
  const made = found.builds.filter((build) => build.how !== 'assumed');
  const together = grouped(made, (build) => placeOf(build.place));
  const runs = grouped(
    made.filter((build) => build.place.job),
    (build) => rootOf(build.place),
  );
  const sources = tagSources(found.sites);
  return {
    together: (place) => together.get(placeOf(place)) ?? none,
    inRun: (place) => (place.job && runs.get(rootOf(place))) ?? none,
    sourcesOf: (image, place) => sources.get(placeOf(place))?.get(image.name) ?? [],
  };
}

const none: NamedBuilds = { all: [], byTag: new Map(), byName: new Map() };

/** The job, the list of steps or the file that something stands in. */
export function placeOf({ job, step, entry }: Place): unknown {
  return job ?? step?.siblings ?? entry?.path;
}

function grouped<K>(builds: readonly FoundBuild[], key: (build: FoundBuild) => K): ReadonlyMap<K, NamedBuilds> {
  return new Map([...Map.groupBy(builds, key)].map(([each, all]) => [each, named(all)]));
}

function named(all: readonly FoundBuild[]): NamedBuilds {
  return {
    all,
    byTag: listed(all, (build) => build.tags.flatMap(images).map(tagKey)),
    byName: listed(all, (build) => namesOf(build).map(canonicalName)),
  };
}

/** Each value under each of its keys. */
export function listed<T>(all: readonly T[], keys: (one: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) {
    for (const key of new Set(keys(one))) {
      const some = found.get(key);
      if (some) some.push(one);
      else found.set(key, [one]);
    }
  }
  return found;
}

export function tagKey({ name, tag }: WrittenImage): string {
  return `${name}\0${tag ?? ''}`;
}

const names = new WeakMap<FoundBuild, readonly string[]>();

/** The names that a build gives to its image, without tags. */
export function namesOf(build: FoundBuild): readonly string[] {
  const known = names.get(build);
  if (known) return known;
  const found = [...new Set([...build.tags, ...build.outputNames.map(bareName)].flatMap(imageNames))];
  names.set(build, found);
  return found;
}

/** An exporter's name is a name without a tag, so a value that is unknown as a whole is one as well. */
export function bareName(value: Value): Value {
  return { ...value, forms: value.forms.map((form) => [...form, ':latest']) };
}

function tagSources(sites: readonly CallSite[]): ReadonlyMap<unknown, ReadonlyMap<string, readonly WrittenImage[]>> {
  const found = new Map<unknown, Map<string, WrittenImage[]>>();
  for (const { call, scope, place } of sites) {
    if (call.does !== 'tag' || !call.source) continue;
    const sources = images(evaluateWord(call.source, scope));
    const here = found.get(placeOf(place)) ?? new Map<string, WrittenImage[]>();
    found.set(placeOf(place), here);
    for (const name of new Set(call.names.flatMap((word) => imageNames(evaluateWord(word, scope))))) {
      const some = here.get(name);
      if (some) some.push(...sources);
      else here.set(name, [...sources]);
    }
  }
  return found;
}
