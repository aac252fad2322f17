import type { Action, Job, Step, Uses, Workflow } from '@plimsoll/documents';
import type { Documents, Origin } from '../model.ts';
import { lazy } from '../lazy.ts';
import type { JobInstance, Lanes, MatrixLeg, StepInstance, WorkflowInstance } from './model.ts';

/** Calls nested deeper than this are not followed; GitHub allows ten. */
const maxDepth = 10;
const maxJobs = 5_000;
const maxSteps = 50_000;
const maxStepsOfJob = 2_000;

/** Follows the calls of local composite actions and reusable workflows; those of other repositories are opaque. */
export function buildLanes(documents: Documents): Lanes {
  const workflows = lazy(() => allWorkflows(lanes));
  const jobs = lazy(() =>
    workflows()
      .flatMap((instance) => instance.jobs)
      .slice(0, maxJobs),
  );
  const steps = lazy(() =>
    [...jobs().flatMap((job) => withCalledSteps(job.steps)), ...uncalledActionSteps(lanes, jobs())].slice(0, maxSteps),
  );
  const lanes: Lanes = {
    documents,
    get workflows() {
      return workflows();
    },
    get jobs() {
      return jobs();
    },
    get steps() {
      return steps();
    },
  };
  return lanes;
}

/** Each step and, behind it, the steps of the composite action that it calls; at most 2,000. */
export function withCalledSteps(steps: readonly StepInstance[]): readonly StepInstance[] {
  const found: StepInstance[] = [];
  const follow = (some: readonly StepInstance[]): void => {
    for (const step of some) {
      if (found.length >= maxStepsOfJob) return;
      found.push(step);
      follow(step.steps);
    }
  };
  follow(steps);
  return found;
}

/** Workflows that an event starts, or that no other calls, each followed by the workflows that it calls. */
function allWorkflows(lanes: Lanes): readonly WorkflowInstance[] {
  const { workflows } = lanes.documents;
  const called = new Set(
    [...workflows.values()].flatMap((workflow) =>
      workflow.jobs.map((job) => calledWorkflow(lanes.documents, job.uses)),
    ),
  );
  const found: WorkflowInstance[] = [];
  const follow = (instance: WorkflowInstance): void => {
    if (found.length >= maxJobs) return;
    found.push(instance);
    for (const job of instance.jobs) if (job.calls) follow(job.calls);
  };
  for (const workflow of workflows.values()) {
    if (!called.has(workflow) || workflow.triggers.some((trigger) => trigger.event !== 'workflow_call'))
      follow(instantiateWorkflow(lanes, workflow));
  }
  return found;
}

export function instantiateWorkflow(lanes: Lanes, workflow: Workflow, caller?: JobInstance): WorkflowInstance {
  return new LaneWorkflow(lanes, workflow, caller) as WorkflowInstance;
}

/** Classes, since there are many of them and few are asked for all: their getters cost no instance anything. */
class LaneWorkflow {
  readonly workflow: Workflow;
  readonly caller: JobInstance | undefined;
  readonly #lanes: Lanes;
  #jobs: readonly JobInstance[] | undefined;

  constructor(lanes: Lanes, workflow: Workflow, caller: JobInstance | undefined) {
    this.workflow = workflow;
    this.caller = caller;
    this.#lanes = lanes;
  }

  get jobs(): readonly JobInstance[] {
    return (this.#jobs ??= this.workflow.jobs.map((job) => instantiateJob(this.#lanes, this as WorkflowInstance, job)));
  }
}

export function instantiateJob(lanes: Lanes, instance: WorkflowInstance, job: Job, leg?: MatrixLeg): JobInstance {
  return new LaneJob(lanes, instance, job, leg) as JobInstance;
}

class LaneJob {
  readonly lanes: Lanes;
  readonly instance: WorkflowInstance;
  readonly workflow: Workflow;
  readonly job: Job;
  readonly leg: MatrixLeg | undefined;
  readonly origin: Origin;
  #steps: readonly StepInstance[] | undefined;
  #calls: WorkflowInstance | undefined | null = null;

  constructor(lanes: Lanes, instance: WorkflowInstance, job: Job, leg: MatrixLeg | undefined) {
    const { workflow, caller } = instance;
    this.lanes = lanes;
    this.instance = instance;
    this.workflow = workflow;
    this.job = job;
    this.leg = leg;
    this.origin = { workflow, job, callers: caller ? callersOf(caller) : [] };
  }

