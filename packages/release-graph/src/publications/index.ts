/** What is pushed to registries and published to package indexes, and what proves it. */
export { findPublications } from './publish.ts';
export type { Published } from './publish.ts';
