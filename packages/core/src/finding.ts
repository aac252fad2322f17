import type { Range } from '@plimsoll/documents';
import type { RelatedPlace, Severity } from './rule.ts';

/** A defect at its place, as the engine hands it to a reporter. */
export interface Finding {
  /** `package/defect`, or a syntax rule such as `syntax/dockerfile`. */
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  readonly at: Range;
  /** The other places of the chain, in reading order. */
  readonly related: readonly RelatedPlace[];
  /** The way of something through these places, `at` among them, from its source on. */
  readonly flow?: readonly RelatedPlace[];
}
