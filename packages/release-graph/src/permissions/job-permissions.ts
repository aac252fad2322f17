import type { Job, Permissions, Range, Workflow } from '@plimsoll/documents';
import type { Origin } from '../model.ts';
import type { Related } from '../value-model.ts';

/** The least that a job has to be granted. */
export interface JobPermissions {
  readonly workflow: Workflow;
  readonly job: Job;
  /** What holds for it today: its own `permissions:`, else that of the workflow. */
  readonly granted?: Permissions;
  /** By name. Empty: `permissions: {}`. */
  readonly scopes: readonly LeastScope[];
  /** Why it may need more than `scopes`. */
  readonly unknown: string | undefined;
  /** `granted` says just this. */
  readonly asGranted: boolean;
}

export interface LeastScope {
  readonly scope: string;
  readonly level: 'read' | 'write';
  /** What needs it; where that is not certain, why it stays. */
  readonly because: readonly string[];
  readonly certain: boolean;
}

/** A scope of GITHUB_TOKEN that a step needs, against what its job is granted. */
export interface PermissionNeed {
  readonly scope: string;
  readonly level: 'read' | 'write';
  readonly range: Range;
  readonly origin: Origin;
  /** What needs it: `actions/attest`, `docker push to ghcr.io`. */
  readonly by: string;
  readonly granted: 'yes' | 'no' | 'unknown';
  /** Other scopes that do as well. */
  readonly or?: readonly string[];
  /** Where the job's grant is declared, or where nothing is. */
  readonly grant?: Related;
  /** Where a called workflow asks for it. */
  readonly related?: readonly Related[];
}

/** A write scope of GITHUB_TOKEN that is granted, against what the jobs which get it need. */
export interface ScopeGrant {
  readonly workflow: Workflow;
  /** Undefined: the workflow grants it, to all of its jobs that declare nothing themselves. */
  readonly job?: Job;
  /** `write-all` for all of them. */
  readonly scope: string;
  /** The entry; of `write-all` the key. */
  readonly range: Range;
  /** The jobs that get it. `undecided`: something in the job is not understood and may use it. */
  readonly jobs: readonly {
    readonly job: Job;
    readonly use: 'needed' | 'unneeded' | 'undecided';
    readonly reason?: string;
  }[];
}
