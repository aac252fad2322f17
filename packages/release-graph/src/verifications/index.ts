/** What is verified and scanned, and what signatures and verifications are about. */
export { findProofs } from './find.ts';
export type { Proofs } from './find.ts';
