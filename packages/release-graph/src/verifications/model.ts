import type { Range } from '@plimsoll/documents';
import type { DeployedImage } from '../deployments/model.ts';
import type { Origin } from '../model.ts';
import type { Related } from '../value-model.ts';

/** A signature or an attestation is checked. One for each place, with all legs and calls. */
export interface Verification {
  /** How it is called: `cosign verify`, `gh attestation verify`. */
  readonly how: string;
  readonly verifies: 'signature' | 'attestation';
  /** The step's `uses:` value, or the first line of the command. */
  readonly range: Range;
  readonly origin: Origin;
  readonly of: 'image' | 'file';
  readonly subjects: readonly Subject[];
  /** What is wrong with what it demands, each once. Empty: it proves who made its subject. */
  readonly laxities: readonly Laxity[];
  /** What swallows its failure: `|| true`, `continue-on-error`. */
  readonly swallowed?: Related;
}

/** What is signed, attested, verified or scanned. */
export type Subject = Pick<DeployedImage, 'range' | 'value' | 'name' | 'by' | 'identity' | 'digest' | 'through'>;

export interface Laxity {
  readonly kind:
    /** Any repository of the owner is accepted; `owner-prefix`: of other owners as well, whose names start alike. */
    | 'owner-only'
    | 'owner-prefix'
    | 'repository-prefix'
    | 'any-identity'
    | 'no-identity'
    | 'any-issuer'
    | 'no-issuer'
    | 'no-log'
    | 'no-certificate-log'
    | 'no-claims';
  /** The option, or the command's first line where one is missing. */
  readonly at: Range;
  readonly written?: string;
}

/** `cosign sign`, `cosign attest`, `notation sign`: what makes a signature or an attestation of a subject that it names. */
export interface SubjectUse {
  readonly how: string;
  readonly does: 'sign' | 'attest' | 'verify';
  readonly range: Range;
  readonly origin: Origin;
  readonly of: 'image' | 'file';
  readonly subjects: readonly Subject[];
  /** A verification that demands too little in other ways than by its subject. */
  readonly lax?: true;
}

/** A search for vulnerabilities, secrets or broken policies in an image or in files. */
export interface Scan {
  /** `trivy image`, `aquasecurity/trivy-action`. */
  readonly how: string;
  /** The step's `uses:` value, or the first line of the command. */
  readonly range: Range;
  readonly origin: Origin;
  readonly of: 'image' | 'files' | 'unknown';
  readonly subjects: readonly Subject[];
  /** Whether a finding makes the step fail; `unknown` where an option that decides is not known. */
  readonly fails: boolean | 'unknown';
}
