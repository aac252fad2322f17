import type { Job, Step } from '@plimsoll/documents';
import { withCalledSteps } from '../lanes/instances.ts';
import type { JobInstance, StepInstance } from '../lanes/model.ts';
import type { Deployment, Related, Subject, Verification } from '../model.ts';
import { canonicalName } from '../publications/found.ts';
import { formText, isKnown } from '../values/resolved.ts';
import type { FoundVerification } from '../verifications/index.ts';
import type { FoundDeployment, NamedImage } from './found.ts';
import { neededJobs } from '../lanes/needed.ts';

/** Verifications of images, by the job in which they run. */
export type Verifications = ReadonlyMap<Job | undefined, readonly FoundVerification[]>;

export function verificationsByJob(found: readonly FoundVerification[]): Verifications {
  const ofImages = found.filter(({ verification }) => verification.of === 'image');
  const byJob = Map.groupBy(ofImages, ({ place }) => place.job?.job);
  return new Map([...byJob].map(([job, some]) => [job, ofLegs(some)]));
}

/** The verifications of a deployment's images that are over when it starts. */
export function gatesOf(
  deployment: FoundDeployment,
  images: readonly NamedImage[],
  verifications: Verifications,
): Deployment['gates'] {
  const { job } = deployment.place;
  if (!job) return { status: 'opaque', reason: 'the callers of this action may verify what it deploys' };
  const own = (verifications.get(job.job) ?? []).filter((one) => isBefore(one, deployment));
  const before = [...neededBy(job, verifications), ...own.map(({ verification }) => verification)];
  const target = before.filter((one) => images.length === 0 || images.some((image) => verifies(one, image)));
  const open = images.filter((image) => !target.some((one) => verifies(one, image)));
  if (target.length > 0 && open.length === 0) return { status: 'resolved', target };
  const opaque = whyOpaque(job, deployment);
  if (opaque !== undefined) return { status: 'opaque', reason: opaque };
  if (target.length === 0) return { status: 'resolved', target };
  const names = open.map(({ name, value }) => name ?? value.written);
  return { status: 'partial', target, reason: `nothing verifies ${names.join(', ')}` };
}

const needed = new WeakMap<Verifications, Map<JobInstance, readonly Verification[]>>();

/** The verifications in the jobs that a job needs. */
function neededBy(job: JobInstance, verifications: Verifications): readonly Verification[] {
  const ofJobs = needed.get(verifications) ?? new Map<JobInstance, readonly Verification[]>();
  needed.set(verifications, ofJobs);
  const known =
    ofJobs.get(job) ??
    [...neededJobs(job)]
      .flatMap((one) => verifications.get(one) ?? [])
      .slice(0, maxOfJob)
      .map(({ verification }) => verification);
  ofJobs.set(job, known);
  return known;
}

/** Those of the legs of a matrix that verify the same, once. */
function ofLegs(some: readonly FoundVerification[]): readonly FoundVerification[] {
  return [...new Map(some.map((one) => [keyOf(one.verification), one])).values()].slice(0, maxOfJob);
}

function keyOf({ range, subjects }: Verification): string {
  return [
    range.file.path,
    range.start,
    ...subjects.map(({ name, identity }) => `${name ?? ''}@${identity ?? ''}`),
  ].join(' ');
}

/** The verifications of one job beyond this number are not looked at. */
const maxOfJob = 1_000;

const orders = new WeakMap<JobInstance, ReadonlyMap<Step, number>>();

/** The steps of a job by when they start. */
function orderOf(job: JobInstance): ReadonlyMap<Step, number> {
  const known = orders.get(job) ?? new Map(withCalledSteps(job.steps).map(({ step }, index) => [step, index]));
  orders.set(job, known);
  return known;
}

/** Earlier in the same job. */
function isBefore({ place, verification }: FoundVerification, { place: later, range }: FoundDeployment): boolean {
  const { step } = later;
  const { job } = later;
  if (!step || !job || !place.step) return false;
  if (place.step.step === step.step)
    return verification.range.file !== range.file || verification.range.start < range.start;
  const order = orderOf(job);
  return (order.get(place.step.step) ?? 0) < (order.get(step.step) ?? 0);
}

/** Whether a verification is one of this image: nothing says that it is of another one. */
function verifies({ subjects }: Verification, image: NamedImage): boolean {
  return subjects.length === 0 || subjects.some((subject) => mayBeSame(subject, image));
}

function mayBeSame(subject: Subject, image: NamedImage): boolean {
  return !differ(subject.name, image.name) && !areTwoDigests(subject, image);
}

function differ(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined || /[$?]/.test(one) || /[$?]/.test(other)) return false;
  return canonicalName(one) !== canonicalName(other);
}

/** Two digests that are written out and differ, or come from two different steps. */
function areTwoDigests(subject: Subject, image: NamedImage): boolean {
  if (subject.by !== 'digest' || image.by !== 'digest') return false;
  const [one, other] = [subject, image].map(({ value }) =>
    value.forms.every(isKnown) ? value.forms.map(formText) : [],
  );
  if (one?.length === 1 && other?.length === 1) return subject.identity !== image.identity;
  const sources = [subject.through, image.through].map(producers);
  const [left = [], right = []] = sources;
  return left.length > 0 && right.length > 0 && !left.some((at) => right.includes(at));
}

function producers(through: readonly Related[]): readonly string[] {
  return through.flatMap(({ at, label }) => (label.startsWith('the step ') ? [`${at.file.path}:${at.start}`] : []));
}

/** Steps and jobs of others, or scripts that are not read, whose name says that they verify. */
function whyOpaque(job: JobInstance, { place }: FoundDeployment): string | undefined {
  const jobs = neededJobs(job);
  const called = job.instance.jobs.find(
    (one) =>
      jobs.has(one.job) && one.job.uses && one.job.uses.target === 'workflow' && verifying.test(one.job.uses.text),
  );
  if (called) return `${called.job.uses?.text ?? ''} may verify it`;
  const own = job.steps.slice(
    0,
    job.steps.findIndex((step) => step === topOf(place.step)),
  );
  const others = job.instance.jobs.filter((one) => jobs.has(one.job)).flatMap((one) => withCalledSteps(one.steps));
  const step = [...own, ...others].find(mayVerify);
  return step && `the step "${step.step.name?.value ?? step.step.uses?.text ?? 'run'}" may verify it`;
}

function topOf(step: StepInstance | undefined): StepInstance | undefined {
  let at = step;
  while (at?.caller) at = at.caller;
  return at;
}

const verifying = /verif|attest|binauthz|binary-?auth|policy-?check|image-?policy|gatekeeper/i;

function mayVerify({ step: { uses, run } }: StepInstance): boolean {
  if (uses) {
    const name = `${uses.repository ?? ''}/${uses.path ?? ''}`;
    return (
      uses.target === 'action' &&
      uses.owner?.toLowerCase() !== 'actions' &&
      verifying.test(name) &&
      !/installer|setup/i.test(name)
    );
  }
  return (
    run !== undefined &&
    /(?:^|[\s/])(?:make|just|task|npm run|yarn|pnpm|nx|bash|sh|\.)?[ /][\w./-]{0,100}verify[\w-]{0,40}(?:image|sign|attest|provenance|release)/i.test(
      run.value,
    )
  );
}
