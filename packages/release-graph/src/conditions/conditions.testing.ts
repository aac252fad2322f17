import { buildLanes } from '../lanes/index.ts';
import { withCalledSteps } from '../lanes/instances.ts';
import type { JobInstance, StepInstance } from '../lanes/model.ts';
import { documentsOf } from '../documents.testing.ts';
import type { Assumption, Ternary } from './index.ts';
import { runs, runsDespite } from './index.ts';

/** A workflow whose step `it`, or whose job `it`, is asked about. */
export function placesOf(
  files: Readonly<Record<string, string>> | string,
): (name: string) => StepInstance | JobInstance {
  const lanes = buildLanes(documentsOf(typeof files === 'string' ? { '.github/workflows/a.yml': files } : files));
  return (name) => {
    const job = lanes.jobs.find((one) => one.job.id === name);
    const step = lanes.jobs.flatMap((one) => withCalledSteps(one.steps)).find((one) => one.step.id === name);
    const found = job ?? step;
    if (!found) throw new Error(`no job or step ${name}`);
    return found;
  };
}

export function asked(files: Readonly<Record<string, string>> | string, assumption: Assumption, name = 'it'): Ternary {
  return runs(placesOf(files)(name), assumption);
}

/** Whether `it` runs though `before` fails. */
export function despite(files: Readonly<Record<string, string>> | string): Ternary {
  const place = placesOf(files);
  return runsDespite(place('it'), place('before'));
}

/** A workflow with one job, whose step has a condition. */
export function stepIf(condition: string, on = '[push, pull_request, workflow_dispatch]'): string {
  return `on: ${on}\njobs:\n  job:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: a\n      - id: it\n        if: ${condition}\n        run: b\n`;
}
