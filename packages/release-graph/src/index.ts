export { dockerfileAt } from './builds/dockerfiles.ts';
export { buildGraph } from './graph.ts';
export { alwaysTrue } from './conditions/index.ts';
export type { AlwaysTrue } from './conditions/index.ts';
export { imageNames } from './values/image-names.ts';
export type * from './model.ts';
export { recogniseCommand } from './tools/index.ts';
export type * from './tools/model.ts';
export * from './boundary/index.ts';
export * from './stages/index.ts';
export {
  deletionOf,
  holdsSecret,
  isBinaryName,
  maxSearchedBytes,
  searchVersion,
  secretMounts,
  secretTexts,
  secretTextsOfFile,
} from './leaks/index.ts';
export type { SecretText } from './leaks/index.ts';
export { isNxGraph } from './workspaces/graph-file.ts';
export type { NxGraphFile } from './workspaces/graph-file.ts';
export type * from './workspaces/model.ts';
export { isPublicName, looksLikeSecretName } from './secrets/names.ts';
export { looksLikeSecretValue, secretInValue } from './secrets/values.ts';
export * from './contract/index.ts';
export * from './ships/index.ts';
export { permissionEdits, withEdits } from './permissions/write.ts';
export type { TextEdit } from './permissions/write.ts';
export { propose } from './propose/index.ts';
export type { Proposal, ProposedFile } from './propose/index.ts';
