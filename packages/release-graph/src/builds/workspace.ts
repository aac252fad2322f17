import type { StepInstance } from '../lanes/model.ts';
import { scopeOfJob, scopeOfStep } from '../lanes/scope.ts';
import { withCalledSteps } from '../lanes/instances.ts';
import { evaluateText } from '../values/expressions.ts';
import { literal, onlyValue } from '../values/resolved.ts';
import type { Resolved } from '../values/resolved.ts';
import type { ValueForm } from '../model.ts';
import { normalise } from './paths.ts';
import type { Base, Checkout } from './paths.ts';

/** From where a step's paths are read: the workspace, for the inputs of actions. */
export function workspaceOf(step: StepInstance): Base {
  return { folder: '', checkouts: checkoutsBefore(step) };
}

/** The steps that run before a step in its job, with those of the actions that they call. */
export function stepsBefore(step: StepInstance): readonly StepInstance[] {
  const inner = withCalledSteps(step.siblings.filter((one) => one.step.index < step.step.index));
  return step.caller ? [...stepsBefore(step.caller), ...inner] : inner;
}

function checkoutsBefore(step: StepInstance): readonly Checkout[] {
  const checkouts = new Map<string, Checkout>();
  for (const { folder, own } of allCheckoutsBefore(step))
    checkouts.set(folder, { folder, own: own || (checkouts.get(folder)?.own ?? false) });
  return [...checkouts.values()];
}

function allCheckoutsBefore(step: StepInstance): readonly Checkout[] {
  const inner = checkoutsOf(step.siblings).filter(({ index }) => index < step.step.index);
  return step.caller ? [...allCheckoutsBefore(step.caller), ...inner] : inner;
}

interface IndexedCheckout extends Checkout {
  /** Of the step of the list that makes it, itself or through the action that it calls. */
  readonly index: number;
}

/** More of them than any job has. */
const maxCheckouts = 500;

const checkoutsOfSteps = new WeakMap<readonly StepInstance[], readonly IndexedCheckout[]>();

function checkoutsOf(steps: readonly StepInstance[]): readonly IndexedCheckout[] {
  const known = checkoutsOfSteps.get(steps);
  if (known) return known;
  const found: IndexedCheckout[] = [];
  checkoutsOfSteps.set(steps, found);
  for (const step of steps) {
    for (const inner of withCalledSteps([step])) {
      const checkout = found.length < maxCheckouts ? checkoutOf(inner) : undefined;
      if (checkout) found.push({ ...checkout, index: step.step.index });
    }
  }
  return found;
}

function checkoutOf(step: StepInstance): Checkout | undefined {
  const { uses } = step.step;
  if (`${uses?.owner ?? ''}/${uses?.repository ?? ''}`.toLowerCase() !== 'actions/checkout') return undefined;
  const folder = normalise(onlyValue(inputOf(step, 'path') ?? literal('')) ?? '');
  const repository = inputOf(step, 'repository');
  const own = !repository || repository.forms.every((form) => form.length === 0 || isOwnName(form));
  return folder === undefined ? undefined : { folder, own };
}

/** `${{ github.repository }}`, or the head of a pull request, which is the same project. */
function isOwnName(form: ValueForm): boolean {
  const [only] = form;
  return (
    form.length === 1 &&
    typeof only === 'object' &&
    /github\.(?:repository|event\.pull_request\.head\.repo\.full_name)\b/.test(only.unknown)
  );
}

/** An input of a step; undefined where it is not given. */
export function inputOf(step: StepInstance, name: string): Resolved | undefined {
  const given = step.step.with.find((one) => one.name.toLowerCase() === name);
  return given && evaluateText(given.value, scopeOfStep(step), given.text);
}

/** The folder that a `run:` step starts in, as a form of a path in the workspace. */
export function workingDirectory(step: StepInstance): Resolved {
  const own = step.step.workingDirectory;
  if (own) return evaluateText(own.value, scopeOfStep(step), own.text);
  const preset = step.action
    ? undefined
    : (step.job?.job.defaultWorkingDirectory ?? step.job?.workflow.defaultWorkingDirectory);
  if (preset === undefined || !step.job) return literal('');
  return evaluateText(preset, scopeOfJob(step.job), step.step.range);
}
