export type { ShipsInput, ShipsTextOptions } from './input.ts';
export { shipsJson } from './json.ts';
export { shipsPaths } from './paths.ts';
export { shipsText } from './text.ts';
export { shipsTree } from './tree.ts';
export { shipsWhy } from './why.ts';
