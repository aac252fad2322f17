/** Where images and actions are named in order to be used. */
export { dockerfileReferences } from './dockerfile-references.ts';
export type { DockerfileUse } from './dockerfile-references.ts';
export { distinctReferences } from './image-reference.ts';
export { manifestReferences } from './manifest-references.ts';
export { ownRepository, withRepository } from './own-repository.ts';
export { workflowReferences } from './workflow-references.ts';
