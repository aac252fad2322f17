import { readCondition } from '@plimsoll/documents';
import type { StringValue } from '@plimsoll/documents';
import type { JobInstance, StepInstance, WorkflowInstance } from '../lanes/model.ts';
import type { Truth } from '../values/truth.ts';
import { callsStatus, evaluateExpression } from './evaluate.ts';
import type { ConditionScope, StatusFunction } from './evaluate.ts';
import { triggered } from './events.ts';
import type { ConditionResult, Ternary, Unknown } from './model.ts';
import { evaluateTemplate, namesOfJob, namesOfStep } from './names.ts';
import { either, known, ternary, truthOfPossible, unknownsIn } from './possible.ts';
import type { Possible } from './possible.ts';
import { and, not, or, scenarioOf } from './scenario.ts';
import type { Failure, JobState, Scenario } from './scenario.ts';

/** What becomes of a job in a scenario. */
export function jobState(job: JobInstance, scenario: Scenario): JobState {
  const states = scenario.jobs.get(job.instance) ?? statesOf(job.instance, scenario);
  return states.get(job.job.id) ?? open;
}

const open: JobState = {
  runs: 'unknown',
  unknowns: [],
  succeeded: 'unknown',
  failed: 'unknown',
  result: either([known('success'), known('skipped')]),
};

/** Whether a step runs, its job and the steps that call it included. */
export function stepResult(step: StepInstance, scenario: Scenario): ConditionResult {
  const around = step.caller
    ? stepResult(step.caller, scenario)
    : step.job
      ? ownJobState(step.job, scenario)
      : { runs: 'unknown' as const, unknowns: [] };
  const outer = 'runs' in around ? around.runs : around.result;
  if (outer === false) return { result: false, unknowns: [] };
  const own = ownCondition(step, scenario);
  return resultOf(and([outer, own.result]), [...around.unknowns, ...own.unknowns]);
}

/** Whether a job runs does not hang on what fails in it. */
function ownJobState(job: JobInstance, scenario: Scenario): JobState {
  const fails = scenario.failures.some((one) => isOf(one, job));
  return jobState(job, fails ? scenarioOf(job.lanes, scenario.assumption) : scenario);
}

/** `steps.ID.outcome`, and `conclusion`, which is that after `continue-on-error`. */
export function outcomeOf(step: StepInstance, field: 'outcome' | 'conclusion', scenario: Scenario): Possible {
  const failure = scenario.failures.find((one) => 'step' in one && one.step.step === step.step);
  if (failure) {
    if (field === 'outcome' || failure.seen === true) return known('failure');
    return failure.seen === false ? known('success') : either([known('failure'), known('success')]);
  }
  const { result } = ownCondition(step, scenario);
  if (result === true) return known('success');
  return result === false ? known('skipped') : either([known('success'), known('skipped')]);
}

/** All jobs of a workflow, each behind those that it needs: a chain of them may be longer than the stack is deep. */
function statesOf(instance: WorkflowInstance, scenario: Scenario): ReadonlyMap<string, JobState> {
  const states = new Map<string, JobState>();
  scenario.jobs.set(instance, states);
  const around = instance.caller ? jobState(instance.caller, scenario) : rootState(instance, scenario);
  for (const { job, needs } of inOrder(instance)) states.set(job.job.id, stateOf(job, needs, around, states, scenario));
  return states;
}

function rootState(
  { workflow, jobs }: WorkflowInstance,
  { assumption }: Scenario,
): Pick<JobState, 'runs' | 'unknowns'> {
  const [first] = jobs;
  return { runs: first ? triggered(workflow, assumption, first.lanes.documents) : true, unknowns: [] };
}

interface OrderedJob {
  readonly job: JobInstance;
  readonly needs: readonly string[];
}

const orders = new WeakMap<WorkflowInstance, readonly OrderedJob[]>();

function inOrder(instance: WorkflowInstance): readonly OrderedJob[] {
  const known = orders.get(instance) ?? sorted(instance);
  orders.set(instance, known);
  return known;
}

/** Jobs that need each other in a circle are left out: GitHub refuses the workflow. */
function sorted({ jobs }: WorkflowInstance): readonly OrderedJob[] {
  const ids = new Map(jobs.map((job) => [job.job.id.toLowerCase(), job]));
  const dependents = new Map<string, JobInstance[]>();
  const open = new Map<JobInstance, number>();
  const needsOf = (job: JobInstance): readonly string[] => [
    ...new Set(job.job.needs.flatMap(({ value }) => ids.get(value.toLowerCase())?.job.id ?? [])),
  ];
  for (const job of jobs) {
    const needs = needsOf(job);
    open.set(job, needs.length);
    for (const need of needs) {
      const some = dependents.get(need) ?? [];
      some.push(job);
      dependents.set(need, some);
    }
  }
  const ordered: OrderedJob[] = [];
  const ready = jobs.filter((job) => open.get(job) === 0);
  for (let job = ready.pop(); job; job = ready.pop()) {
    ordered.push({ job, needs: needsOf(job) });
    for (const dependent of dependents.get(job.job.id) ?? []) {
      const left = (open.get(dependent) ?? 0) - 1;
      open.set(dependent, left);
      if (left === 0) ready.push(dependent);
    }
  }
  return ordered;
}

