/** What runs where: jobs and steps, with calls of local actions and workflows followed. */
export type { JobInstance, Lanes, MatrixLeg, StepInstance, WorkflowInstance } from './model.ts';
export { buildLanes } from './instances.ts';
export { legsOf } from './matrix.ts';
export { scopeOfJob, scopeOfStep } from './scope.ts';
