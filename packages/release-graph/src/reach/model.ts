import type { Range } from '@plimsoll/documents';
import type { Origin } from '../model.ts';
import type { Related } from '../value-model.ts';

/** A push, a release or a deployment that a pull request leads to, whoever opened it. One for each place to change. */
export interface PullRequestRelease {
  readonly does: 'push' | 'publish' | 'release' | 'deploy';
  /** What is pushed, as far as it is known; how it is released or deployed. */
  readonly what: readonly string[];
  /** What decides it: `push:`, `outputs:`, the input of the caller; else the step's `uses:` value or the first line of the command. */
  readonly at: Range;
  /** What stands there: `input`: that of the caller; `step`: a `uses:` value or a command. */
  readonly by: 'push' | 'outputs' | 'input' | 'step';
  /** The step's `uses:` value, or the first line of the command. */
  readonly range: Range;
  readonly origin: Origin;
  /** `pull_request`, `pull_request_target`, where each is named as a trigger. */
  readonly triggers: readonly Related[];
  /** A run with the rights of the repository: not one of a plain `pull_request`. */
  readonly privileged: boolean;
}

/** A `cancel-in-progress` that ends runs which publish. */
export interface CancelledPublication {
  /** The setting. */
  readonly at: Range;
  readonly group: Related;
  /** What it can cut off, in reading order. */
  readonly publications: readonly Related[];
  /** The event under which the next run ends it: `push`. */
  readonly event: string;
  /** The same setting with pull requests alone; undefined where nothing else starts the workflow. */
  readonly onPullRequests: boolean;
}
