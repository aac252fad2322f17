export { defineRule } from './rule.ts';
export type * from './finding.ts';
export type * from './rule.ts';
export type * from './units.ts';
export { unitNames, unitsOf } from './collect.ts';
