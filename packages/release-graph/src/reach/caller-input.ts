import { contextPaths, readCondition, readExpressions } from '@plimsoll/documents';
import type { NamedValue, Range, StringValue } from '@plimsoll/documents';
import { inputEntry } from '../builds/action-inputs.ts';
import { sameName } from '../lanes/inputs.ts';
import type { JobInstance, StepInstance } from '../lanes/model.ts';

/**
 * Where a called workflow or action publishes because its caller asks for it: the outermost input that says so. What
 * decides is read of the inputs that push, then of the conditions.
 */
export function callerInput(step: StepInstance): Range | undefined {
  const deciding = ['push', 'outputs', 'publish', 'dry-run'].flatMap((name) => inputEntry(step, name) ?? []);
  for (const value of deciding) {
    const found = givenIn(value, false, step);
    if (found) return found;
  }
  for (let at: StepInstance | undefined = step; at; at = at.caller) {
    const found = at.step.if && givenIn(at.step.if, true, at);
    if (found) return found;
  }
  for (let job = step.job; job; job = job.instance.caller) {
    const found = job.job.if && givenInJob(job.job.if, true, job);
    if (found) return found;
  }
  return undefined;
}

/** Of what an input of the place is made: through all calls, the last input that is given. */
function givenIn(value: StringValue, condition: boolean, step: StepInstance): Range | undefined {
  const names = inputsRead(value, condition);
  if (!step.action) return step.job && givenInJob(value, condition, step.job);
  const { caller } = step;
  const given = caller && entryOf(caller.step.with, names);
  if (!given || !caller) return undefined;
  return givenIn(given, false, caller) ?? given.range;
}

function givenInJob(value: StringValue, condition: boolean, job: JobInstance): Range | undefined {
  const { caller } = job.instance;
  const given = caller && entryOf(caller.job.with, inputsRead(value, condition));
  if (!given || !caller) return undefined;
  return givenInJob(given, false, caller) ?? given.range;
}

function entryOf(given: readonly NamedValue[], names: readonly string[]): NamedValue | undefined {
  return given.find(({ name }) => names.some((one) => sameName(one, name)));
}

function inputsRead({ text }: StringValue, condition: boolean): readonly string[] {
  const parts = condition ? readCondition(text).parts : readExpressions(text);
  return parts.flatMap(contextPaths).flatMap(({ context, names }) => (context === 'inputs' ? (names[0] ?? []) : []));
}
