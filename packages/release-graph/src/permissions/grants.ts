import type { Permissions, Range } from '@plimsoll/documents';
import type { JobInstance } from '../lanes/model.ts';
import type { PermissionNeed, Related } from '../model.ts';

export interface Grant {
  readonly granted: PermissionNeed['granted'];
  /** Where it is declared, or where nothing is. */
  readonly at: Related;
  /** Where to mark a missing scope, if that is not the step: the `uses:` of the job that calls this workflow. */
  readonly place?: Range;
}

type Level = 'read' | 'write';
const RANK = { none: 0, read: 1, write: 2 } as const;

/**
 * Whether a job's GITHUB_TOKEN has a scope. The permissions of a job replace those of its workflow; a called workflow
 * can only lower what its caller has. Where nothing is declared the default decides, which gives `id-token` never.
 */
export function grantOf(job: JobInstance, scope: string, level: Level): Grant {
  const declared = job.job.permissions ?? job.workflow.permissions;
  const at = declarationOf(job, scope);
  if (declared && isUnreadable(declared)) return { granted: 'unknown', at };
  if (declared && RANK[declaredLevel(declared, scope)] < RANK[level]) return { granted: 'no', at };
  const { caller } = job.instance;
  if (!caller) return { granted: declared ? 'yes' : undeclared(job, scope), at };
  const above = grantOf(caller, scope, level);
  return {
    ...above,
    ...(above.granted === 'no' && { place: above.place ?? caller.job.uses?.range ?? caller.job.idRange }),
  };
}

/** Neither a map nor a word that GitHub knows: another finding tells it. */
function isUnreadable({ all, scopes }: Permissions): boolean {
  return all === undefined && scopes.length === 0;
}

function undeclared(job: JobInstance, scope: string): Grant['granted'] {
  const calledOnly =
    job.workflow.triggers.length > 0 && job.workflow.triggers.every(({ event }) => event === 'workflow_call');
  return scope === 'id-token' && !calledOnly ? 'no' : 'unknown';
}

/** The level that a `permissions:` gives a scope. */
export function declaredLevel({ all, scopes }: Permissions, scope: string): keyof typeof RANK {
  if (all === 'write-all') return 'write';
  if (all === 'read-all') return scope === 'id-token' ? 'none' : 'read';
  return scopes.find(({ name }) => name === scope)?.level ?? 'none';
}

function declarationOf(job: JobInstance, scope: string): Related {
  const { permissions } = job.job;
  const [declared, owner] = permissions
    ? [permissions, `job ${job.job.id}`]
    : [job.workflow.permissions, 'the workflow'];
  if (!declared)
    return { at: job.job.idRange, label: `neither the workflow nor job ${job.job.id} declares permissions` };
  const entry = declared.scopes.find(({ name }) => name === scope);
  const level = declaredLevel(declared, scope);
  return {
    at: entry?.range ?? declared.range,
    label: level === 'none' ? `${owner} grants no ${scope}` : `${owner} grants ${scope}: ${level}`,
  };
}
