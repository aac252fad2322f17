import type { BuildsFound } from '../builds/index.ts';
import type { Lanes } from '../lanes/model.ts';
import type { Scan, SubjectUse, Verification } from '../model.ts';

export interface Proofs {
  readonly verifications: readonly Verification[];
  readonly subjectUses: readonly SubjectUse[];
  readonly scans: readonly Scan[];
}

/** The steps and commands that sign, attest, verify and scan. */
export function findProofs(_lanes: Lanes, _found: BuildsFound): Proofs {
  return { verifications: [], subjectUses: [], scans: [] };
}
