export { check } from './check/check.ts';
export { openWorkspace } from './check/workspace.ts';
export type { OpenedWorkspace } from './check/workspace.ts';
export type { Configuration, Lane, Level, RuleSetting } from './configure/configuration.ts';
export { engineRules } from './engine-rules.ts';
export type { EngineRule } from './engine-rules.ts';
export type * from './model.ts';
