import type { Input, Range } from '@plimsoll/documents';
import { evaluateText } from '../values/expressions.ts';
import { literal, oneOf, unknown, withDefinition } from '../values/resolved.ts';
import type { Resolved } from '../values/resolved.ts';
import type { StepInstance, WorkflowInstance } from './model.ts';
import { scopeOfJob, scopeOfStep } from './scope.ts';

/** `inputs.NAME` in a workflow: what its caller gives, or what a person may type in. */
export function resolveWorkflowInput(instance: WorkflowInstance, name: string): Resolved {
  const { workflow, caller } = instance;
  const called = find(workflow.callInputs, name);
  if (caller) {
    const given = caller.job.with.find((one) => sameName(one.name, name));
    if (!given) return defaultOf(called) ?? literal('');
    const value = evaluateText(given.value, scopeOfJob(caller), given.text);
    return withDefinition(called && !isText(called) ? { ...value, untrusted: [] } : value, {
      at: given.range,
      label: `the caller sets ${name}`,
    });
  }
  const events = workflow.triggers.map((trigger) => trigger.event);
  const ways: Resolved[] = [];
  const typed = find(workflow.dispatchInputs, name);
  if (typed && events.includes('workflow_dispatch')) ways.push(typedIn(typed));
  if (called && events.includes('workflow_call')) ways.push(setBySomeCaller(called));
  if (ways.length === 0 || events.some((event) => event !== 'workflow_dispatch' && event !== 'workflow_call'))
    ways.push(literal(''));
  return oneOf(ways);
}

/** `inputs.NAME` in a composite action. */
export function resolveActionInput(step: StepInstance, name: string): Resolved {
  const input = find(step.action?.inputs ?? [], name);
  if (!step.caller) return oneOf([defaultOf(input) ?? literal(''), unknown(named(name), 'its callers set it')]);
  const given = step.caller.step.with.find((one) => sameName(one.name, name));
  if (!given) return defaultIn(step.caller, input) ?? literal('');
  return withDefinition(evaluateText(given.value, scopeOfStep(step.caller), given.text), {
    at: given.range,
    label: `the caller sets ${name}`,
  });
}

/** A default may read `github`, as in `${{ github.token }}`. */
function defaultIn(caller: StepInstance, input: Input | undefined): Resolved | undefined {
  if (!input?.default) return undefined;
  return withDefinition(
    evaluateText(input.default.value, scopeOfStep(caller), input.default.text),
    definitionOf(input),
  );
}

function typedIn(input: Input): Resolved {
  if (input.type === 'boolean') return defined(oneOf([literal('true'), literal('false')]), input);
  if (input.options && input.options.length > 0)
    return defined(oneOf(input.options.map((option) => literal(option))), input);
  const typed: Resolved = {
    ...unknown(named(input.name), `${input.name} is typed in when the workflow is started`),
    ...(isText(input) && {
      untrusted: [
        {
          path: `inputs.${input.name}`,
          what: TYPED,
          by: 'writers',
          events: ['workflow_dispatch'],
          range: input.nameRange,
        },
      ],
    }),
  };
  const preset = defaultOf(input);
  return defined(preset ? oneOf([preset, typed]) : typed, input);
}

const TYPED = 'what is typed in when the workflow is started';

/** A number, and the name of an environment, hold nothing that a script could run. */
function isText({ type }: Input): boolean {
  return type === undefined || type === 'string';
}

function setBySomeCaller(input: Input): Resolved {
  if (input.type === 'boolean') return defined(oneOf([literal('true'), literal('false')]), input);
  const set = unknown(named(input.name), `${input.name} is set by the workflow's callers`);
  const preset = defaultOf(input);
  return defined(preset ? oneOf([preset, set]) : set, input);
}

function defaultOf(input: Input | undefined): Resolved | undefined {
  if (!input?.default) return undefined;
  const { value } = input.default;
  return defined(value.includes('${{') ? unknown(value, 'its default is an expression') : literal(value), input);
}

function defined(value: Resolved, input: Input): Resolved {
  return withDefinition(value, definitionOf(input));
}

function definitionOf(input: Input): { at: Range; label: string } {
  return { at: input.default?.range ?? input.nameRange, label: `the input ${input.name}` };
}

function named(name: string): string {
  return `\${{ inputs.${name} }}`;
}

function find(inputs: readonly Input[], name: string): Input | undefined {
  return inputs.find((input) => sameName(input.name, name));
}

export function sameName(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}
