import { placeKey } from '../builds/index.ts';
import type { BuildsFound } from '../builds/index.ts';
import { runs } from '../conditions/index.ts';
import { withCalledSteps } from '../lanes/instances.ts';
import type { JobInstance, StepInstance } from '../lanes/model.ts';
import { eventNames } from '../lanes/events.ts';
import { scopeOfJob } from '../lanes/scope.ts';
import type { Deployment, Documents, Publication } from '../model.ts';
import { canonicalName, isPassing } from '../publications/found.ts';
import { evaluateString } from '../values/expressions.ts';
import type { FoundVerification } from '../verifications/index.ts';
import { deploymentOfStep } from './actions.ts';
import { deploymentOfUse } from './calls.ts';
import { editOfStep, editOfUse, pushesToGit } from './edits.ts';
import type { FoundDeployment } from './found.ts';
import { gatesOf, verificationsByJob } from './gates.ts';
import { linked, publishedBy } from '../publications/made-here.ts';
import { hasOwnCluster, isOwnCluster, isTestJob } from '../lanes/test-jobs.ts';
import { usesOfSites } from './tool-uses.ts';

/** Deployments of one job beyond this number are not looked at. */
const maxOfJob = 1_000;

/** The deployments of workflows and actions, each linked to what published its images and what verified them. */
export function findDeployments(
  documents: Documents,
  found: BuildsFound,
  publications: readonly Publication[],
  verified: readonly FoundVerification[],
): readonly Deployment[] {
  const names = new Set(publications.flatMap((one) => one.names.map(canonicalName)));
  const uses = usesOfSites(found);
  const all = [
    ...uses.flatMap((use) => [...deploymentOfUse(documents, use), ...editOfUse(documents, use, names)]),
    ...found.steps.flatMap((step) => [...deploymentOfStep(documents, step), ...editOfStep(step)]),
  ].filter((one) => isReal(one) && !one.images.some(({ name }) => name !== undefined && isPassing(name)));
  const byJob = Map.groupBy(all, ({ place }) => place.job ?? place.step?.action);
  const order = new Map(found.steps.map((step, index) => [step, index]));
  const joined = [...byJob.values()].flatMap((some) => joinFiles(some.slice(0, maxOfJob), order));
  const together = [...Map.groupBy(joined, ({ origin, range }) => placeKey(origin, range)).values()].map(ofAllLegs);
  const published = publishedBy(publications);
  const verifications = verificationsByJob(verified);
  const linkOf = (one: FoundDeployment): Deployment => {
    const { how, platform, effect, of, range, origin, place } = one;
    const environment = place.job?.job.environment;
    return {
      how,
      platform,
      effect,
      of,
      range,
      origin,
      images: one.images.map((image) => ({ ...image, ...linked(image, place.job, published) })),
      ...(environment && place.job && { environment: evaluateString(environment, scopeOfJob(place.job)) }),
      ...(isPreview(one) && { preview: true }),
      gates: gatesOf(one, one.images, verifications),
    };
  };
  return once(together.map(linkOf));
}

const testJobs = new WeakMap<JobInstance, boolean>();
const ownClusters = new WeakMap<JobInstance, boolean>();

/** Nothing of a job that tests outlives it. */
function isReal({ place, platform, of }: FoundDeployment): boolean {
  const { job, entry } = place;
  if (!job) return true;
  if (cached(testJobs, job, isTestJob)) return false;
  if (of === 'code' && platform !== 'Kubernetes') return true;
  return !cached(ownClusters, job, hasOwnCluster) && !(entry && isOwnCluster(entry.script.text.text));
}

const pullRequests = /^pull_request|^issue_comment$|^merge_group$/;

/** Only pull requests make it run. */
function isPreview({ place }: FoundDeployment): boolean {
  const { job, step } = place;
  if (!job) return false;
  const { events, complete } = eventNames(job);
  const others = events.filter((event) => !pullRequests.test(event));
  if (!complete || others.length === events.length) return false;
  return others.every((event) => runs(step ?? job, { event }) === false);
}

function cached(cache: WeakMap<JobInstance, boolean>, job: JobInstance, judge: (job: JobInstance) => boolean): boolean {
  const known = cache.get(job) ?? judge(job);
  cache.set(job, known);
  return known;
}

/**
 * What a job writes into files and then deploys is one deployment. What it only writes is one where the files go to a
 * repository, or the job is there to deploy.
 */
