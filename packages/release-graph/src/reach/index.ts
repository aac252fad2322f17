/** What pull requests lead to, and which runs that publish are cut off. */
export { cancelledPublications } from './cancelled.ts';
export { pullRequestReleases } from './pull-requests.ts';
export type { ReleaseParts } from './pull-requests.ts';
