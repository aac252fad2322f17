export { unitNames, unitsOf } from './collect.ts';
export type * from './finding.ts';
export { defineRule } from './rule.ts';
export type * from './rule.ts';
export type * from './units.ts';
export { formatBytes, formatCount, formatList, sentence } from './words.ts';
export type * from '@plimsoll/documents';
export type * from '@plimsoll/build-context';
export type * from '@plimsoll/release-graph';