function joinFiles(
  some: readonly FoundDeployment[],
  order: ReadonlyMap<StepInstance, number>,
): readonly FoundDeployment[] {
  const sorted = some.toSorted((a, b) => positionOf(a, order) - positionOf(b, order) || a.range.start - b.range.start);
  const result: FoundDeployment[] = [];
  let open: FoundDeployment[] = [];
  for (const one of sorted) {
    if (one.effect === 'files') open.push(one);
    else {
      const fed = open.filter((file) => feeds(file, one));
      open = open.filter((file) => !fed.includes(file));
      result.push({
        ...one,
        images: distinct([...fed.flatMap((file) => file.images), ...one.images]),
        ...(fed.length > 0 && { of: 'images' }),
      });
    }
  }
  return [...result, ...open.filter(standsAlone)];
}

function positionOf({ place }: FoundDeployment, order: ReadonlyMap<StepInstance, number>): number {
  return (place.step && order.get(place.step)) ?? 0;
}

/** `docker pull` before `docker run` is one image, by one name. */
function distinct(images: FoundDeployment['images']): FoundDeployment['images'] {
  const last = new Map(
    images.map((image) => [`${image.name ?? image.range.start} ${image.by} ${image.identity ?? ''}`, image]),
  );
  return [...last.values()];
}

function feeds(file: FoundDeployment, { platform }: FoundDeployment): boolean {
  if (file.platform === 'a Git repository')
    return ['Kubernetes', 'Argo CD', 'Flux', 'Docker', 'Google Cloud Run', 'Amazon ECS'].includes(platform);
  if (file.platform === 'Kubernetes') return ['Kubernetes', 'Argo CD', 'Flux'].includes(platform);
  return file.platform === platform;
}

const deployWords = /deploy|promot|rollout|gitops|argocd|flux|prod(?:uction)?\b|staging/i;

/** A checkout of another repository, such as the one from which a controller deploys. */
function checksOutAnother(steps: readonly StepInstance[]): boolean {
  return steps.some(({ step: { uses, with: inputs, run } }) => {
    const other = inputs.find(({ name }) => name === 'repository')?.value ?? '';
    if (uses?.repository === 'checkout' && other !== '' && !/github\.repository\s*\}\}/.test(other)) return true;
    return run !== undefined && /\bgit\s+clone\b|\bgh\s+repo\s+clone\b/.test(run.value);
  });
}

function standsAlone({ platform, place, how }: FoundDeployment): boolean {
  const { job } = place;
  if (platform === 'Docker' || how === 'kubectl create') return false;
  if (platform === 'Amazon ECS') return true;
  if (!job) return false;
  const { id, environment } = job.job;
  const deploys = deployWords.test(id) || environment !== undefined;
  const steps = withCalledSteps(job.steps);
  if (!pushesToGit(steps)) return how.startsWith('kustomize') && deploys;
  return deploys || deployWords.test(job.workflow.file.path) || checksOutAnother(steps);
}

/** The place, in each job that leads to it. */
function keyOf({ range, origin }: Deployment): string {
  const { job, workflow } = origin;
  return `${placeKey({ callers: [] }, range)} ${workflow?.file.path ?? ''} ${job?.id ?? ''}`;
}

function isUngated({ gates }: Deployment): boolean {
  return gates.status === 'partial' || (gates.status === 'resolved' && gates.target.length === 0);
}

/** What the legs of one call deploy at one place. */
function ofAllLegs(legs: readonly FoundDeployment[]): FoundDeployment {
  const [first, ...others] = legs as [FoundDeployment, ...FoundDeployment[]];
  return others.length === 0 ? first : { ...first, images: different(legs.flatMap(({ images }) => images)) };
}

function different<T extends FoundDeployment['images'][number]>(images: readonly T[]): readonly T[] {
  const found = new Map<string, T>();
  for (const image of images) {
    const key = `${image.range.file.path}:${image.range.start} ${image.by} ${image.name ?? ''} ${image.identity ?? ''}`;
    if (!found.has(key)) found.set(key, image);
  }
  return [...found.values()];
}

/** One for each place, with the images of all calls; its gates are those of the first call that has none. */
function once(all: readonly Deployment[]): readonly Deployment[] {
  return [...Map.groupBy(all, keyOf).values()].flatMap((group) => {
    const first = group.find(isUngated) ?? group[0];
    if (!first || group.length === 1) return first ?? [];
    return { ...first, images: different(group.flatMap(({ images }) => images)) };
  });
}
