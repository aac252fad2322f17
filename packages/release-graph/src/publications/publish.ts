import { ownProvenance } from '../attestations/buildkit.ts';
import type { OwnProvenance } from '../attestations/buildkit.ts';
import { collectAttestations } from '../attestations/collect.ts';
import { coverageOf } from '../attestations/cover.ts';
import type { Coverage, PublicationGroup } from '../attestations/cover.ts';
import type { FoundAttestation } from '../attestations/found.ts';
import { openingsOf } from '../attestations/openings.ts';
import type { Opening } from '../attestations/openings.ts';
import { isOpaque, whyOpaque } from '../attestations/opaque.ts';
import { collectSboms, sbomOf } from '../attestations/sboms.ts';
import { callKey, placeKey } from '../builds/index.ts';
import type { BuildsFound, FoundBuild } from '../builds/index.ts';
import type { Lanes } from '../lanes/model.ts';
import type { Attestation, Build, Link, Presence, Publication, PublishedTag, Related } from '../model.ts';
import { actionPublication, calledPublications } from './actions.ts';
import { isForTests } from '../digests/for-tests.ts';
import { uniqueRelated } from '../values/resolved.ts';
import { canonicalName, isPassing, siteOf } from './found.ts';
import type { FoundPublication } from './found.ts';
import { goreleaserAction, goreleaserCommand } from './goreleaser.ts';
import { imagePublications } from './images.ts';
import { labelsOf } from './labels.ts';
import { mergePublications } from './merges.ts';
import { nxReleaseImages, nxReleaseTargets } from './nx-release.ts';
import { packagePublications } from './packages/index.ts';
import type { FoundPackage } from './packages/index.ts';

export interface Published {
  readonly publications: readonly Publication[];
  /** The same once for each call of the workflow or action that they stand in. */
  readonly ofCalls: readonly Publication[];
  /** What each of `ofCalls` was found as, in the same order. */
  readonly found: readonly PublicationGroup[];
  readonly attestations: readonly Attestation[];
}

/** All that is pushed or published, and what proves where it comes from. */
export function findPublications(lanes: Lanes, found: BuildsFound, buildOf: ReadonlyMap<FoundBuild, Build>): Published {
  const groups = groupsOf(lanes, found);
  const attestations = collectAttestations(lanes, found);
  const proofs: Proofs = {
    coverage: coverageOf(lanes, groups, attestations),
    sboms: coverageOf(lanes, groups, collectSboms(found)),
    openings: openingsOf(lanes, found),
  };
  const ofCalls = groups.map((group) => publicationOf(group, proofs, buildOf));
  const publications = oneOfEachPlace(ofCalls);
  const own = publications.flatMap(({ attestations: link }) => (link.status === 'opaque' ? [] : link.target));
  const known = attestations.flatMap((one) => (one.guessed ? [] : [one.attestation]));
  return { publications, ofCalls, found: groups, attestations: distinct([...known, ...own]) };
}

/** Calls that lead to one place and are attested alike are one publication. */
function oneOfEachPlace(publications: readonly Publication[]): readonly Publication[] {
  const proofOf = ({ attestations }: Publication): string =>
    attestations.status === 'opaque'
      ? attestations.reason
      : `${attestations.status} ${[...new Set(attestations.target.map((one) => one.kind))].join(' ')}`;
  const groups = Map.groupBy(publications, (one) =>
    JSON.stringify([one.kind, one.range.file.path, one.range.start, proofOf(one)]),
  );
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first || others.length === 0) return first ?? [];
    const all = [first, ...others];
    const builds = [...new Set(all.flatMap((one) => one.builds))];
    const names = [...new Set(all.flatMap((one) => one.names))];
    const tags = distinctTags(all.flatMap((one) => one.tags));
    const sbom = leastOf(all.map((one) => one.sbom));
    const sourceLabels = leastOf(all.map((one) => one.sourceLabels));
    return { ...first, names, tags, builds, sbom, sourceLabels, attestations: together(all) };
  });
}

/** All that proves one of them; they are of one status. */
function together(all: readonly Publication[]): Publication['attestations'] {
  const links = all.map((one) => one.attestations);
  const [first] = links;
  if (!first || first.status === 'opaque') return first ?? { status: 'resolved', target: [] };
  return { ...first, target: distinct(links.flatMap((link) => (link.status === 'opaque' ? [] : link.target))) };
}

/** Where one call has it and another has not, it is missing. */
function leastOf(all: readonly Presence[]): Presence {
  return all.find((one) => one === 'absent') ?? all.find((one) => one === 'unknown') ?? 'present';
}

function groupsOf(lanes: Lanes, found: BuildsFound): readonly PublicationGroup[] {
  const { documents } = lanes;
  const merges = mergePublications(found);
  const images = [
    ...imagePublications(documents, found).filter(
      (one) => !one.builds.some((build) => one.by === 'build' && merges.merged.has(build)),
    ),
    ...merges.publications,
    ...found.steps.flatMap((step) => actionPublication(step, found.builds)),
    ...calledPublications(lanes),
    ...found.sites.flatMap((site) => nxReleaseImages(documents, site, found)),
    ...nxReleaseTargets(documents, found),
  ];
  const ofGoreleaser = [
    ...found.steps.flatMap((step) => goreleaserAction(documents, step)),
    ...found.sites.flatMap((site) => goreleaserCommand(documents, site)),
  ];
  const all = [
    ...images.filter(({ names }) => names.length === 0 || !names.every(isPassing)),
    ...packagePublications(documents, found.steps, found.sites),
    ...ofGoreleaser,
  ];
  const ofPlaces = [...Map.groupBy(all, (one) => `${one.kind} ${callKey(one.origin, one.range)}`).values()];
  return [...Map.groupBy(ofPlaces, sameImage).values()].map((groups) => groups.flat() as unknown as PublicationGroup);
}

