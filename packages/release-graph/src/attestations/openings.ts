import type { NamedValue, Range } from '@plimsoll/documents';
import type { BuildsFound } from '../builds/index.ts';
import type { JobInstance, Lanes, StepInstance } from '../lanes/model.ts';
import { scopeOfJob, scopeOfStep } from '../lanes/scope.ts';
import { canonicalName } from '../publications/found.ts';
import { rootOf } from '../publications/lane-root.ts';
import { evaluateString } from '../values/expressions.ts';
import { imageNames } from '../values/image-names.ts';
import type { ValueScope } from '../values/value.ts';

/** A workflow or an action of another repository that is given an image or its digest, and so may attest it. */
export interface Opening {
  readonly names: ReadonlySet<string>;
  /** Where what it is given comes from. */
  readonly sources: readonly Range[];
  readonly reason: string;
}

/** The openings of each run, by the file in which it starts. */
export function openingsOf(lanes: Lanes, found: BuildsFound): ReadonlyMap<string, readonly Opening[]> {
  const calls = lanes.jobs.filter((job) => job.job.uses?.target === 'workflow');
  const ofCalls = calls.map((job) => ({ root: rootOf({ job }), opening: ofCalledWorkflow(job) }));
  const ofSteps = found.steps
    .filter(isUnknown)
    .map((step) => ({ root: rootOf(placeOf(step)), opening: ofAction(step) }));
  const groups = Map.groupBy([...ofCalls, ...ofSteps], ({ root }) => root);
  return new Map([...groups].map(([root, some]) => [root, some.map(({ opening }) => opening)]));
}

function ofCalledWorkflow(instance: JobInstance): Opening {
  const { uses, with: inputs } = instance.job;
  const reason = `${uses?.text ?? 'a called workflow'} is given the image and may attest it`;
  return { ...given(inputs, scopeOfJob(instance)), reason };
}

function ofAction(step: StepInstance): Opening {
  const digests = step.step.with.filter((value) => /digest/i.test(value.value));
  const reason = `${step.step.uses?.text ?? 'an action'} is given the digest and may attest it`;
  return { ...given(digests, scopeOfStep(step)), reason };
}

function given(inputs: readonly NamedValue[], scope: ValueScope): Pick<Opening, 'names' | 'sources'> {
  const values = inputs.map((input) => evaluateString(input, scope));
  const names = values.flatMap(({ forms }) => imageNames({ forms: forms.map((form) => [...form, '@']) }));
  return {
    names: new Set(names.map(canonicalName)),
    sources: values.flatMap(({ definitions }) => definitions.map(({ at }) => at)),
  };
}

/** Actions that are given digests and attest nothing. */
const harmless =
  /scan|trivy|grype|snyk|scout|sbom|syft|slack|discord|teams|notify|comment|summary|cache|artifact|github-script|deploy|release|kubernetes|helm|argo|flux|kustomize|yq|jq|dispatch|pull-request|checkout|login|metadata|buildx|build-push|setup|docker-hub|dockerhub|description|ecs|cloud-?run/i;

function isUnknown({ step: { uses } }: StepInstance): boolean {
  if (uses?.target !== 'action' || /^(?:actions|docker|github)$/i.test(uses.owner ?? '')) return false;
  return !harmless.test(`${uses.repository ?? ''}/${uses.path ?? ''}`);
}

function placeOf(step: StepInstance): { step: StepInstance; job?: JobInstance } {
  return { step, ...(step.job && { job: step.job }) };
}