function stateOf(
  job: JobInstance,
  needs: readonly string[],
  around: Pick<JobState, 'runs' | 'unknowns'>,
  states: ReadonlyMap<string, JobState>,
  scenario: Scenario,
): JobState {
  const needed = needs.map((id) => states.get(id) ?? open);
  const succeeded = and(needed.map((one) => one.succeeded));
  const failed = or(needed.map((one) => one.failed));
  const condition = evaluateIf(job.job.if, namesOfJob(job, scenario), statusIn(succeeded, failed));
  const runs = and([around.runs, condition.result]);
  const fromNeeds = succeeded === 'unknown' ? needed.flatMap((one) => one.unknowns) : [];
  const { unknowns } = resultOf(runs, [...around.unknowns, ...condition.unknowns, ...fromNeeds]);
  const failure = scenario.failures.find((one) => isOf(one, job));
  const own = failure ? not(failure.seen) : runs;
  return {
    runs,
    unknowns,
    succeeded: and([succeeded, failure ? own : runs]),
    failed: failure ? or([failed, failure.seen]) : failed,
    result: failure ? resultAfter(failure) : resultText(runs),
  };
}

function isOf(failure: Failure, { instance, job }: JobInstance): boolean {
  return 'job' in failure && failure.job.job === job && sameCall(failure.job.instance, instance);
}

function sameCall(a: WorkflowInstance, b: WorkflowInstance): boolean {
  return a === b || (a.workflow === b.workflow && a.caller?.job === b.caller?.job);
}

function resultAfter({ seen }: Failure): Possible {
  if (seen === 'unknown') return either([known('failure'), known('success')]);
  return known(seen ? 'failure' : 'success');
}

function resultText(runs: Ternary): Possible {
  if (runs === 'unknown') return either([known('success'), known('skipped')]);
  return known(runs ? 'success' : 'skipped');
}

/** A step sees the failures before it in its own list. */
function ownCondition(step: StepInstance, scenario: Scenario): ConditionResult {
  const failure = scenario.failures.find(
    (one) =>
      'step' in one &&
      one.step.step.index < step.step.index &&
      (step.siblings === one.step.siblings || step.siblings.some(({ step: sibling }) => sibling === one.step.step)),
  );
  const failed = failure ? failure.seen : false;
  return evaluateIf(step.step.if, namesOfStep(step, scenario), statusIn(not(failed), failed));
}

function statusIn(succeeded: Ternary, failed: Ternary): (name: StatusFunction) => Truth {
  const answers: Readonly<Record<StatusFunction, Ternary>> = {
    success: succeeded,
    failure: failed,
    cancelled: false,
    always: true,
  };
  return (name) => truthOfTernary(answers[name]);
}

function truthOfTernary(one: Ternary): Truth {
  return { canBeTrue: one !== false, canBeFalse: one !== true };
}

/** An `if:`; with text beside the expression, or with all of it in a tag, it is always true. */
function evaluateIf(
  condition: StringValue | undefined,
  context: ConditionScope['context'],
  status: ConditionScope['status'],
): ConditionResult {
  const success = ternary(status('success'));
  if (!condition || condition.tag) return { result: condition?.tag ? true : success, unknowns: [] };
  const { parts, mixed } = readCondition(condition.text);
  const [only] = parts;
  if (mixed || !only) return { result: and([success, true]), unknowns: [] };
  if (!only.expression) return { result: 'unknown', unknowns: [{ unknown: only.text }] };
  const read: Unknown[] = [];
  const scope: ConditionScope = {
    status,
    context: (path) => {
      const value = context(path);
      read.push(...unknownsIn(value), ...choiceOf(path, value));
      return value;
    },
  };
  const own = ternary(truthOfPossible(evaluateExpression(only.expression, scope)));
  return resultOf(callsStatus(only.expression) ? own : and([success, own]), read);
}

/** Some event, and some leg of a matrix, has each of the values; an output or a variable of a run has one of them. */
function choiceOf(path: readonly string[], value: Possible): readonly Unknown[] {
  const [context = ''] = path;
  if (value.length < 2) return [];
  return [{ unknown: path.join('.'), ...(/^(?:github|matrix|inputs)$/.test(context) && { neutral: true }) }];
}

function resultOf(result: Ternary, unknowns: readonly Unknown[]): ConditionResult {
  if (result !== 'unknown') return { result, unknowns: [] };
  return { result, unknowns: [...new Map(unknowns.map((one) => [one.unknown, one])).values()] };
}

/** Whether a failure here is seen by what comes behind: not with `continue-on-error`. */
export function isSeen(place: StepInstance | JobInstance, scenario: Scenario): Ternary {
  const setting = 'step' in place ? place.step.continueOnError : place.job.continueOnError;
  if (!setting) return true;
  const names = 'step' in place ? namesOfStep(place, scenario) : namesOfJob(place, scenario);
  const value = evaluateTemplate(setting.text, names);
  const texts = value.map((one) => ('known' in one ? String(one.known) : 'unknown'));
  if (texts.every((text) => text === 'true')) return false;
  return texts.some((text) => text === 'true' || text === 'unknown') ? 'unknown' : true;
}
