export { TreeReadError } from './tree/tree.ts';
export type { Tree, TreeEntry } from './tree/tree.ts';
export type * from './model.ts';
