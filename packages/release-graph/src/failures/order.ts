import { rootInstance } from '../conditions/index.ts';
import { sameName } from '../lanes/inputs.ts';
import type { JobInstance, StepInstance, WorkflowInstance } from '../lanes/model.ts';
import type { Act } from './acts.ts';

/** The jobs that a job needs, directly or through others. */
export function neededBy(job: JobInstance): readonly JobInstance[] {
  const known = needs.get(job) ?? findNeeds(job);
  needs.set(job, known);
  return known;
}

const needs = new WeakMap<JobInstance, readonly JobInstance[]>();

function findNeeds(job: JobInstance): readonly JobInstance[] {
  const found = new Set<JobInstance>();
  const open = [job];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const need of next.job.needs) {
      const source = next.instance.jobs.find((one) => sameName(one.job.id, need.value));
      if (source && source.job !== job.job && !found.has(source)) {
        found.add(source);
        open.push(source);
      }
    }
  }
  return [...found];
}

export function directNeeds(job: JobInstance): readonly JobInstance[] {
  return job.job.needs.flatMap((need) => job.instance.jobs.find((one) => sameName(one.job.id, need.value)) ?? []);
}

/** The acts of each job, those of the workflows that it calls included. */
export function actsByJob(acts: readonly Act[]): (job: JobInstance) => readonly Act[] {
  const found = new Map<string, Act[]>();
  for (const act of acts) {
    for (let job = act.job; job; job = job.instance.caller) {
      const key = keyOfJob(job);
      const own = found.get(key) ?? [];
      own.push(act);
      found.set(key, own);
    }
  }
  return (job) => found.get(keyOfJob(job)) ?? [];
}

/** The acts of each step, those of the actions that it calls included. */
export function actsByStep(acts: readonly Act[]): (step: StepInstance) => readonly Act[] {
  const found = new Map<object, Act[]>();
  for (const act of acts) {
    for (let step: StepInstance | undefined = act.step; step; step = step.caller) {
      const own = found.get(step.step) ?? [];
      own.push(act);
      found.set(step.step, own);
    }
  }
  return ({ step }) => found.get(step) ?? [];
}

/** The same for all legs of a job. */
export function keyOfJob({ job, instance, workflow }: JobInstance): string {
  const calls = callsOf(instance);
  return [...calls, workflow.file.path, job.id].join(' > ');
}

function callsOf(instance: WorkflowInstance): readonly string[] {
  const { caller } = instance;
  return caller ? [...callsOf(caller.instance), caller.workflow.file.path, caller.job.id] : [];
}

const leaving = new Set(['push', 'publish', 'deploy', 'release']);

/** It goes out of the run: what comes before it can hold it back. */
export function leaves({ does }: Act): boolean {
  return leaving.has(does);
}

/** Whether one act comes before another in their job, or in a job that the other's waits for. */
export function precedes(first: Act, second: Act): boolean {
  if (first === second || !first.job || !second.job) return false;
  if (rootInstance(first.job.instance).workflow !== rootInstance(second.job.instance).workflow) return false;
  if (first.job.job === second.job.job) return isBefore(first, second);
  for (let later: JobInstance | undefined = second.job; later; later = later.instance.caller) {
    for (let earlier: JobInstance | undefined = first.job; earlier; earlier = earlier.instance.caller) {
      const { job } = earlier;
      if (earlier.instance.workflow === later.instance.workflow && neededBy(later).some((one) => one.job === job))
        return true;
    }
  }
  return false;
}

function isBefore(first: Act, second: Act): boolean {
  const [a, b] = [path(first.step), path(second.step)];
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return first.range.start < second.range.start;
}

/** The place of a step among its siblings, below those of the steps that call it. */
function path(step: StepInstance): readonly number[] {
  return [...(step.caller ? path(step.caller) : []), step.step.index];
}
