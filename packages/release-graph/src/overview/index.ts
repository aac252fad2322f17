/** What is released, as nodes and links to be shown. */
export { overviewOf } from './overview.ts';
export type { OverviewParts } from './parts.ts';
