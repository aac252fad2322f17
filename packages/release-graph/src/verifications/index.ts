/** What is verified and scanned, and what signatures and verifications are about. */
export { findProofs, subjectUses } from './find.ts';
export type { FoundVerification, Proofs } from './find.ts';
export { identify, isDigest, subjectOf } from './subject.ts';
