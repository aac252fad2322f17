import type { Publication } from '../publications/model.ts';

/** A workflow that publishes images of which it keeps no record: no file with digest and revision, and no attestation. */
export interface UnrecordedLane {
  /** The workflow in which the run starts, by path. */
  readonly workflow: string;
  /** The images without a record, in the order in which they stand. */
  readonly publications: readonly [Publication, ...Publication[]];
}
