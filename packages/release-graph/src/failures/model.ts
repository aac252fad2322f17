import type { Range } from '@plimsoll/documents';
import type { Origin } from '../model.ts';
import type { Related } from '../value-model.ts';

/** What a step or command does for a release. `deploy`: it makes something run. `release`: it makes a release of GitHub. */
export type Doing = 'build' | 'push' | 'publish' | 'sign' | 'attest' | 'verify' | 'scan' | 'deploy' | 'release';

/** Something by which the lane goes on though a step of it has failed. One for each place to change. */
export interface SwallowedFailure {
  /**
   * `continue-on-error`: of a step or a job; `input`: of a called workflow. `fallback`: `|| true`. `errexit`: `set +e`, or a
   * shell without it. `pipe`: the last command alone decides. `substitution`: `$(…)` in an argument. `branch`: `if ! …; then echo …; fi`.
   * `condition`: an `if:` that holds though something failed.
   */
  readonly by:
    'continue-on-error' | 'input' | 'fallback' | 'errexit' | 'pipe' | 'substitution' | 'branch' | 'condition';
  readonly of: 'command' | 'step' | 'job';
  /** The place to change. */
  readonly at: Range;
  readonly does: Doing;
  /** How that is called: `cosign sign`, `docker/build-push-action`. */
  readonly how: string;
  /** Where it stands. */
  readonly range: Range;
  readonly origin: Origin;
  /** Of a condition: what can have failed, in reading order. */
  readonly despite: readonly Related[];
}
