import type { Action, Job, Step, Workflow, YamlNode } from '@plimsoll/documents';
import type { Documents, Origin } from '../model.ts';

/** All that runs: the jobs of each workflow, and those of the local workflows that they call, once for each call. */
export interface Lanes {
  readonly documents: Documents;
  readonly workflows: readonly WorkflowInstance[];
  /** Jobs of all instances. A job with a matrix is here once: its values are those of all legs (see `legsOf`). */
  readonly jobs: readonly JobInstance[];
  /** Steps of all jobs, with those of the local composite actions that they call behind the calling step, once for each call. */
  readonly steps: readonly StepInstance[];
}

export interface WorkflowInstance {
  readonly workflow: Workflow;
  /** The job that calls it. */
  readonly caller?: JobInstance;
  readonly jobs: readonly JobInstance[];
}

export interface JobInstance {
  readonly lanes: Lanes;
  readonly instance: WorkflowInstance;
  readonly workflow: Workflow;
  readonly job: Job;
  /** One combination of its matrix; undefined: all of them together. */
  readonly leg?: MatrixLeg;
  readonly origin: Origin;
  /** Its own steps; those of a composite action are in the calling step. */
  readonly steps: readonly StepInstance[];
  /** The local workflow that it calls. */
  readonly calls: WorkflowInstance | undefined;
}

export interface StepInstance {
  readonly step: Step;
  /** Undefined for a step of a composite action that nothing in the repository calls. */
  readonly job?: JobInstance;
  /** The composite action that it stands in. */
  readonly action?: Action;
  /** The step that calls this action. */
  readonly caller?: StepInstance;
  /** The steps it stands among, itself included. */
  readonly siblings: readonly StepInstance[];
  readonly origin: Origin;
  /** The local action that it calls, and the steps of it, where it is composite. */
  readonly calls: Action | undefined;
  readonly steps: readonly StepInstance[];
}

/** The values of one combination, by the axes' names. */
export type MatrixLeg = ReadonlyMap<string, YamlNode>;
