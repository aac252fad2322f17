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
  const jobs = lazy(() => workflow.jobs.map((job) => instantiateJob(lanes, instance, job)));
  const instance: WorkflowInstance = {
    workflow,
    ...(caller && { caller }),
    get jobs() {
      return jobs();
    },
  };
  return instance;
}

export function instantiateJob(lanes: Lanes, instance: WorkflowInstance, job: Job, leg?: MatrixLeg): JobInstance {
  const { workflow, caller } = instance;
  const callers = caller
    ? [
        ...caller.origin.callers,
        { workflow: caller.workflow, job: caller.job, at: caller.job.uses?.range ?? caller.job.idRange },
      ]
    : [];
  const steps = lazy(() => instantiateSteps(lanes, job.steps, { job: self }));
  const calls = lazy(() => followWorkflow(lanes, self));
  const self: JobInstance = {
    lanes,
    instance,
    workflow,
    job,
    ...(leg && { leg }),
    origin: { workflow, job, callers },
    get steps() {
      return steps();
    },
    get calls() {
      return calls();
    },
  };
  return self;
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
  for (const step of steps) siblings.push(instantiateStep(lanes, step, siblings, around));
  return siblings;
}

function instantiateStep(
  lanes: Lanes,
  step: Step,
  siblings: readonly StepInstance[],
  around: Surroundings,
): StepInstance {
  const calls = lazy(() => followAction(lanes.documents, self));
  const steps = lazy(() => {
    const action = calls();
    return action ? instantiateSteps(lanes, action.steps, { ...around, action, caller: self }) : [];
  });
  const self: StepInstance = {
    step,
    ...around,
    siblings,
    origin: originOf(step, around),
    get calls() {
      return calls();
    },
    get steps() {
      return steps();
    },
  };
  return self;
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
