import type { JobInstance, Lanes, StepInstance, WorkflowInstance } from '../lanes/model.ts';
import type { Assumption, Ternary, Unknown } from './model.ts';
import type { Possible } from './possible.ts';

/** One run as it is thought through: what starts it, and what fails in it. Holds what was computed, each once. */
export interface Scenario {
  readonly assumption: Assumption;
  /** What fails, up through the actions and workflows that call it; innermost first. */
  readonly failures: readonly Failure[];
  readonly jobs: Map<WorkflowInstance, ReadonlyMap<string, JobState>>;
  readonly values: WeakMap<object, Map<string, Possible | 'open'>>;
  /** How many names the value that is computed now leads through. */
  depth: number;
}

export type Failure =
  | {
      readonly step: StepInstance;
      /** Whether the steps behind it see it: not with `continue-on-error`. */
      readonly seen: Ternary;
    }
  | { readonly job: JobInstance; readonly seen: Ternary };

/** What becomes of a job. */
export interface JobState {
  readonly runs: Ternary;
  readonly unknowns: readonly Unknown[];
  /** Whether it ends in success, with all that it needs; and whether something before or in it failed. */
  readonly succeeded: Ternary;
  readonly failed: Ternary;
  /** `needs.ID.result` */
  readonly result: Possible;
}

const scenarios = new WeakMap<Lanes, Map<string, Scenario>>();

/** The scenario of an assumption in which nothing fails, made once for all who ask. */
export function scenarioOf(lanes: Lanes, assumption: Assumption): Scenario {
  const known = scenarios.get(lanes) ?? new Map<string, Scenario>();
  scenarios.set(lanes, known);
  return keep(known, assumption, () => []);
}

const failing = new WeakMap<object, Map<string, Scenario>>();

/** The same in which a step or job fails, with what fails for it. */
export function failingScenario(failed: object, assumption: Assumption, failures: () => readonly Failure[]): Scenario {
  const known = failing.get(failed) ?? new Map<string, Scenario>();
  failing.set(failed, known);
  return keep(known, assumption, failures);
}

/** The same for assumptions of the same. */
export function assumptionKey({ event, action, ref, fork, merged, stranger }: Assumption): string {
  return [event, action, ref, fork, merged, stranger].map((one) => String(one ?? '')).join('\0');
}

function keep(known: Map<string, Scenario>, assumption: Assumption, failures: () => readonly Failure[]): Scenario {
  const key = assumptionKey(assumption);
  const scenario = known.get(key) ?? newScenario(assumption, failures());
  known.set(key, scenario);
  return scenario;
}

export function newScenario(assumption: Assumption, failures: readonly Failure[]): Scenario {
  return { assumption, failures, jobs: new Map(), values: new WeakMap(), depth: 0 };
}

export function and(all: Iterable<Ternary>): Ternary {
  let result: Ternary = true;
  for (const one of all) {
    if (one === false) return false;
    if (one === 'unknown') result = 'unknown';
  }
  return result;
}

export function or(all: Iterable<Ternary>): Ternary {
  let result: Ternary = false;
  for (const one of all) {
    if (one === true) return true;
    if (one === 'unknown') result = 'unknown';
  }
  return result;
}

export function not(one: Ternary): Ternary {
  return one === 'unknown' ? one : !one;
}
