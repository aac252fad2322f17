import type { Range } from '@plimsoll/documents';
import type { Lanes } from '../lanes/model.ts';
import { sharesName } from '../publications/found.ts';
import type { FoundPublication } from '../publications/found.ts';
import { rootOf } from '../publications/lane-root.ts';
import type { FoundAttestation } from './found.ts';

/** A publication as one, of all legs. */
export type PublicationGroup = readonly [FoundPublication, ...FoundPublication[]];

/** Which attestations cover which publications. */
export interface Coverage {
  readonly covering: ReadonlyMap<PublicationGroup, readonly FoundAttestation[]>;
  /** Those of which it cannot be told what they cover. */
  readonly unclear: readonly FoundAttestation[];
}

export function coverageOf(
  lanes: Lanes,
  groups: readonly PublicationGroup[],
  attestations: readonly FoundAttestation[],
): Coverage {
  const covering = new Map<PublicationGroup, FoundAttestation[]>();
  const unclear: FoundAttestation[] = [];
  const alone = groupsAloneInJob(groups);
  const byRoot = Map.groupBy(groups, (group) => rootOf(group[0].place));
  for (const attestation of attestations) {
    const root = rootOf(attestation.place);
    const near = byRoot.get(root) ?? [];
    const candidates = runsAfterOthers(lanes, root) ? groups : near;
    const covered = candidates.filter((group) => covers(attestation, group, alone.has(group)));
    for (const group of covered) covering.set(group, [...(covering.get(group) ?? []), attestation]);
    if (covered.length === 0 && near.some((group) => couldCover(attestation, group))) unclear.push(attestation);
  }
  return { covering, unclear };
}

function covers(
  { attestation, files, producers, place, guessed }: FoundAttestation,
  group: PublicationGroup,
  alone: boolean,
): boolean {
  const [first] = group;
  if (guessed) return false;
  if (first.kind !== 'image') return files && rootOf(place) === rootOf(first.place);
  if (files) return false;
  const names = group.flatMap((one) => one.names);
  if (sharesName(attestation.subjects, names)) return true;
  const steps = group.flatMap(({ place: at }) => (at.step ? [at.step.step.range] : []));
  if (producers.some((producer) => steps.some((step) => isWithin(producer, step)))) return true;
  const jobs = alone ? group.flatMap(({ place: at }) => (at.job ? [at.job.job.range] : [])) : [];
  return (
    attestation.subjects.every(isSymbolic) && producers.some((producer) => jobs.some((job) => isWithin(producer, job)))
  );
}

/** Where either name is not known, nothing says that they are two. */
function couldCover({ attestation, files }: FoundAttestation, group: PublicationGroup): boolean {
  const [first] = group;
  if ((first.kind === 'image') === files) return false;
  const names = group.flatMap((one) => one.names);
  return (
    attestation.subjects.length === 0 ||
    names.length === 0 ||
    attestation.subjects.some(isSymbolic) ||
    names.some(isSymbolic)
  );
}

export function isSymbolic(name: string): boolean {
  return name.includes('$') || name.includes('{{');
}

export function isWithin(inner: Range, outer: Range): boolean {
  return inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;
}

/** Publications which are the only one of an image in their job. */
function groupsAloneInJob(groups: readonly PublicationGroup[]): ReadonlySet<PublicationGroup> {
  const images = groups.filter(([first]) => first.kind === 'image' && first.place.job);
  const byJob = Map.groupBy(images, ([first]) => first.place.job?.job);
  return new Set([...byJob.values()].filter((some) => some.length === 1).flat());
}

/** A workflow that another one starts when it is done signs what that published. */
function runsAfterOthers({ documents }: Lanes, root: string): boolean {
  return (
    documents.workflows
      .get(root)
      ?.triggers.some(({ event }) => event === 'workflow_run' || event === 'registry_package') ?? false
  );
}
