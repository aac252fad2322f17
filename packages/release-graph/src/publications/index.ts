/** What is pushed to registries and published to package indexes, and what proves it. */
export { findCopies } from './copies.ts';
export { findPublications } from './publish.ts';
export type { Published } from './publish.ts';
export { shadowBuilds } from './shadow.ts';
export { findRebuilds } from './rebuilds.ts';
