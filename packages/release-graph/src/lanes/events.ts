import type { JobInstance } from './model.ts';

/** The events that can start a job: those of its workflow, or of the workflow that calls it. */
export function eventNames(job: JobInstance): { readonly events: readonly string[]; readonly complete: boolean } {
  let { instance } = job;
  while (instance.caller) ({ instance } = instance.caller);
  const events = [...new Set(instance.workflow.triggers.map((trigger) => trigger.event))];
  const called = events.includes('workflow_call');
  return { events: events.filter((event) => event !== 'workflow_call'), complete: !called && events.length > 0 };
}
