import type { ProblemList } from '../yaml/problems.ts';
import type { Job, StringValue } from './model.ts';

/** GitHub refuses a workflow whose jobs need each other in a circle. */
export function checkNeeds(jobs: readonly Job[], problems: ProblemList): void {
  const circle = circleIn(jobs);
  const [first] = circle;
  if (!first) return;
  const ids = [...circle.slice(0, 10).map(({ job }) => job.id), ...(circle.length > 10 ? ['…'] : []), first.job.id];
  const { start, end } = first.need.range;
  problems.add(
    start,
    end,
    circle.length === 1
      ? `The job ${first.job.id} needs itself: GitHub refuses the workflow`
      : `Jobs need each other in a circle (${ids.join(' → ')}): GitHub refuses the workflow`,
  );
}

interface Step {
  readonly job: Job;
  readonly need: StringValue;
}

/** One circle, as the jobs on it with what each of them needs. */
function circleIn(jobs: readonly Job[]): readonly Step[] {
  const byId = new Map(jobs.map((job) => [job.id.toLowerCase(), job]));
  const left = withoutOrder(jobs, byId);
  const stepFrom = (job: Job): Step | undefined => {
    const need = job.needs.find(({ value }) => left.has(byId.get(value.toLowerCase()) as Job));
    return need && { job, need };
  };
  const [start] = left;
  const path: Step[] = [];
  const seen = new Map<Job, number>();
  for (let job = start; job;) {
    const at = seen.get(job);
    if (at !== undefined) return path.slice(at);
    const step = stepFrom(job);
    if (!step) return [];
    seen.set(job, path.length);
    path.push(step);
    job = byId.get(step.need.value.toLowerCase());
  }
  return [];
}

/** The jobs that never become ready: those on a circle, and those behind one. */
function withoutOrder(jobs: readonly Job[], byId: ReadonlyMap<string, Job>): ReadonlySet<Job> {
  const waiting = new Map<Job, Set<Job>>();
  const dependents = new Map<Job, Job[]>();
  for (const job of jobs) {
    const needs = new Set(job.needs.flatMap(({ value }) => byId.get(value.toLowerCase()) ?? []));
    waiting.set(job, needs);
    for (const need of needs) {
      const some = dependents.get(need) ?? [];
      some.push(job);
      dependents.set(need, some);
    }
  }
  const ready = jobs.filter((job) => waiting.get(job)?.size === 0);
  const left = new Set(jobs);
  for (let job = ready.pop(); job; job = ready.pop()) {
    left.delete(job);
    for (const dependent of dependents.get(job) ?? []) {
      const needs = waiting.get(dependent);
      needs?.delete(job);
      if (needs?.size === 0) ready.push(dependent);
    }
  }
  return left;
}
