import type { Range } from '@plimsoll/documents';
import type { Build, Origin, Publication } from '../model.ts';
import type { Link, Related, Value } from '../value-model.ts';

/** The digest of an image as its registry has it, by what makes it known. */
export interface Digest {
  /**
   * `build`: the build itself pushes. `push`: a command of its own does. `merge`: an index is made of what the builds of
   * single platforms pushed; its digest is the published one. `inspect`: a registry is asked for it.
   */
  readonly by: 'build' | 'push' | 'merge' | 'inspect';
  /** The step's `uses:` value, or the first line of the command. */
  readonly range: Range;
  readonly origin: Origin;
  /** Image names without tags. Empty where they are not known. */
  readonly names: readonly string[];
  /** `index`: of all platforms. `platform`: of one, which a merge puts into an index. `unknown`: of one image, which may be either. */
  readonly of: 'index' | 'platform' | 'unknown';
  /** The builds whose result it names; several for an index. */
  readonly builds: readonly Build[];
  /** Its images or the workflow are for tests, by their names. */
  readonly forTests?: true;
  /** What is published with it. Undefined for what is only a part of an index, and for an `inspect`. */
  readonly publication?: Publication;
  /** Of a platform's digest: the command that puts it into an index. */
  readonly mergedAt?: Related;
  /** Where it can be read. */
  readonly places: readonly DigestSource[];
  /** Where it is read, in the order of the text; what it goes through (`outputs:`, `env:`, files) included. */
  readonly reads: readonly DigestRead[];
  readonly fate: DigestFate;
}

/** Where a digest can be read. */
export type DigestSource =
  /** `steps.ID.outputs.NAME`; without an id nothing can read it. */
  | { readonly kind: 'output'; readonly step: string | undefined; readonly name: string }
  /** A file that the command writes. */
  | { readonly kind: 'file'; readonly path: string; readonly range?: Range }
  /** What the command prints. */
  | { readonly kind: 'stdout' };

export interface DigestRead {
  readonly at: Range;
  /** `output`: of a job, an action or a called workflow, from which others read on. */
  readonly kind: 'output' | 'variable' | 'input' | 'script' | 'file' | 'inspect';
  readonly label: string;
}

/**
 * `kept`: something reads or records it. `lost`: it goes nowhere. `passing`: nothing has to keep it: it stands for a
 * preview, a registry of the run, or a part of an index. `opaque`: it cannot be told.
 */
export type DigestFate =
  | { readonly status: 'kept'; readonly by: Related }
  | { readonly status: 'lost' }
  | { readonly status: 'passing'; readonly reason: string }
  | { readonly status: 'opaque'; readonly reason: string };

/** An expression that wants a digest. */
export interface DigestUse {
  /** The expression, without what stands around it. */
  readonly range: Range;
  /** What is read: `steps.push.outputs.digest`. */
  readonly written: string;
  readonly origin: Origin;
  readonly wants: DigestPurpose;
  readonly digest: DigestLink;
}

/** What the digest is for. `other`: an input, a variable or a command that is none of these. */
export type DigestPurpose = 'attestation' | 'signature' | 'verification' | 'deployment' | 'merge' | 'output' | 'other';

/** What a use resolves to: one digest or, where legs or conditions decide, several. */
export type DigestLink = Link<readonly Digest[]> | DanglingDigest;

export interface DanglingDigest {
  readonly status: 'dangling';
  readonly because:
    | 'no-step'
    | 'later-step'
    | 'no-output'
    | 'no-push'
    | 'no-job'
    | 'not-needed'
    | 'no-job-output'
    | 'matrix'
    | 'platform';
  /** The reason in words: `job "report" has no step "push"`. */
  readonly reason: string;
  /** What to write instead, where it is known. */
  readonly instead?: string;
  /** The place to change, where that is not the expression: a job's output. */
  readonly at?: Range;
  readonly related: readonly Related[];
}

/** What an attestation says it is of. */
export interface AttestationSubject {
  readonly kind: 'actions-attest' | 'slsa-generator' | 'cosign-attest';
  /** The step's `uses:` value, or the first line of the command. */
  readonly range: Range;
  readonly origin: Origin;
  readonly name?: Value;
  readonly digest?: Value;
  readonly faults: readonly SubjectFault[];
}

/**
 * `tag`: its name carries one. `other-image`: its digest is that of another image. `other-name`: its name is that of no image here. `platform`: its digest is that of one
 * platform, while the index is what is published. `not-a-digest`: it is no digest that a registry gives.
 */
export interface SubjectFault {
  readonly kind: 'tag' | 'other-image' | 'other-name' | 'platform' | 'not-a-digest';
  /** The place to change. */
  readonly at: Range;
  /** What stands there, in words. */
  readonly found: string;
  readonly wanted?: string;
  /** The expression to write, where it is known. */
  readonly instead?: string;
  readonly related: readonly Related[];
}

/** An image of which one lane publishes moving tags only, so that nothing can be rolled back to. */
export interface MovingImage {
  readonly names: readonly string[];
  /** They or the workflow are for tests, by their names. */
  readonly forTests?: true;
  /** The tags, as they are written or made: `latest`, `{{branch}}`. */
  readonly tags: readonly string[];
  /** The first of them. */
  readonly range: Range;
  readonly origin: Origin;
  /** Where the value comes from, and the other pushes. */
  readonly related: readonly Related[];
}
