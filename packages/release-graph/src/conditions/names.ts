import type { EnvVariable, MappedText, YamlNode } from '@plimsoll/documents';
import { readExpressions } from '@plimsoll/documents';
import { sameName } from '../lanes/inputs.ts';
import { expandMatrix } from '../lanes/matrix.ts';
import type { JobInstance, StepInstance, WorkflowInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import type { Resolved } from '../values/resolved.ts';
import { isNeutralStep } from './changes.ts';
import { evaluateExpression } from './evaluate.ts';
import type { ConditionScope } from './evaluate.ts';
import { githubField } from './github-context.ts';
import { asText, concatenated, either, fromParts, known, nothing, unknownValue } from './possible.ts';
import type { Possible } from './possible.ts';
import type { Scenario } from './scenario.ts';
import { actionInput, dispatched, workflowInput } from './inputs.ts';
import { jobState, outcomeOf } from './status.ts';

/** Values that lead through more names than this are unknown: names may go in a circle. */
const maxDepth = 40;

/** What the names in the keys of a job stand for. */
export function namesOfJob(job: JobInstance, scenario: Scenario): (path: readonly string[]) => Possible {
  return remembering(job, scenario, (path) => ofJob(job, path, scenario));
}

/** The same in a step. */
export function namesOfStep(step: StepInstance, scenario: Scenario): (path: readonly string[]) => Possible {
  return remembering(step, scenario, (path) => ofStep(step, path, scenario));
}

/** A text with `${{ }}` in it. */
export function evaluateTemplate(text: MappedText, names: ConditionScope['context']): Possible {
  if (!text.text.includes('${{')) return known(text.text);
  const scope: ConditionScope = { context: names, status: () => ({ canBeTrue: true, canBeFalse: true }) };
  const pieces: Possible[] = [];
  let at = 0;
  for (const part of readExpressions(text)) {
    if (part.start > at) pieces.push(known(text.text.slice(at, part.start)));
    pieces.push(part.expression ? evaluateExpression(part.expression, scope) : unknownValue(part.text));
    at = part.end;
  }
  if (at < text.text.length) pieces.push(known(text.text.slice(at)));
  const [only, more] = pieces;
  return only && !more ? only : concatenated(pieces);
}

function remembering(
  place: object,
  scenario: Scenario,
  compute: (path: readonly string[]) => Possible,
): (path: readonly string[]) => Possible {
  const memo = scenario.values.get(place) ?? new Map<string, Possible | 'open'>();
  scenario.values.set(place, memo);
  return (path) => {
    const key = path.join('\0').toLowerCase();
    const found = memo.get(key);
    if (found !== undefined && found !== 'open') return found;
    if (found === 'open' || scenario.depth >= maxDepth) return unknownValue(path.join('.'));
    memo.set(key, 'open');
    scenario.depth++;
    try {
      const value = compute(path);
      memo.set(key, value);
      return value;
    } finally {
      scenario.depth--;
    }
  };
}

function ofStep(step: StepInstance, path: readonly string[], scenario: Scenario): Possible {
  const [context, first, second, third] = path;
  if (context === 'env' && first !== undefined) return variableOf(step, first, scenario);
  if (context === 'inputs' && step.action && first !== undefined) return actionInput(step, first, scenario);
  if (context === 'steps' && first !== undefined) {
    const source = step.siblings.find((one) => one.step.id !== undefined && sameName(one.step.id, first));
    if (!source) return first === '*' ? unknownValue(path.join('.')) : nothing;
    if (second === 'outcome' || second === 'conclusion') return outcomeOf(source, second, scenario);
    return second === 'outputs' && third !== undefined
      ? stepOutput(source, third, path, scenario)
      : unknownValue(path.join('.'));
  }
  if (context === 'job' && first === 'status') return known('success');
  return step.job ? namesOfJob(step.job, scenario)(path) : unknownValue(path.join('.'));
}

function ofJob(job: JobInstance, path: readonly string[], scenario: Scenario): Possible {
  const [context, first, ...rest] = path;
  switch (context) {
    case 'github':
      // In the event they are texts, whatever their types.
      if (first === 'event' && rest[0] === 'inputs') return asText(dispatched(job.instance, rest[1], scenario));
      return githubField(job, path.slice(1), scenario.assumption);
    case 'env':
      return first === undefined ? unknownValue('env') : (variableOfJob(job, first, scenario) ?? nothing);
    case 'inputs':
      return first === undefined ? [{ structure: 'inputs' }] : workflowInput(job.instance, first, scenario);
    case 'secrets':
      return secret(job, first, scenario);
    case 'matrix':
      return matrixField(job, path.slice(1), scenario);
    case 'needs':
      return first === undefined ? [{ structure: 'needs' }] : needed(job, first, rest, scenario);
    case 'steps': {
      const last = job.steps.at(-1);
      return last && first !== undefined ? namesOfStep(last, scenario)(path) : unknownValue(path.join('.'));
    }
    case 'runner':
    case 'strategy':
      return unknownValue(path.join('.'), { neutral: true });
    default:
      return unknownValue(path.join('.'));
  }
}

function needed(job: JobInstance, id: string, [field, output]: readonly string[], scenario: Scenario): Possible {
  const of = (name: string): JobInstance | undefined =>
    job.job.needs.some((need) => sameName(need.value, name))
      ? job.instance.jobs.find((one) => sameName(one.job.id, name))
      : undefined;
  if (id === '*') {
    if (field !== 'result') return unknownValue(`needs.*.${field ?? ''}`);
    const jobs = job.job.needs.flatMap((need) => of(need.value) ?? []);
    return [{ items: jobs.map((one) => jobState(one, scenario).result) }];
  }
  const source = of(id);
  if (!source) return nothing;
  if (field === 'result') return jobState(source, scenario).result;
  if (field === 'outputs' && output !== undefined) return jobOutput(source, output, scenario);
  return [{ structure: `needs.${id}` }];
}

/** A job that does not run gives nothing. */
function jobOutput(job: JobInstance, name: string, scenario: Scenario): Possible {
  const state = jobState(job, scenario);
  if (state.runs === false) return known('');
  const value = outputWhenRun(job, name, scenario);
  return state.runs === true ? value : either([value, known('')]);
}

function outputWhenRun(job: JobInstance, name: string, scenario: Scenario): Possible {
  const label = `needs.${job.job.id}.outputs.${name}`;
  if (job.calls) {
    const declared = job.calls.workflow.callOutputs.find((one) => sameName(one.name, name));
    return declared ? asText(evaluateTemplate(declared.text, outputNames(job.calls, scenario))) : known('');
  }
  if (job.job.uses) return unknownValue(label);
  const declared = job.job.outputs.find((one) => sameName(one.name, name));
  return declared ? asText(evaluateTemplate(declared.text, namesOfJob(job, scenario))) : known('');
}

function outputNames(instance: WorkflowInstance, scenario: Scenario): ConditionScope['context'] {
  return (path) => {
    const [root, id, field, output] = path;
    const job =
      root === 'jobs' ? instance.jobs.find((one) => id !== undefined && sameName(one.job.id, id)) : instance.jobs[0];
    if (root !== 'jobs') return job ? namesOfJob(job, scenario)(path) : unknownValue(path.join('.'));
    if (!job) return nothing;
    if (field === 'result') return jobState(job, scenario).result;
    return field === 'outputs' && output !== undefined
      ? jobOutput(job, output, scenario)
      : unknownValue(path.join('.'));
  };
}

function stepOutput(step: StepInstance, output: string, path: readonly string[], scenario: Scenario): Possible {
  if (step.calls) {
    const declared = step.calls.outputs.find((one) => sameName(one.name, output));
    const inner = step.steps.at(-1);
    return declared && inner
      ? asText(evaluateTemplate(declared.text, namesOfStep(inner, scenario)))
      : unknownValue(path.join('.'));
  }
  const name = path.join('.');
  if (isNeutralStep(step) || output === 'cache-hit') return unknownValue(name, { neutral: true });
  return fromResolved(scopeOfStep(step).context(path), name);
}

/** The own `env` of a step, that of the step which calls its action, what earlier steps wrote, the job's, the workflow's. */
function variableOf(step: StepInstance, name: string, scenario: Scenario): Possible {
  const own = find(step.step.env, name);
  if (own) return asText(evaluateTemplate(own.text, namesOfStep(step, scenario)));
  if (isWritten(step, name)) return fromResolved(scopeOfStep(step).context(['env', name]), `env.${name}`);
  if (step.caller) return variableOf(step.caller, name, scenario);
  return (step.job && variableOfJob(step.job, name, scenario)) ?? nothing;
}

function isWritten(step: StepInstance, name: string): boolean {
  return step.siblings.some(
    (one) =>
      one.step.index < step.step.index &&
      (one.step.run?.value.includes('GITHUB_ENV') ?? false) &&
      (one.step.run?.value.includes(name) ?? false),
  );
}

function variableOfJob(job: JobInstance, name: string, scenario: Scenario): Possible | undefined {
  const entry = find(job.job.env, name) ?? find(job.workflow.env, name);
  return entry && asText(evaluateTemplate(entry.text, namesOfJob(job, scenario)));
}

function find(env: readonly EnvVariable[], name: string): EnvVariable | undefined {
  return env.find((one) => one.name === name);
}

/** A run of a fork's pull request has none but its token. */
function secret(job: JobInstance, name: string | undefined, { assumption }: Scenario): Possible {
  if (name === undefined) return [{ structure: 'secrets' }];
  const text = `secrets.${name}`;
  if (name.toUpperCase() === 'GITHUB_TOKEN') return unknownValue(text, { truthy: true });
  if (assumption.event === 'pull_request' && assumption.fork === true) return known('');
  const { caller } = job.instance;
  const given = caller?.job.secrets;
  if (given !== undefined && given !== 'inherit' && !given.some((one) => sameName(one.name, name))) return known('');
  return unknownValue(text, { neutral: true });
}

function matrixField(job: JobInstance, path: readonly string[], scenario: Scenario): Possible {
  const name = `matrix.${path.join('.')}`;
  const { matrix } = job.job;
  const legs = job.leg ? [job.leg] : matrix ? expandMatrix(matrix) : [];
  if (path.length === 0 || (matrix?.dynamic !== undefined && !job.leg)) return unknownValue(name, { neutral: true });
  const values = legs.map((leg) => fieldOf(leg.get(path[0] ?? ''), path.slice(1), job, scenario));
  return values.length === 0 ? nothing : either(values);
}

function fieldOf(node: YamlNode | undefined, path: readonly string[], job: JobInstance, scenario: Scenario): Possible {
  let at = node;
  for (const key of path) at = at?.type === 'map' ? at.entries.find((entry) => entry.key === key)?.value : undefined;
  if (!at) return nothing;
  if (at.type !== 'scalar') return [{ structure: 'a value of the matrix' }];
  if (!at.text.text.includes('${{')) return known(at.value);
  return evaluateTemplate(at.text, namesOfJob(job, scenario));
}

function fromResolved(value: Resolved, name: string): Possible {
  if (value.forms.length === 0) return unknownValue(name);
  return either(
    value.forms.map((form) => [
      fromParts(form.map((part) => (typeof part === 'string' ? part : { unknown: part.unknown }))),
    ]),
  );
}
