import type { EnvVariable } from '@plimsoll/documents';
import { evaluateText } from '../values/expressions.ts';
import { literal, oneOf, unknown, withDefinition } from '../values/resolved.ts';
import type { Resolved } from '../values/resolved.ts';
import type { ValueScope } from '../values/value.ts';
import { writtenVariables } from '../values/written-variables.ts';
import { withCalledSteps } from './instances.ts';
import { isMetadataAction, metadataVariable } from './metadata-action.ts';
import type { JobInstance, StepInstance } from './model.ts';
import { scopeAround, scopeOfJob, scopeOfStep } from './scope.ts';
import { scriptOf } from './scripts.ts';

/** A variable in a step: its own `env`, then what earlier steps wrote to `$GITHUB_ENV`, then that of the job and the workflow. */
export function resolveVariable(step: StepInstance, name: string): Resolved | undefined {
  return fromEnv(step.step.env, name, scopeAround(step)) ?? variableAround(step, name);
}

/** The same without the step's own `env`. */
export function variableAround(step: StepInstance, name: string): Resolved | undefined {
  const written = writtenBefore(step, name);
  const rest = (): Resolved | undefined => {
    if (step.caller)
      return (
        fromEnv(step.caller.step.env, name, scopeAround(step.caller)) ??
        (step.caller.caller || step.job ? variableAround(step.caller, name) : undefined)
      );
    return (step.job && jobVariable(step.job, name)) ?? defaultVariable(name, scopeOfStep(step));
  };
  return written ?? rest();
}

/** A variable of the `env` of a job or its workflow. */
export function jobVariable(job: JobInstance, name: string): Resolved | undefined {
  return fromEnv(job.job.env, name, scopeOfJob(job)) ?? workflowVariable(job, name);
}

export function workflowVariable(job: JobInstance, name: string): Resolved | undefined {
  return fromEnv(job.workflow.env, name, scopeOfJob(job));
}

function fromEnv(env: readonly EnvVariable[], name: string, scope: ValueScope): Resolved | undefined {
  const entry = env.find((one) => one.name === name);
  return (
    entry &&
    withDefinition(evaluateText(entry.value, scope, entry.text), { at: entry.range, label: `${name} is set here` })
  );
}

/** What earlier steps of the same list wrote to `$GITHUB_ENV`; where a step may not have run, the value before that as well. */
function writtenBefore(step: StepInstance, name: string): Resolved | undefined {
  const values: Resolved[] = [];
  for (const earlier of writersOf(step.siblings, name)) {
    if (earlier.step.index >= step.step.index) continue;
    const written = writtenBy(earlier, name);
    if (!written) continue;
    values.push(written);
    if (!earlier.step.if) break;
  }
  return values.length === 0 ? undefined : oneOf(values);
}

const writers = new WeakMap<readonly StepInstance[], Map<string, readonly StepInstance[]>>();

/** The steps of a list that may write a variable, the last one first: a list has many more that do not. */
function writersOf(steps: readonly StepInstance[], name: string): readonly StepInstance[] {
  const known = writers.get(steps) ?? new Map<string, readonly StepInstance[]>();
  writers.set(steps, known);
  const found = known.get(name) ?? steps.filter((step) => mayWrite(step, name)).reverse();
  known.set(name, found);
  return found;
}

function mayWrite(step: StepInstance, name: string): boolean {
  return isMetadataAction(step) || withCalledSteps([step]).some((inner) => names(inner, name));
}

function names({ step: { run } }: StepInstance, name: string): boolean {
  return run !== undefined && run.value.includes('GITHUB_ENV') && run.value.includes(name);
}

function writtenBy(step: StepInstance, name: string): Resolved | undefined {
  const metadata = metadataVariable(step, name);
  if (metadata) return metadata;
  for (const inner of withCalledSteps([step])) {
    if (!names(inner, name)) continue;
    const script = scriptOf(inner.step);
    const found = script && writtenVariables(script, 'GITHUB_ENV', scopeOfStep(inner)).get(name);
    if (found) return found;
  }
  return undefined;
}

const handover = new Set([
  'GITHUB_OUTPUT',
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_STEP_SUMMARY',
  'GITHUB_STATE',
  'GITHUB_TOKEN',
]);

/** The variables that GitHub sets in each step are fields of its `github` context. */
function defaultVariable(name: string, scope: ValueScope): Resolved | undefined {
  if (name === 'CI' || name === 'GITHUB_ACTIONS') return literal('true');
  if (name.startsWith('RUNNER_')) return unknown(`\${{ runner.${name.slice(7).toLowerCase()} }}`, "it is the runner's");
  if (!name.startsWith('GITHUB_') || handover.has(name)) return undefined;
  return scope.context(['github', name.slice(7).toLowerCase()]);
}
