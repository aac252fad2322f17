import type { Place } from '../builds/index.ts';
import type { WorkflowInstance } from '../lanes/model.ts';

/** The file in which a run starts: the outermost workflow that calls a job; of a step that nothing calls its action; of a script its file. */
export function rootOf({ job, step, entry }: Place): string {
  if (job) {
    let instance: WorkflowInstance = job.instance;
    while (instance.caller) ({ instance } = instance.caller);
    return instance.workflow.file.path;
  }
  return step?.action?.file.path ?? entry?.path ?? '';
}
