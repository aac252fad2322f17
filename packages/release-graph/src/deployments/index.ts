/** What the workflows make run, and by what its images are named. */
export { findDeployments } from './find.ts';
