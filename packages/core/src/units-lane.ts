import type { Action, Job, Step, StringValue, Workflow } from '@plimsoll/documents';
import type {
  AlwaysTrue,
  CancelledPublication,
  PoisonedCache,
  Rebuild,
  PullRequestRelease,
  ScriptInjection,
  SwallowedFailure,
  ShadowBuild,
  UnrecordedLane,
  UntrustedCheckout,
  UntrustedRunner,
} from '@plimsoll/release-graph';

/** Units of the lane: when jobs and steps run, and what becomes of their failures. */
export interface LaneUnits {
  /** An `if:` of a job or a step; `alwaysTrue` where it is so by mistake. */
  condition: {
    readonly owner: Workflow | Action;
    readonly job?: Job;
    readonly step?: Step;
    readonly condition: StringValue;
    readonly alwaysTrue: AlwaysTrue | undefined;
  };
  /** A push, release or deployment that a pull request reaches. */
  pullRequestRelease: PullRequestRelease;
  /** Something by which the lane goes on though a step of it failed. */
  swallowedFailure: SwallowedFailure;
  /** A `cancel-in-progress` that ends runs which publish. */
  cancelledPublication: CancelledPublication;
  /** An expression that puts somebody's text into a script. */
  scriptInjection: ScriptInjection;
  /** Code of strangers in a run with rights. */
  untrustedCheckout: UntrustedCheckout;
  /** A cache that a publishing job restores, and that runs of strangers can write. */
  poisonedCache: PoisonedCache;
  /** A publishing job on a machine that strangers reach. */
  untrustedRunner: UntrustedRunner;
  /** An image that is published outside of the lane. */
  shadowBuild: ShadowBuild;
  /** An image that is built and pushed a second time. */
  rebuild: Rebuild;
  /** A workflow that publishes images of which it keeps no record. */
  unrecordedLane: UnrecordedLane;
}
