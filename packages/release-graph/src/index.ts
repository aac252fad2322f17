export type * from './model.ts';
export { recogniseCommand } from './tools/index.ts';
export type * from './tools/model.ts';
export { isAllowList } from './boundary/allow-list.ts';
export { isWorkspaceRoot } from './boundary/workspace-root.ts';
export { sensitivityOf } from './boundary/sensitive-files.ts';
export type { Sensitivity } from './boundary/sensitive-files.ts';
export { isPublicName, looksLikeSecretName } from './secrets/names.ts';
export { looksLikeSecretValue, secretInValue } from './secrets/values.ts';
