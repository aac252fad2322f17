/** When steps and jobs run: GitHub's conditions in three values, under an assumed event. */
export type * from './model.ts';
export { assumptionsOf, rootInstance, triggered } from './events.ts';
export { conditionOf, isHidden, mayRun, mayRunDespite, runs, runsDespite, valueUnder } from './runs.ts';
export type { Runnable } from './runs.ts';
export { alwaysTrue } from './always-true.ts';
export type { AlwaysTrue } from './always-true.ts';
export { assumedScope } from './assumed-scope.ts';
