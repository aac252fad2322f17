import type { NamedValue } from '@plimsoll/documents';
import type { BuildsFound } from '../builds/index.ts';
import type { JobInstance, Lanes, StepInstance } from '../lanes/model.ts';
import { scopeOfJob, scopeOfStep } from '../lanes/scope.ts';
import { sharesName } from '../publications/found.ts';
import { rootOf } from '../publications/lane-root.ts';
import { evaluateString } from '../values/expressions.ts';
import { imageNames } from '../values/image-names.ts';
import type { ValueScope } from '../values/value.ts';
import type { Coverage, PublicationGroup } from './cover.ts';
import { isWithin } from './cover.ts';

/** Why it cannot be told whether a publication is attested; undefined where all that could do so is understood. */
export function whyOpaque(
  group: PublicationGroup,
  coverage: Coverage,
  lanes: Lanes,
  found: BuildsFound,
): string | undefined {
  const [first] = group;
  const given = group.map((one) => one.opaque).find((reason) => reason !== undefined);
  if (given !== undefined) return given;
  const { step, job } = first.place;
  if (!step) return 'it is published by a script, outside of any workflow';
  if (!job) return 'the callers of this action may attest it';
  const root = rootOf(first.place);
  const unclear = coverage.unclear.find((one) => rootOf(one.place) === root && one.files === (first.kind !== 'image'));
  if (unclear) return `it is not known what is signed or attested in ${unclear.attestation.range.file.path}`;
  if (isOfferedToCallers(job)) return 'the callers of this workflow may attest it';
  if (first.kind !== 'image') return undefined;
  return calledWorkflow(group, lanes, root) ?? unknownAction(group, found, root);
}

/** A workflow that only others' repositories call, and which gives them a digest. */
function isOfferedToCallers({ instance, workflow }: JobInstance): boolean {
  const onlyCalled = workflow.triggers.every((trigger) => trigger.event === 'workflow_call');
  return (
    !instance.caller && onlyCalled && workflow.callOutputs.some((output) => /digest|image|metadata/i.test(output.name))
  );
}

function calledWorkflow(group: PublicationGroup, lanes: Lanes, root: string): string | undefined {
  const job = lanes.jobs.find(
    (one) =>
      one.job.uses?.target === 'workflow' &&
      rootOf({ job: one }) === root &&
      one.job.with.some((value) => isAbout(value, scopeOfJob(one), group)),
  );
  return job && `${job.job.uses?.text ?? 'a called workflow'} is given the image and may attest it`;
}

/** Actions that are given digests and attest nothing. */
const harmless =
  /scan|trivy|grype|snyk|scout|sbom|syft|slack|discord|teams|notify|comment|summary|cache|artifact|github-script|deploy|release|kubernetes|helm|argo|flux|kustomize|yq|jq|dispatch|pull-request|checkout|login|metadata|buildx|build-push|setup|docker-hub|dockerhub|description|ecs|cloud-?run/i;

function unknownAction(group: PublicationGroup, found: BuildsFound, root: string): string | undefined {
  const step = found.steps.find(
    (one) =>
      rootOf(placeOf(one)) === root &&
      isUnknown(one) &&
      one.step.with.some((value) => /digest/i.test(value.value) && isAbout(value, scopeOfStep(one), group)),
  );
  return step && `${step.step.uses?.text ?? 'an action'} is given the digest and may attest it`;
}

function isUnknown({ step: { uses } }: StepInstance): boolean {
  if (uses?.target !== 'action' || /^(?:actions|docker|github)$/i.test(uses.owner ?? '')) return false;
  return !harmless.test(`${uses.repository ?? ''}/${uses.path ?? ''}`);
}

function placeOf(step: StepInstance): { step: StepInstance; job?: JobInstance } {
  return { step, ...(step.job && { job: step.job }) };
}

/** Whether a value names the published image or comes from the job that publishes it. */
function isAbout(given: NamedValue, scope: ValueScope, group: PublicationGroup): boolean {
  const value = evaluateString(given, scope);
  const names = group.flatMap((one) => one.names);
  if (sharesName(imageNames({ forms: value.forms.map((form) => [...form, '@']) }), names)) return true;
  const jobs = group.flatMap(({ place }) => (place.job ? [place.job.job.range] : []));
  return value.definitions.some(({ at }) => jobs.some((job) => isWithin(at, job)));
}
