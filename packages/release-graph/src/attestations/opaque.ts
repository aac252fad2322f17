import type { JobInstance } from '../lanes/model.ts';
import { canonicalName, hasDigest } from '../publications/found.ts';
import { rootOf } from '../publications/lane-root.ts';
import type { Coverage, PublicationGroup } from './cover.ts';
import { isWithin } from './cover.ts';
import type { Opening } from './openings.ts';

/** Why it cannot be told whether a publication is attested; undefined where all that could do so is understood. */
export function whyOpaque(
  group: PublicationGroup,
  { unclear }: Coverage,
  openings: ReadonlyMap<string, readonly Opening[]>,
): string | undefined {
  const [first] = group;
  const given = group.map((one) => one.opaque).find((reason) => reason !== undefined);
  if (given !== undefined) return given;
  const { step, job } = first.place;
  if (!step) return 'it is published by a script, outside of any workflow';
  if (!job) return 'the callers of this action may attest it';
  const root = rootOf(first.place);
  const signer = unclear.get(root)?.find((one) => (one.files ? first.kind !== 'image' : hasDigest(first)));
  if (signer) return `it is not known what is signed or attested in ${signer.attestation.range.file.path}`;
  if (isOfferedToCallers(job)) return 'the callers of this workflow may attest it';
  return hasDigest(first) ? openings.get(root)?.find((opening) => isAbout(opening, group))?.reason : undefined;
}

/** Whether what else is done to the image of a publication is not understood, its own attestations aside. */
export function isOpaque(
  group: PublicationGroup,
  others: Coverage,
  openings: ReadonlyMap<string, readonly Opening[]>,
): boolean {
  return whyOpaque(group, { ...others, unclear: new Map() }, openings) !== undefined;
}

/** A workflow that only others' repositories call, and which gives them a digest. */
function isOfferedToCallers({ instance, workflow }: JobInstance): boolean {
  const onlyCalled = workflow.triggers.every((trigger) => trigger.event === 'workflow_call');
  if (instance.caller || !onlyCalled) return false;
  return workflow.callOutputs.some((output) => /digest|image|metadata/i.test(output.name));
}

/** Whether it is given the name of the published image, or something of the job that publishes it. */
function isAbout({ names, sources }: Opening, group: PublicationGroup): boolean {
  if (group.some((one) => one.names.some((name) => names.has(canonicalName(name))))) return true;
  return sources.some((at) => group.some(({ place }) => place.job && isWithin(at, place.job.job.range)));
}
