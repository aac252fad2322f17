import type { Action, ContainerImage, Job, Uses } from '@plimsoll/documents';
import type { JobInstance, Lanes, StepInstance } from '../lanes/model.ts';
import { scopeOfJob } from '../lanes/scope.ts';
import type { ActionReference, ImageReference, Origin, ReleaseSettings } from '../model.ts';
import { evaluateString } from '../values/expressions.ts';
import { imageReference } from './image-reference.ts';
import { ownRepository } from './own-repository.ts';
import { instancesByJob, worthOfJob } from './worth.ts';

export interface WorkflowReferences {
  readonly images: readonly ImageReference[];
  readonly actions: readonly ActionReference[];
}

/** The images and the actions that workflows and local actions name, each once where it stands. */
export function workflowReferences(lanes: Lanes, settings: ReleaseSettings): WorkflowReferences {
  const images: ImageReference[] = [];
  const repository = ownRepository(lanes.documents, settings);
  const actions: ActionReference[] = [];
  const add = (uses: Uses | undefined, origin: Origin, releases: string | undefined): void => {
    const reference =
      uses && actionReference(uses, origin, releases, { ...settings, ...(repository !== undefined && { repository }) });
    if (reference) actions.push(reference);
  };
  const byJob = instancesByJob(lanes);
  for (const workflow of lanes.documents.workflows.values()) {
    for (const job of workflow.jobs) {
      const instances = byJob.get(job) ?? [];
      const releases = worthOfJob(workflow, job, instances);
      images.push(...jobImages(job, instances, releases));
      add(job.uses, { workflow, job, callers: [] }, releases);
      for (const step of job.steps) add(step.uses, { workflow, job, step, callers: [] }, releases);
    }
  }
  const callers = callersOf(lanes);
  for (const action of lanes.documents.actions.values()) {
    const releases = worthOfCallers(callers.get(action) ?? [], byJob);
    for (const step of action.steps) add(step.uses, { action, step, callers: [] }, releases);
    images.push(...ownImage(action, releases));
  }
  return { images: [...images, ...actions.flatMap((action) => action.image ?? [])], actions };
}

function actionReference(
  uses: Uses,
  origin: Origin,
  releases: string | undefined,
  settings: ReleaseSettings,
): ActionReference | undefined {
  if (uses.target === 'local' || uses.target === 'invalid') return undefined;
  const name = uses.text.slice('docker://'.length);
  const image =
    uses.target === 'docker'
      ? imageReference(name, { range: uses.range, site: 'docker action', written: uses.text, releases })
      : undefined;
  if (uses.target === 'docker' && !image) return undefined;
  const repository = `${uses.owner ?? ''}/${uses.repository ?? ''}`.toLowerCase();
  return {
    uses,
    range: uses.range,
    origin,
    ownRepository: settings.repository?.toLowerCase() === repository,
    ...(image && { image }),
    trusted: (settings.trustedOwners ?? []).some((owner) => owner.toLowerCase() === uses.owner?.toLowerCase()),
    ...(releases !== undefined && { releases }),
  };
}

function jobImages(
  job: Job,
  instances: readonly JobInstance[],
  releases: string | undefined,
): readonly ImageReference[] {
  const container = job.container ? containerImages(job.container, 'container', instances, releases) : [];
  return [...container, ...job.services.flatMap((service) => containerImages(service, 'service', instances, releases))];
}

/** An image may come from the matrix: then each of its values is one. An empty one is not started. */
function containerImages(
  { image }: ContainerImage,
  site: 'container' | 'service',
  instances: readonly JobInstance[],
  releases: string | undefined,
): readonly ImageReference[] {
  const values = instances.map((job) => evaluateString(image, scopeOfJob(job)));
  return values.flatMap((value) =>
    value.values.flatMap(
      (text) =>
        imageReference(text.replace(/^docker:\/\//, ''), {
          range: image.range,
          site,
          written: image.value,
          through: value.definitions,
          releases,
        }) ?? [],
    ),
  );
}

/** The image of a local action that runs in a container. */
function ownImage({ image }: Action, releases: string | undefined): readonly ImageReference[] {
  if (!image?.value.startsWith('docker://')) return [];
  return [
    imageReference(image.value.slice('docker://'.length), {
      range: image.range,
      site: 'docker action',
      written: image.value,
      releases,
    }),
  ].filter((one) => one !== undefined);
}

function callersOf({ steps }: Lanes): ReadonlyMap<Action | undefined, readonly StepInstance[]> {
  return Map.groupBy(steps, (step) => step.calls);
}

function worthOfCallers(
  steps: readonly StepInstance[],
  byJob: ReadonlyMap<Job, readonly JobInstance[]>,
): string | undefined {
  for (const { job } of steps) {
    const worth = job && worthOfJob(job.workflow, job.job, byJob.get(job.job) ?? []);
    if (worth !== undefined) return worth;
  }
  return undefined;
}
