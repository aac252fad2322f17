import type { Range } from '@plimsoll/documents';
import type { Lanes } from '../lanes/model.ts';
import type { Origin } from '../model.ts';
import { listed } from '../publications/build-index.ts';
import { canonicalName, hasDigest } from '../publications/found.ts';
import type { FoundPublication } from '../publications/found.ts';
import { rootOf } from '../publications/lane-root.ts';
import type { FoundAttestation } from './found.ts';

/** A publication as one, of all legs. */
export type PublicationGroup = readonly [FoundPublication, ...FoundPublication[]];

/** Which attestations cover which publications. */
export interface Coverage {
  readonly covering: ReadonlyMap<PublicationGroup, readonly FoundAttestation[]>;
  /** Those of which it cannot be told what they cover, by the file in which their run starts. */
  readonly unclear: ReadonlyMap<string, readonly FoundAttestation[]>;
}

export function coverageOf(
  lanes: Lanes,
  groups: readonly PublicationGroup[],
  attestations: readonly FoundAttestation[],
): Coverage {
  const covering = new Map<PublicationGroup, FoundAttestation[]>();
  const unclear: FoundAttestation[] = [];
  const everywhere = groupIndex(groups);
  const runs = new Map([...Map.groupBy(groups, rootOfGroup)].map(([root, some]) => [root, groupIndex(some)]));
  for (const attestation of attestations) {
    const root = rootOf(attestation.place);
    const near = runs.get(root);
    const candidates = runsAfterOthers(lanes, root) ? everywhere : near;
    const covered = candidates ? coveredBy(attestation, candidates) : new Set<PublicationGroup>();
    for (const group of covered) covering.set(group, [...(covering.get(group) ?? []), attestation]);
    if (covered.size === 0 && near && couldCover(attestation, near)) unclear.push(attestation);
  }
  return { covering, unclear: Map.groupBy(unclear, ({ place }) => rootOf(place)) };
}

function rootOfGroup([first]: PublicationGroup): string {
  return rootOf(first.place);
}

/** Publications, by what an attestation can name. */
interface GroupIndex {
  /** What is attested as files; a chart may be attested either way. */
  readonly packages: readonly PublicationGroup[];
  readonly images: readonly PublicationGroup[];
  readonly byName: ReadonlyMap<string, readonly PublicationGroup[]>;
  /** Those which are the only one of an image in their job. */
  readonly alone: readonly PublicationGroup[];
  /** There is one whose name is not known. */
  readonly symbolic: boolean;
}

function groupIndex(groups: readonly PublicationGroup[]): GroupIndex {
  const images = groups.filter(([first]) => hasDigest(first));
  const byJob = Map.groupBy(
    images.filter(([first]) => first.place.job),
    ([first]) => first.place.job?.job,
  );
  const namesOf = (group: PublicationGroup): readonly string[] => group.flatMap((one) => one.names);
  return {
    packages: groups.filter(([first]) => first.kind !== 'image'),
    images,
    byName: listed(images, (group) => namesOf(group).map(canonicalName)),
    alone: [...byJob.values()].filter((some) => some.length === 1).flat(),
    symbolic: images.some((group) => namesOf(group).length === 0 || namesOf(group).some(isSymbolic)),
  };
}

function coveredBy(found: FoundAttestation, index: GroupIndex): ReadonlySet<PublicationGroup> {
  const { attestation, files, producers, guessed } = found;
  if (guessed) return new Set();
  if (files) return new Set(index.packages);
  const ofName = attestation.subjects.flatMap((subject) => index.byName.get(canonicalName(subject)) ?? []);
  const ofTag = ofName.filter((group) => group.some((one) => sharesTag(one, found)));
  const named = ofTag.length > 0 ? ofTag : ofName;
  if (producers.length === 0) return new Set(named);
  const made = index.images.filter((group) =>
    group.some((one) => one.place.step && holds(one.place.step.step.range, producers) && isSameCall(one, found)),
  );
  const inJob = attestation.subjects.every(isSymbolic)
    ? index.alone.filter((group) => group.some(({ place }) => place.job && holds(place.job.job.range, producers)))
    : [];
  return new Set([...named, ...made, ...inJob]);
}

/** Where one image of that name has the very tag that is signed, the others of that name are not meant. */
function sharesTag({ tags = [] }: FoundPublication, { tagged = [] }: FoundAttestation): boolean {
  return tagged.some((one) =>
    tags.some(({ name, tag }) => tag === one.tag && canonicalName(name) === canonicalName(one.name)),
  );
}

/** What an action makes and signs in one call has nothing to do with what it makes in another. */
function isSameCall({ origin }: FoundPublication, { attestation }: FoundAttestation): boolean {
  if (!origin.action || origin.action !== attestation.origin.action) return true;
  return callsOf(origin) === callsOf(attestation.origin);
}

function callsOf({ callers }: Origin): string {
  return callers.map(({ at }) => `${at.file.path}:${at.start}`).join();
}

function holds(outer: Range, inner: readonly Range[]): boolean {
  return inner.some((one) => isWithin(one, outer));
}

/** Where either name is not known, nothing says that they are two. */
function couldCover({ attestation, files }: FoundAttestation, index: GroupIndex): boolean {
  if (files) return index.packages.length > 0;
  if (index.images.length === 0) return false;
  return index.symbolic || attestation.subjects.length === 0 || attestation.subjects.some(isSymbolic);
}

export function isSymbolic(name: string): boolean {
  return name.includes('$') || name.includes('{{');
}

export function isWithin(inner: Range, outer: Range): boolean {
  return inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;
}

/** A workflow that another one starts when it is done signs what that published. */
function runsAfterOthers({ documents }: Lanes, root: string): boolean {
  return (
    documents.workflows
      .get(root)
      ?.triggers.some(({ event }) => event === 'workflow_run' || event === 'registry_package') ?? false
  );
}
