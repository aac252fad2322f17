import type { BuildsFound } from '../builds/index.ts';
import type { Lanes } from '../lanes/model.ts';
import type { Deployment, Publication, Verification } from '../model.ts';

/** The deployments of workflows and actions, each linked to what published its images and what verified them. */
export function findDeployments(
  _lanes: Lanes,
  _found: BuildsFound,
  _published: readonly Publication[],
  _verifications: readonly Verification[],
): readonly Deployment[] {
  return [];
}
