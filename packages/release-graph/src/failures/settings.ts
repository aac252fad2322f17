import type { StringValue } from '@plimsoll/documents';
import { isHidden } from '../conditions/index.ts';
import { withCalledSteps } from '../lanes/instances.ts';
import type { JobInstance, StepInstance } from '../lanes/model.ts';
import type { Act } from './acts.ts';
import type { Swallow } from './commands.ts';

/** `continue-on-error` of the step that acts, or of one that calls its action. */
export function swallowOfStep(
  act: Act,
  ofStep: (step: StepInstance) => readonly Act[],
): (Swallow & { readonly step: StepInstance }) | undefined {
  for (let step: StepInstance | undefined = act.step; step; step = step.caller) {
    const setting = step.step.continueOnError;
    if (setting && isOn(setting, step) && !isJudged(step, ofStep))
      return { by: 'continue-on-error', at: setting.range, step };
  }
  return undefined;
}

/** `continue-on-error` of the job that acts. */
export function swallowOfJob({ job }: Act): Swallow | undefined {
  const setting = job?.job.continueOnError;
  return setting && isOn(setting, job) ? { by: 'continue-on-error', at: setting.range } : undefined;
}

function isOn(setting: StringValue, place: StepInstance | JobInstance): boolean {
  return setting.value === 'true' || isHidden(place);
}

/** A later step asks how it ended and fails, tries again, or is kept from running; or its job hands the outcome on. */
function isJudged(step: StepInstance, ofStep: (step: StepInstance) => readonly Act[]): boolean {
  const { id } = step.step;
  if (id === undefined || !/^[\w-]+$/.test(id)) return false;
  const outcome = `steps.${id}.outcome`.toLowerCase();
  const asks = (value: StringValue | undefined): boolean => value?.value.toLowerCase().includes(outcome) ?? false;
  if (step.job?.job.outputs.some(asks)) return true;
  const later = step.siblings.filter((one) => one.step.index > step.step.index);
  return later.some((one) => {
    const { run, env, with: given } = one.step;
    if (asks(run) || env.some(asks) || given.some(asks)) return true;
    return asks(one.step.if) && (fails(one) || ofStep(one).length > 0);
  });
}

/** A script that ends in failure, or an action that may. */
function fails(step: StepInstance): boolean {
  return withCalledSteps([step]).some(({ step: { run, uses } }) =>
    run
      ? /\bexit\s+(?!0\b)|\bfalse\b|\breturn\s+[1-9]/.test(run.value)
      : uses !== undefined && !/slack|notify|comment|teams|discord|mail/i.test(uses.text),
  );
}
