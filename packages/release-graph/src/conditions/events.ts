import type { Trigger, Workflow } from '@plimsoll/documents';
import type { JobInstance, WorkflowInstance } from '../lanes/model.ts';
import type { Documents } from '../model.ts';
import type { Assumption, Ternary } from './model.ts';
import { refsOf } from './refs.ts';

/** The workflow that an event starts: the outermost of those that call a job. */
export function rootInstance(instance: WorkflowInstance): WorkflowInstance {
  let root = instance;
  while (root.caller) root = root.caller.instance;
  return root;
}

/** Whether an event starts a workflow. A workflow that is only called from elsewhere may be. */
export function triggered({ triggers }: Workflow, assumption: Assumption, documents: Documents): Ternary {
  const { event } = assumption;
  const callable = triggers.some((trigger) => trigger.event === 'workflow_call');
  if (event === undefined) return triggers.length > 0 && !(callable && triggers.length === 1) ? true : 'unknown';
  const trigger = triggers.find((one) => one.event === event);
  if (!trigger) return callable ? 'unknown' : false;
  if (assumption.action !== undefined && !actionsOf(trigger).includes(assumption.action) && hasActions(trigger))
    return false;
  return refsOf(trigger, assumption, documents).length > 0;
}

/** The activity types of events that have some when the trigger names none. */
const defaultActions: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened'],
  merge_group: ['checks_requested'],
  release: ['created', 'edited', 'deleted', 'prereleased', 'published', 'released', 'unpublished'],
  workflow_run: ['completed', 'requested', 'in_progress'],
  issue_comment: ['created', 'edited', 'deleted'],
};

/** The values of `github.event.action`; empty where they are not known. */
export function actionsOf({ event, types }: Trigger): readonly string[] {
  return types ?? defaultActions[event] ?? [];
}

function hasActions(trigger: Trigger): boolean {
  return actionsOf(trigger).length > 0;
}

/** All that can start a job: each event of its workflow, a push once for each kind of ref that the filters let through. */
export function assumptionsOf(job: JobInstance): readonly Assumption[] {
  const { workflow } = rootInstance(job.instance);
  const { documents } = job.lanes;
  return workflow.triggers.flatMap((trigger): readonly Assumption[] => {
    const { event } = trigger;
    if (event === 'workflow_call') return [];
    if (event === 'pull_request' || event === 'pull_request_target')
      return [
        { event, fork: false },
        { event, fork: true },
      ];
    if (event !== 'push' && event !== 'workflow_dispatch') return [{ event }];
    const refs = (['default-branch', 'branch', 'tag'] as const).filter(
      (ref) => refsOf(trigger, { event, ref }, documents).length > 0,
    );
    return refs.map((ref) => ({ event, ref }));
  });
}
