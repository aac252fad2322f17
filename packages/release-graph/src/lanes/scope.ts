import type { ValueScope } from '../values/value.ts';
import type { JobInstance, StepInstance } from './model.ts';
import { unknown } from '../values/resolved.ts';

/** What names mean in the keys of a job. */
export function scopeOfJob(job: JobInstance): ValueScope {
  return { context: (path) => unknown(`\${{ ${path.join('.')} }}`, 'not yet'), variable: () => undefined };
}

/** What names mean in a step: `env` with that of step, job and workflow, and the inputs of the action that it stands in. */
export function scopeOfStep(step: StepInstance): ValueScope {
  return { context: (path) => unknown(`\${{ ${path.join('.')} }}`, 'not yet'), variable: () => undefined };
}
