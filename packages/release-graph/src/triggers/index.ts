/** Who starts a run, what it may do and which caches it writes. */
export { factsOf } from './events.ts';
export { reachesOf } from './reach.ts';
export { strangerField } from './strangers.ts';
export type { Stranger } from './strangers.ts';
export type * from './model.ts';
