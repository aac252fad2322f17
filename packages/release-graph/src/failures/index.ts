/** Failures that the lane goes on after. */
export { swallowedFailures } from './find.ts';
