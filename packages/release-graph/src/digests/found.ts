import { firstLine } from '@plimsoll/documents';
import type { Range } from '@plimsoll/documents';
import type { BuildsFound, CallSite, FoundBuild, Place } from '../builds/index.ts';
import type { PublicationGroup } from '../attestations/cover.ts';
import type { Digest, Origin, Publication, Related } from '../model.ts';
import { namesOf, tagKey } from '../publications/build-index.ts';
import { isPassing } from '../publications/found.ts';
import { rootOf } from '../publications/lane-root.ts';
import type { Published } from '../publications/index.ts';
import { platformsOf } from './platforms.ts';
import { imageNames, images } from '../values/image-names.ts';
import { evaluateWord } from '../values/shell.ts';

/** A digest as it is found, of all legs and calls. */
export interface FoundDigest {
  readonly by: Digest['by'];
  readonly range: Range;
  readonly origin: Origin;
  /** Where it is made: one of each leg, and of each command of several that push one image. */
  readonly places: readonly Place[];
  readonly names: readonly string[];
  readonly of: Digest['of'];
  readonly builds: readonly FoundBuild[];
  readonly publication?: Publication;
  readonly mergedAt?: Related;
  /** Why nothing is known of it. */
  readonly opaque?: string;
}

/** The digests of what is pushed, of the platforms that become an index, and what registries are asked for. */
export function foundDigests(found: BuildsFound, published: Published): readonly FoundDigest[] {
  const publications = new Map(published.publications.map((one) => [`${one.kind} ${placeOf(one.range)}`, one]));
  const mergeAt = mergedTags(found.sites);
  const all = [
    ...published.found.flatMap((group) => ofGroup(group, publications, mergeAt)),
    ...ofPlatforms(found, published.found),
    ...found.sites.flatMap(ofLocalCopy),
    ...ofInspects(found.sites),
  ];
  return [...Map.groupBy(all, (one) => `${one.by === 'inspect'} ${placeOf(one.range)}`).values()].flatMap(merged);
}

function placeOf({ file, start }: Range): string {
  return `${file.path}:${start}`;
}

/** One of each place, whatever calls lead there. */
function merged([first, ...others]: readonly FoundDigest[]): readonly FoundDigest[] {
  if (!first || others.length === 0) return first ? [first] : [];
  const all = [first, ...others];
  const opaque = all.every((one) => one.opaque !== undefined) ? first.opaque : undefined;
  const { opaque: _, ...rest } = first;
  return [
    {
      ...rest,
      of: all.every((one) => one.of === first.of) ? first.of : 'unknown',
      places: all.flatMap((one) => one.places),
      names: [...new Set(all.flatMap((one) => one.names))],
      builds: [...new Set(all.flatMap((one) => one.builds))],
      ...(opaque !== undefined && { opaque }),
    },
  ];
}

/** Where each tag of a run is made a part of an index, by the run and the tag. */
function mergedTags(sites: readonly CallSite[]): ReadonlyMap<string, Range> {
  const found = new Map<string, Range>();
  for (const { call, scope, place } of sites) {
    if (call.does !== 'merge' || call.sources.length < 2) continue;
    for (const image of call.sources.flatMap((word) => images(evaluateWord(word, scope))))
      found.set(`${rootOf(place)} ${tagKey(image)}`, firstLine(call.command.range));
  }
  return found;
}

