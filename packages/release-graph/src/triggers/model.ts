import type { Trigger, Workflow } from '@plimsoll/documents';

/**
 * Who starts a run by an event.
 * `anyone`: whoever has an account, by a pull request from a fork, an issue, a comment.
 * `approved`: the same, but somebody with rights lets each through: by a label, an environment, a check of the author.
 * `writers`: people who may push to the repository, or hold a token which may. `schedule`: the clock.
 * `service`: GitHub or an app. `callers`: workflows of other repositories.
 */
export type Starter = 'anyone' | 'approved' | 'writers' | 'schedule' | 'service' | 'callers';

/** `author`: whoever wrote it is known to be trusted. `consent`: somebody who is trusted has to act. */
export interface Gate {
  readonly kind: 'author' | 'consent';
  /** `the environment preview`. */
  readonly what: string;
}

/** One way in which a job comes to run. */
export interface Reach {
  readonly event: string;
  /** The workflow that declares the trigger: the job's own, or the one that calls it in the end. */
  readonly workflow: Workflow;
  readonly trigger: Trigger;
  readonly by: Starter;
  /** Where `by` is `approved`: what lets through. */
  readonly gate?: Gate;
  /** Whose code the workflow is, and a checkout without `ref` gets. */
  readonly code: 'default branch' | 'pull request' | 'ref';
  /** Whether a run that a stranger starts gets the job's secrets and write scopes. Under `pull_request` those of a fork do not. */
  readonly privileged: boolean;
  /** Whose caches the run writes. Each run also reads those of the default branch. */
  readonly cache: 'default branch' | 'pull request' | 'ref';
}
