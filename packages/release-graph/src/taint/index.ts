/** Texts and code of strangers, and where they end up. */
export { findStrangers } from './strangers.ts';
export type * from './model.ts';