function ofGroup(
  group: PublicationGroup,
  publications: ReadonlyMap<string, Publication>,
  mergeAt: ReadonlyMap<string, Range>,
): readonly FoundDigest[] {
  const [first] = group;
  const { range, origin } = first;
  const publication = publications.get(`image ${placeOf(range)}`);
  if (first.kind !== 'image' || !publication) return [];
  const builds = [...new Set(group.flatMap((one) => one.builds))];
  const parts =
    first.by === 'merge'
      ? []
      : group.flatMap((one) => (one.tags ?? []).map((tag) => `${rootOf(one.place)} ${tag.name}\0${tag.tag}`));
  const merge = parts.every((part) => mergeAt.has(part)) ? mergeAt.get(parts[0] ?? '') : undefined;
  const opaque =
    group.find((one) => one.opaque !== undefined && one.by !== 'push')?.opaque ??
    (first.by === 'tool' && !first.place.call ? 'the action does not say what it gives' : undefined) ??
    (builds.some(({ how, place }) => how === 'command' && !place.call)
      ? 'the executor of Nx does not say what it gives'
      : undefined);
  return [
    {
      by: first.by === 'merge' || first.by === 'push' ? first.by : 'build',
      range,
      origin,
      places: group.map((one) => one.place),
      names: [...new Set(group.flatMap((one) => one.names))],
      ...(merge && { mergedAt: { at: merge, label: 'the platforms become one image here' } }),
      of: merge
        ? 'platform'
        : first.by === 'merge' || builds.some((build) => platformsOf(build) > 1)
          ? 'index'
          : 'unknown',
      builds,
      publication,
      ...(opaque !== undefined && { opaque }),
    },
  ];
}

/** What is pushed for one platform and becomes a part of an index. */
function ofPlatforms(found: BuildsFound, groups: readonly PublicationGroup[]): readonly FoundDigest[] {
  const own = new Set(groups.flatMap((group) => (group[0].by === 'merge' ? [] : group.flatMap((one) => one.builds))));
  const merges = groups.filter(([first]) => first.by === 'merge');
  const mergeOf = new Map(merges.flatMap((group) => group.flatMap((one) => one.builds.map((build) => [build, one]))));
  const parts = found.builds.filter((build) => build.pushes === true && !own.has(build));
  return parts.flatMap((build) => {
    const merge = mergeOf.get(build);
    if (!merge) return [];
    return {
      by: 'build' as const,
      range: build.range,
      origin: build.origin,
      places: [build.place],
      names: namesOf(build),
      of: 'platform' as const,
      builds: [build],
      mergedAt: { at: merge.range, label: 'the platforms become one image here' },
    };
  });
}

const localSource = /^["']?(?:docker-archive|docker-daemon|containers-storage|oci|oci-archive|ocidir|dir|tarball):/;

/** `skopeo copy oci:out docker://…` is a push. */
function ofLocalCopy({ call, scope, origin, place }: CallSite): readonly FoundDigest[] {
  if (call.does !== 'copy' || !call.source || !localSource.test(call.source.text)) return [];
  const targets = call.destinations.filter(({ text }) => !localSource.test(text));
  const names = [...new Set(targets.flatMap((word) => imageNames(evaluateWord(word, scope))))];
  if (targets.length === 0 || (names.length > 0 && names.every(isPassing))) return [];
  return [
    { by: 'push', range: firstLine(call.command.range), origin, places: [place], names, of: 'unknown', builds: [] },
  ];
}

/** A registry, or for what was pushed the daemon, is asked for a digest. */
function ofInspects(sites: readonly CallSite[]): readonly FoundDigest[] {
  return sites.filter(asksForDigest).map((site) => ({
    by: 'inspect',
    range: firstLine(site.call.command.range),
    origin: site.origin,
    places: [site.place],
    names: [...new Set(askedNames(site))].filter((name) => !isPassing(name)),
    of: 'unknown',
    builds: [],
  }));
}

/** `docker inspect` tells of the local image, and its digest in the registry only where it is asked for. */
export function asksForDigest({ call }: CallSite): boolean {
  if (call.does !== 'inspect') return false;
  if (!/^docker (?:image )?inspect$/.test(calledAs(call.command.words.map((word) => word.text)))) return true;
  return call.options.some(({ name, value }) => name === 'format' && /digest/i.test(value?.text ?? ''));
}

function calledAs([, first = '', second = '']: readonly string[]): string {
  return first === 'image' ? `docker image ${second}` : `docker ${first}`;
}

/** The images that are asked about; without one that is known, none. */
export function askedNames({ call, scope }: CallSite): readonly string[] {
  if (call.does !== 'inspect') return [];
  return call.references.flatMap((word) => {
    const { forms } = evaluateWord(word, scope);
    return imageNames({ forms: forms.map((form) => [...form, ...(hasTag(word.text) ? [] : [':latest'])]) });
  });
}

function hasTag(text: string): boolean {
  return /[:@]/.test(text.slice(text.lastIndexOf('/') + 1));
}
