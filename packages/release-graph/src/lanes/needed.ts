import type { Job } from '@plimsoll/documents';
import type { JobInstance } from './model.ts';

const known = new WeakMap<JobInstance, ReadonlySet<Job>>();

/** The jobs that end before this one starts: those that it needs, in turn, those of the workflows that they call, and those before its callers. */
export function neededJobs(job: JobInstance): ReadonlySet<Job> {
  const found = known.get(job);
  if (found) return found;
  const all = new Set<Job>();
  for (let at: JobInstance | undefined = job; at; at = at.instance.caller) addNeeded(at, all);
  known.set(job, all);
  return all;
}

function addNeeded(job: JobInstance, all: Set<Job>): void {
  const byId = new Map(job.instance.jobs.map((one) => [one.job.id, one]));
  const open = job.job.needs.map(({ value }) => value);
  const seen = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const needed = byId.get(id);
    if (!needed || needed === job) continue;
    addWithCalled(needed, all);
    open.push(...needed.job.needs.map(({ value }) => value));
  }
}

/** Calls do not go in circles, and are at most ten deep: the lanes see to that. */
function addWithCalled(job: JobInstance, all: Set<Job>): void {
  all.add(job.job);
  for (const inner of job.calls?.jobs ?? []) addWithCalled(inner, all);
}
