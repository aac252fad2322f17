export { defineRule } from './rule.ts';
export type * from './rule.ts';
export type * from './units.ts';
