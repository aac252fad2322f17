/** Which images the repository builds, from what and with what. */
export { findBuilds } from './find.ts';
export type { BuildsFound } from './find.ts';
export { mergeBuilds } from './merge.ts';
export type { MergedBuild } from './merge.ts';
export { callKey, placeKey } from './found.ts';
export type { FoundBuild, NamedContext, Place, ProvenanceSetting } from './found.ts';
export { sitesOfEntry, sitesOfStep } from './call-sites.ts';
export type { CallSite } from './call-sites.ts';
