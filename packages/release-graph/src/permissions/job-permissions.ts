import type { Job, Permissions, Workflow } from '@plimsoll/documents';

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
