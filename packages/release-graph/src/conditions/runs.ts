import type { StringValue } from '@plimsoll/documents';
import type { JobInstance, StepInstance } from '../lanes/model.ts';
import { assumptionsOf } from './events.ts';
import type { Assumption, AssumedValue, ConditionResult, Ternary } from './model.ts';
import { evaluateTemplate, namesOfJob, namesOfStep } from './names.ts';
import { partsOf } from './possible.ts';
import { and, failingScenario, newScenario, scenarioOf } from './scenario.ts';
import type { Failure, Scenario } from './scenario.ts';
import { isSeen, jobState, stepResult } from './status.ts';

export type Runnable = StepInstance | JobInstance;

/**
 * Whether a step or job runs under an assumption, where nothing before it fails: its own `if:`, those of the jobs that it
 * needs, of the job and the workflow that call it, and whether the event starts the workflow at all.
 */
export function runs(place: Runnable, assumption: Assumption): Ternary {
  return conditionOf(place, assumption).result;
}

/** The same, with what it depends on where it is not known. */
export function conditionOf(place: Runnable, assumption: Assumption): ConditionResult {
  const job = 'step' in place ? place.job : place;
  if (!job) return { result: 'unknown', unknowns: [] };
  return resultIn(place, scenarioOf(job.lanes, assumption));
}

/** True also where it is not known only because of what has nothing to do with the event, such as which files changed. */
export function mayRun(place: Runnable, assumption: Assumption): boolean {
  return isPossible(conditionOf(place, assumption));
}

function isPossible({ result, unknowns }: ConditionResult): boolean {
  return result === true || (result === 'unknown' && unknowns.every((one) => one.neutral));
}

/** A string with expressions, such as an input of a step, as it is under an assumption. */
export function valueUnder(value: StringValue, place: Runnable, assumption: Assumption): AssumedValue {
  const job = 'step' in place ? place.job : place;
  const scenario = job ? scenarioOf(job.lanes, assumption) : newScenario(assumption, []);
  const names = 'step' in place ? namesOfStep(place, scenario) : namesOfJob(place, scenario);
  const possible = evaluateTemplate(value.text, names);
  const forms = possible.map((one) =>
    partsOf(one).map((part) => (typeof part === 'string' ? part : { unknown: part.unknown })),
  );
  const known = forms.filter((form) => form.every((part) => typeof part === 'string'));
  return { forms, values: [...new Set(known.map((form) => form.join('')))], complete: known.length === forms.length };
}

/**
 * Whether a step or job runs though another step or job has failed: because its `if:` asks for it, because the failure is
 * swallowed by `continue-on-error`, or because it does not wait for the other.
 */
export function runsDespite(place: Runnable, failed: Runnable, assumption: Assumption = {}): Ternary {
  return despite(place, failed, assumption).result;
}

/** As `mayRun`, for some event that starts it. */
export function mayRunDespite(place: Runnable, failed: Runnable): boolean {
  const job = 'step' in place ? place.job : place;
  const { result } = despite(place, failed, {});
  if (result !== 'unknown') return result;
  const all = job ? assumptionsOf(job) : [];
  return (all.length > 0 ? all : [{}]).some((assumption) => isPossible(despite(place, failed, assumption)));
}

/** Whether `continue-on-error` hides the failure of a step or job from all that comes behind it. */
export function isHidden(place: Runnable): boolean {
  const job = 'step' in place ? place.job : place;
  return job !== undefined && isSeen(place, scenarioOf(job.lanes, {})) === false;
}

function despite(place: Runnable, failed: Runnable, assumption: Assumption): ConditionResult {
  const scenario = failingScenario(failed, assumption, () => failuresOf(failed, newScenario(assumption, [])));
  return resultIn(place, scenario);
}

function resultIn(place: Runnable, scenario: Scenario): ConditionResult {
  if ('step' in place) return stepResult(place, scenario);
  const { runs: result, unknowns } = jobState(place, scenario);
  return { result, unknowns };
}

/** What fails with it: the steps that call it, its job, and the jobs that call its workflow. */
function failuresOf(failed: Runnable, scenario: Scenario): readonly Failure[] {
  const failures: Failure[] = [];
  let seen: Ternary = true;
  let job: JobInstance | undefined;
  if ('step' in failed) {
    for (let step: StepInstance | undefined = failed; step; step = step.caller) {
      seen = and([seen, isSeen(step, scenario)]);
      failures.push({ step, seen });
    }
    ({ job } = failed);
  } else job = failed;
  for (; job; job = job.instance.caller) {
    seen = and([seen, isSeen(job, scenario)]);
    failures.push({ job, seen });
  }
  return failures;
}
