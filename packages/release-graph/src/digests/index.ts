/** The digests of what is pushed: what gives them, where they are read, and what wants one. */
export { findDigests } from './find.ts';
export type { DigestsFound } from './find.ts';