  get steps(): readonly StepInstance[] {
    return (this.#steps ??= instantiateSteps(this.lanes, this.job.steps, { job: this as JobInstance }));
  }

  get calls(): WorkflowInstance | undefined {
    if (this.#calls === null) this.#calls = followWorkflow(this.lanes, this as JobInstance);
    return this.#calls;
  }
}

function callersOf({ origin, workflow, job }: JobInstance): Origin['callers'] {
  return [...origin.callers, { workflow, job, at: job.uses?.range ?? job.idRange }];
}

function followWorkflow(lanes: Lanes, job: JobInstance): WorkflowInstance | undefined {
  const workflow = calledWorkflow(lanes.documents, job.job.uses);
  if (!workflow || workflow === job.workflow) return undefined;
  const above = job.origin.callers;
  if (above.length >= maxDepth || above.some((call) => call.workflow === workflow)) return undefined;
  return instantiateWorkflow(lanes, workflow, job);
}

function calledWorkflow(documents: Documents, uses: Uses | undefined): Workflow | undefined {
  return uses?.target === 'local' ? documents.workflows.get(uses.path ?? '') : undefined;
}

interface Surroundings {
  readonly job?: JobInstance;
  readonly action?: Action;
  readonly caller?: StepInstance;
}

function instantiateSteps(lanes: Lanes, steps: readonly Step[], around: Surroundings): readonly StepInstance[] {
  const siblings: StepInstance[] = [];
  for (const step of steps) siblings.push(new LaneStep(lanes, step, siblings, around) as StepInstance);
  return siblings;
}

class LaneStep {
  readonly step: Step;
  readonly job: JobInstance | undefined;
  readonly action: Action | undefined;
  readonly caller: StepInstance | undefined;
  readonly siblings: readonly StepInstance[];
  readonly origin: Origin;
  readonly #lanes: Lanes;
  #calls: Action | undefined | null = null;
  #steps: readonly StepInstance[] | undefined;

  constructor(lanes: Lanes, step: Step, siblings: readonly StepInstance[], around: Surroundings) {
    this.step = step;
    this.job = around.job;
    this.action = around.action;
    this.caller = around.caller;
    this.siblings = siblings;
    this.origin = originOf(step, around);
    this.#lanes = lanes;
  }

  get calls(): Action | undefined {
    if (this.#calls === null) this.#calls = followAction(this.#lanes.documents, this as StepInstance);
    return this.#calls;
  }

  get steps(): readonly StepInstance[] {
    return (this.#steps ??= this.#stepsOf(this.calls));
  }

  #stepsOf(action: Action | undefined): readonly StepInstance[] {
    if (!action) return [];
    const around = { ...(this.job && { job: this.job }), action, caller: this as StepInstance };
    return instantiateSteps(this.#lanes, action.steps, around);
  }
}

function originOf(step: Step, { job, action, caller }: Surroundings): Origin {
  const above = caller?.origin ?? job?.origin;
  const call =
    caller?.origin.workflow && caller.origin.job
      ? [
          {
            workflow: caller.origin.workflow,
            job: caller.origin.job,
            step: caller.step,
            at: caller.step.uses?.range ?? caller.step.range,
          },
        ]
      : [];
  return {
    ...(job && { workflow: job.workflow, job: job.job }),
    ...(action && { action }),
    step,
    callers: [...(above?.callers ?? []), ...call],
  };
}

function followAction(documents: Documents, step: StepInstance): Action | undefined {
  const action = localAction(documents, step.step.uses);
  let depth = 0;
  for (let at: StepInstance | undefined = step; at; at = at.caller) {
    if (at.action === action || ++depth > maxDepth) return undefined;
  }
  return action;
}

/** The `action.yml` that a local `uses:` names. */
export function localAction(documents: Documents, uses: Uses | undefined): Action | undefined {
  if (uses?.target !== 'local') return undefined;
  const folder = (uses.path ?? '').split('/').filter(Boolean).join('/');
  const inFolder = folder === '' ? '' : `${folder}/`;
  return documents.actions.get(`${inFolder}action.yml`) ?? documents.actions.get(`${inFolder}action.yaml`);
}

function uncalledActionSteps(lanes: Lanes, jobs: readonly JobInstance[]): readonly StepInstance[] {
  const called = new Set(jobs.flatMap((job) => withCalledSteps(job.steps).map((step) => step.calls)));
  const uncalled = [...lanes.documents.actions.values()].filter((action) => !called.has(action));
  return uncalled.flatMap((action) => withCalledSteps(instantiateSteps(lanes, action.steps, { action })));
}