/** Several tags of one image are pushed, or made of the same platforms, by as many commands of one job. */
function sameImage(group: readonly FoundPublication[]): string {
  const [first] = group;
  if (!first) return '';
  const place = `${first.kind} ${callKey(first.origin, first.range)}`;
  const names = [...new Set(group.flatMap((one) => one.names.map(canonicalName)))].sort();
  const ofScript = first.by === 'tool' && !first.place.job && first.place.entry !== undefined;
  if ((first.by !== 'push' && first.by !== 'merge' && !ofScript) || names.length === 0) return place;
  const builds = [
    ...new Set(group.flatMap((one) => one.builds.map((build) => `${build.range.file.path}:${build.range.start}`))),
  ].sort();
  const owner = first.place.job
    ? placeKey(first.origin, first.place.job.job.idRange)
    : `${first.range.file.path} ${first.place.entry?.name ?? ''}`;
  return JSON.stringify([owner, names, builds]);
}

/** What proves something, and which publications it covers. */
interface Proofs {
  readonly coverage: Coverage;
  readonly sboms: Coverage;
  readonly openings: ReadonlyMap<string, readonly Opening[]>;
}

function publicationOf(
  group: PublicationGroup,
  { coverage, sboms, openings }: Proofs,
  buildOf: ReadonlyMap<FoundBuild, Build>,
): Publication {
  const [first] = group;
  const { kind, range, origin, place, registry } = first;
  const builds = [...new Set(group.flatMap((one) => one.builds.flatMap((build) => buildOf.get(build) ?? [])))];
  const [build] = builds;
  const pushRange = first.pushRange ?? (first.by === 'build' ? first.builds[0]?.pushRange : undefined);
  const own = ownOf(group);
  const { switches = [] } = own;
  const [disabledBy] = switches;
  const names = [...new Set(group.flatMap((one) => one.names))];
  const covering = coverage.covering.get(group) ?? [];
  const attestations = linkOf(covering, own, () => whyOpaque(group, coverage, openings));
  const opaque = isOpaque(group, sboms, openings);
  return {
    kind,
    range,
    origin,
    site: siteOf(place),
    names,
    tags: distinctTags(group.flatMap((one) => one.tags ?? [])),
    ...(pushRange && { pushRange }),
    ...(registry !== undefined && { registry }),
    ...(build && { build }),
    builds,
    attestations,
    ...(disabledBy && { disabledBy }),
    switches,
    ...(isForTests(names, (origin.callers[0]?.workflow ?? origin.workflow)?.file.path ?? '') && { forTests: true }),
    sbom: sbomOf(group, sboms, opaque),
    sourceLabels: labelsOf(group, opaque),
  };
}

function distinctTags(tags: readonly PublishedTag[]): readonly PublishedTag[] {
  return [...new Map(tags.map((one) => [`${one.name}\0${one.tag}`, one])).values()];
}

interface Own {
  readonly made: readonly Attestation[];
  readonly perhaps: readonly Attestation[];
  readonly reason?: string;
  /** What turned it off. */
  readonly switches?: readonly Related[];
}

/** What the builder or the index adds by itself. Where one leg has none, the publication has none. */
function ownOf(group: PublicationGroup): Own {
  const [first] = group;
  if (first.kind !== 'image') return ownOfPackage(first as FoundPackage);
  const { by } = first;
  const each: readonly OwnProvenance[] =
    by === 'build' || by === 'push' || by === 'merge'
      ? group.flatMap((one) => one.builds.map((build) => ownProvenance(build, by)))
      : [];
  const none = each.find((one) => one.state === 'none');
  const switches = uniqueRelated(
    each.flatMap((one) => (one.state === 'none' && one.disabledBy ? [one.disabledBy] : [])),
  );
  if (none) return { made: [], perhaps: [], switches };
  const unsure = each.find((one) => one.state === 'perhaps');
  const attestations = distinct(each.flatMap((one) => (one.state === 'none' ? [] : [one.attestation])));
  return unsure?.state === 'perhaps'
    ? { made: [], perhaps: attestations, reason: unsure.reason }
    : { made: attestations, perhaps: [] };
}

function ownOfPackage({ provenance, at, range, origin, names }: FoundPackage): Own {
  const made: readonly Attestation[] =
    provenance === 'none' ? [] : [{ kind: 'registry', signed: true, range: at ?? range, origin, subjects: names }];
  return { made, perhaps: [] };
}

function linkOf(
  covering: readonly FoundAttestation[],
  own: Own,
  why: () => string | undefined,
): Link<readonly Attestation[]> {
  const signed = distinct(covering.map((one) => one.attestation));
  const target = [...signed, ...own.made, ...own.perhaps];
  if (target.some((one) => one.signed)) return { status: 'resolved', target };
  const reason = why();
  if (reason !== undefined) return { status: 'opaque', reason };
  return own.reason === undefined ? { status: 'resolved', target } : { status: 'partial', target, reason: own.reason };
}

function distinct(attestations: readonly Attestation[]): readonly Attestation[] {
  const groups = Map.groupBy(attestations, (one) => `${one.kind} ${placeKey(one.origin, one.range)}`);
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first || others.length === 0) return first ?? [];
    return { ...first, subjects: [...new Set([first, ...others].flatMap((one) => one.subjects))] };
  });
}
