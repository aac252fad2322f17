import { firstLine } from '@plimsoll/documents';
import type { BuildsFound, CallSite, FoundBuild } from '../builds/index.ts';
import type { MergeCall } from '../tools/index.ts';
import { imageNames, images } from '../values/image-names.ts';
import { evaluateWord } from '../values/shell.ts';
import { listed, namesOf, placeOf } from './build-index.ts';
import { canonicalName, tagsOf } from './found.ts';
import type { FoundPublication } from './found.ts';
import { ofBuild } from './images.ts';
import { rootOf } from './lane-root.ts';

export interface Merges {
  readonly publications: readonly FoundPublication[];
  /** Builds of single platforms whose results became a part of one of these. */
  readonly merged: ReadonlySet<FoundBuild>;
}

/**
 * `imagetools create` over what the builds of single platforms pushed: one publication, that of the index.
 * One source alone is another tag for an image which is published already. What is pushed by digest and never named is published as it is.
 */
export function mergePublications(found: BuildsFound): Merges {
  const merged = new Set<FoundBuild>();
  const publications: FoundPublication[] = [];
  const pushing = found.builds.filter((build) => build.pushes === true);
  const runs = new Map(
    [...Map.groupBy(pushing, (build) => rootOf(build.place))].map(([root, all]) => [root, parts(all)]),
  );
  const pushes = manifestPushes(found.sites);
  for (const site of found.sites) {
    const { call } = site;
    if (call.does !== 'merge') continue;
    const pushedBy = call.pushes ? site : pushes.get(placeOf(site.place));
    const run = runs.get(rootOf(site.place));
    const builds = pushedBy && run ? partsOf(site, call, run) : [];
    if (!pushedBy || builds.length === 0) continue;
    for (const build of builds) merged.add(build);
    const tagged = [...new Set(call.tags.flatMap((tag) => imageNames(evaluateWord(tag, site.scope))))];
    const { origin, place } = pushedBy;
    const range = firstLine(pushedBy.call.command.range);
    const names = tagged.length > 0 ? tagged : [...new Set(builds.flatMap(namesOf))];
    const tags = tagsOf(call.tags.flatMap((tag) => images(evaluateWord(tag, site.scope))));
    publications.push({ kind: 'image', range, origin, place, names, tags, builds, by: 'merge' });
  }
  const lone = pushing.filter((build) => build.byDigest && !merged.has(build)).map(ofBuild);
  return { publications: [...publications, ...lone], merged };
}

/** `docker manifest create` makes a local list, which `docker manifest push` publishes: the first in each job or script. */
function manifestPushes(sites: readonly CallSite[]): ReadonlyMap<unknown, CallSite> {
  const found = new Map<unknown, CallSite>();
  for (const site of sites) {
    const isPush = site.call.does === 'push' && /manifest/.test(site.call.tool);
    if (isPush && !found.has(placeOf(site.place))) found.set(placeOf(site.place), site);
  }
  return found;
}

/** The builds of one run that can be parts of an index. */
interface Parts {
  readonly byDigest: readonly FoundBuild[];
  /** Those of them that have no name of their own, or one that is not known. */
  readonly nameless: readonly FoundBuild[];
  readonly digestsByName: ReadonlyMap<string, readonly FoundBuild[]>;
  readonly taggedByName: ReadonlyMap<string, readonly FoundBuild[]>;
}

function parts(builds: readonly FoundBuild[]): Parts {
  const byDigest = builds.filter((build) => build.byDigest);
  const byName = (some: readonly FoundBuild[]) => listed(some, (build) => namesOf(build).map(canonicalName));
  return {
    byDigest,
    nameless: byDigest.filter((build) => namesOf(build).length === 0),
    digestsByName: byName(byDigest),
    taggedByName: byName(builds.filter((build) => !build.byDigest)),
  };
}

/** The builds of the same run which push by digest, or under the names of the sources, where there is more than one. */
function partsOf(site: CallSite, call: MergeCall, run: Parts): readonly FoundBuild[] {
  const names = call.tags.flatMap((tag) => imageNames(evaluateWord(tag, site.scope))).map(canonicalName);
  if (names.length === 0 && run.byDigest.length > 0) {
    const sources = call.sources.flatMap((source) => imageNames(evaluateWord(source, site.scope))).map(canonicalName);
    const ofSources = sources.flatMap((name) => run.digestsByName.get(name) ?? []);
    return ofSources.length > 0 ? [...new Set(ofSources)] : run.byDigest;
  }
  const named = names.flatMap((name) => run.digestsByName.get(name) ?? []);
  if (named.length + run.nameless.length > 0) return [...new Set([...named, ...run.nameless])];
  if (run.byDigest.length > 0 && new Set(run.byDigest.map((build) => build.range.start)).size === 1)
    return run.byDigest;
  if (call.sources.length < 2) return [];
  const sources = call.sources.flatMap((source) => imageNames(evaluateWord(source, site.scope))).map(canonicalName);
  return [...new Set([...sources, ...names].flatMap((name) => run.taggedByName.get(name) ?? []))];
}
