/** Where images and actions are named in order to be used. */
export { fileReferences } from './file-references.ts';
export { distinctReferences } from './image-reference.ts';
export { workflowReferences } from './workflow-references.ts';
export { overriddenBases } from './overridden-bases.ts';
