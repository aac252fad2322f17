import { firstLine } from '@plimsoll/documents';
import type { BuildsFound, CallSite, FoundBuild } from '../builds/index.ts';
import type { MergeCall } from '../tools/index.ts';
import { imageNames } from '../values/image-names.ts';
import { evaluateWord } from '../values/shell.ts';
import { sharesName } from './found.ts';
import type { FoundPublication } from './found.ts';
import { namesOf, ofBuild } from './images.ts';
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
  for (const site of found.sites) {
    const { call } = site;
    if (call.does !== 'merge' || (!call.pushes && !isPushedLater(site, call, found.sites))) continue;
    const builds = partsOf(site, call, pushing);
    if (builds.length === 0) continue;
    for (const build of builds) merged.add(build);
    const tagged = [...new Set(call.tags.flatMap((tag) => imageNames(evaluateWord(tag, site.scope))))];
    const { origin, place } = site;
    const names = tagged.length > 0 ? tagged : [...new Set(builds.flatMap(namesOf))];
    publications.push({
      kind: 'image',
      range: firstLine(call.command.range),
      origin,
      place,
      names,
      builds,
      by: 'merge',
    });
  }
  const lone = pushing.filter((build) => build.byDigest && !merged.has(build)).map(ofBuild);
  return { publications: [...publications, ...lone], merged };
}

/** `docker manifest create` makes a local list, which `docker manifest push` publishes. */
function isPushedLater(site: CallSite, call: MergeCall, sites: readonly CallSite[]): boolean {
  return (
    /manifest/.test(call.tool) &&
    sites.some(
      (other) =>
        other.call.does === 'push' &&
        /manifest/.test(other.call.tool) &&
        other.place.job === site.place.job &&
        other.place.entry === site.place.entry,
    )
  );
}

/** The builds of the same run which push by digest, or under the names of the sources, where there is more than one. */
function partsOf(site: CallSite, call: MergeCall, builds: readonly FoundBuild[]): readonly FoundBuild[] {
  const root = rootOf(site.place);
  const inRun = builds.filter((build) => rootOf(build.place) === root);
  const names = call.tags.flatMap((tag) => imageNames(evaluateWord(tag, site.scope)));
  const byDigest = inRun.filter((build) => build.byDigest);
  const sameDigest = byDigest.filter(
    (build) => names.length === 0 || namesOf(build).length === 0 || sharesName(namesOf(build), names),
  );
  if (sameDigest.length > 0) return sameDigest;
  if (byDigest.length > 0 && new Set(byDigest.map((build) => build.range.start)).size === 1) return byDigest;
  const sources = call.sources.flatMap((source) => imageNames(evaluateWord(source, site.scope)));
  if (call.sources.length < 2) return [];
  return inRun.filter((build) => !build.byDigest && sharesName(namesOf(build), [...sources, ...names]));
}
