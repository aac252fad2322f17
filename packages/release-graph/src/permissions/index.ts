/** What the steps of lanes need of GITHUB_TOKEN, and what their jobs are granted. */
export { permissionNeeds } from './needs.ts';
export { leastPermissions } from './least.ts';
export { scopeGrants } from './scope-grants.ts';
