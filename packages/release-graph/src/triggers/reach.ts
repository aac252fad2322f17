import type { Trigger } from '@plimsoll/documents';
import { rootInstance, runs } from '../conditions/index.ts';
import type { Runnable } from '../conditions/index.ts';
import type { JobInstance } from '../lanes/model.ts';
import { factsOf } from './events.ts';
import { gateOf } from './gates.ts';
import type { Reach } from './model.ts';
import { awaitedWorkflows } from './workflow-run.ts';

const known = new WeakMap<Runnable, readonly Reach[]>();

/** The ways in which a job or step comes to run, through the workflows that call it, with its conditions. None for a step of an action that nothing calls. */
export function reachesOf(place: Runnable): readonly Reach[] {
  const found = known.get(place) ?? findReaches(place);
  known.set(place, found);
  return found;
}

function findReaches(place: Runnable): readonly Reach[] {
  const job = 'step' in place ? place.job : place;
  if (!job) return [];
  return rootInstance(job.instance).workflow.triggers.flatMap((trigger) => reachBy(trigger, place, job) ?? []);
}

function reachBy(trigger: Trigger, place: Runnable, job: JobInstance): Reach | undefined {
  const { event } = trigger;
  if (runs(place, { event }) === false) return undefined;
  const { workflow } = rootInstance(job.instance);
  const { by, code, privileged, cache } = factsOf(event);
  const reach: Reach = { event, workflow, trigger, by, code, privileged, cache };
  if (by !== 'anyone') return reach;
  if (event === 'workflow_run' && !awaitsStrangers(job)) return { ...reach, by: 'writers' };
  const gate = gateOf(trigger, place, job);
  return gate ? { ...reach, by: 'approved', gate } : reach;
}

/** Whether one of the workflows that it waits for runs for a pull request of a fork, or for a comment; also where none of them is here. */
function awaitsStrangers(job: JobInstance): boolean {
  const { workflow } = rootInstance(job.instance);
  const awaited = awaitedWorkflows(workflow, job.lanes.documents);
  return awaited.length === 0 || awaited.some(({ triggers }) => triggers.some(({ event }) => isStrangers(event)));
}

function isStrangers(event: string): boolean {
  return event !== 'workflow_run' && factsOf(event).by === 'anyone';
}
