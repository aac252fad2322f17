export { runAction } from './action.ts';
export type { Surroundings } from './action.ts';
