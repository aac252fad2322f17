import type { Input, NamedValue } from '@plimsoll/documents';
import { sameName } from '../lanes/inputs.ts';
import type { StepInstance, WorkflowInstance } from '../lanes/model.ts';
import type { ConditionScope } from './evaluate.ts';
import { rootInstance } from './events.ts';
import { evaluateTemplate, namesOfJob, namesOfStep } from './names.ts';
import { asText, either, known, nothing, unknownValue } from './possible.ts';
import type { Possible } from './possible.ts';
import type { Scenario } from './scenario.ts';

/** `inputs.NAME` in a workflow. */
export function workflowInput(instance: WorkflowInstance, name: string, scenario: Scenario): Possible {
  const { caller, workflow } = instance;
  if (!caller) return dispatched(instance, name, scenario);
  const declared = workflow.callInputs.find((input) => sameName(input.name, name));
  const given = caller.job.with.find((one) => sameName(one.name, name));
  if (given) return typed(declared, given, namesOfJob(caller, scenario));
  return defaultOf(declared);
}

/** A called workflow gets booleans and numbers where it declares them. */
function typed(input: Input | undefined, given: NamedValue, names: ConditionScope['context']): Possible {
  return asType(input, evaluateTemplate(given.text, names));
}

function asType(input: Input | undefined, value: Possible): Possible {
  const type = input?.type ?? 'string';
  return value.map((one) => {
    if (!('known' in one) || typeof one.known !== 'string') return one;
    if (type === 'boolean') return { known: one.known === 'true' };
    return type === 'number' ? { known: Number(one.known) } : one;
  });
}

function defaultOf(input: Input | undefined): Possible {
  if (!input) return nothing;
  if (!input.default) return input.type === 'boolean' ? known(false) : input.type === 'number' ? known(0) : known('');
  if (input.default.value.includes('${{')) return unknownValue(`inputs.${input.name}`);
  return asType(input, known(input.default.value));
}

/** What is typed in when a workflow is started by hand; nothing in runs that an event starts. */
export function dispatched(instance: WorkflowInstance, name: string | undefined, { assumption }: Scenario): Possible {
  const { workflow } = rootInstance(instance);
  if (name === undefined) return [{ structure: 'inputs' }];
  const { event } = assumption;
  const events = workflow.triggers.map((trigger) => trigger.event);
  const ways: Possible[] = [];
  const byHand = workflow.dispatchInputs.find((input) => sameName(input.name, name));
  const byCall = workflow.callInputs.find((input) => sameName(input.name, name));
  if (byHand && (event === undefined || event === 'workflow_dispatch')) ways.push(anyOf(byHand));
  if (byCall && events.includes('workflow_call')) ways.push(anyOf(byCall));
  const plain = events.some((one) => one !== 'workflow_dispatch' && one !== 'workflow_call');
  if (ways.length === 0 || (plain && event === undefined)) ways.push(nothing);
  return either(ways);
}

function anyOf(input: Input): Possible {
  if (input.type === 'boolean') return [{ known: true }, { known: false }];
  if (input.options && input.options.length > 0) return input.options.map((option) => ({ known: option }));
  return unknownValue(`inputs.${input.name}`);
}

/** Inputs of an action are always texts. */
export function actionInput(step: StepInstance, name: string, scenario: Scenario): Possible {
  const { caller } = step;
  const declared = step.action?.inputs.find((input) => sameName(input.name, name));
  const given = caller?.step.with.find((one) => sameName(one.name, name));
  if (!caller) return unknownValue(`inputs.${name}`);
  if (given) return asText(evaluateTemplate(given.text, namesOfStep(caller, scenario)));
  return declared?.default ? asText(evaluateTemplate(declared.default.text, namesOfStep(caller, scenario))) : known('');
}
