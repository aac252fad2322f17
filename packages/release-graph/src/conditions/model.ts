import type { Stranger } from '../triggers/strangers.ts';
import type { ValueForm } from '../value-model.ts';

/** What is taken for given when a condition is asked: the event that starts the run, and where it comes from. */
export interface Assumption {
  /** `push`, `pull_request` …; without it: any event that starts the workflow. */
  readonly event?: string;
  /** The activity type, `github.event.action`; without it: any of those that the trigger names. */
  readonly action?: string;
  /** What the run stands on; without it: whatever the trigger lets through. */
  readonly ref?: 'default-branch' | 'branch' | 'tag';
  /** The pull request comes from a fork, which has no secrets under `pull_request`. */
  readonly fork?: boolean;
  /** The pull request is merged: known to be false unless it is closed. */
  readonly merged?: boolean;
  /** Somebody without rights causes the run: what is asked of the author, or of others who lend a hand, does not hold. */
  readonly stranger?: Stranger;
}

export type Ternary = boolean | 'unknown';

/** Something that a condition reads and that is not known before the run. */
export interface Unknown {
  /** As it is read: `needs.plan.outputs.publish`. */
  readonly unknown: string;
  /** Never empty, and never `false`. */
  readonly truthy?: true;
  /** Equals no text that someone writes in a workflow, such as the name of whoever starts the run. */
  readonly unnamed?: true;
  /** The checked repository or its owner: equal to what a workflow compares it with, since it is judged where it is at home. */
  readonly home?: true;
  /** It says nothing of the event or of who caused it: which files changed, which leg of a matrix, what a cache holds. */
  readonly neutral?: true;
}

/** What is known of a condition. */
export interface ConditionResult {
  readonly result: Ternary;
  /** What it depends on and is not known; empty where the result is. */
  readonly unknowns: readonly Unknown[];
}

/** What a string with expressions gives under an assumption. */
export interface AssumedValue {
  /** What it can look like, with what is unknown by its name. */
  readonly forms: readonly ValueForm[];
  /** The texts that are wholly known. */
  readonly values: readonly string[];
  /** Whether `values` are all. */
  readonly complete: boolean;
}
