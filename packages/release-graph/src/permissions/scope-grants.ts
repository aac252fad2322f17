import type { Job, Permissions } from '@plimsoll/documents';
import type { JobInstance, Lanes } from '../lanes/model.ts';
import type { PermissionNeed, ScopeGrant } from '../model.ts';
import { undecided } from './decided.ts';

/** Each write scope that a workflow or job grants, with the jobs that get it and whether they need it, by file and place. */
export function scopeGrants(lanes: Lanes, needs: readonly PermissionNeed[]): readonly ScopeGrant[] {
  const instances = Map.groupBy(lanes.jobs, ({ job }) => job);
  const byJob = needsByJob(needs);
  const use = memoized((job: Job, scope: string) => useOf(instances.get(job) ?? [], scope, byJob.get(job) ?? []));
  return [...lanes.documents.workflows.values()].flatMap((workflow) => {
    const inheriting = workflow.jobs.filter((job) => !job.permissions);
    return [
      ...grantsOf(workflow.permissions).map(({ scope, range }) => ({
        workflow,
        scope,
        range,
        jobs: inheriting.map((job) => use(job, scope)),
      })),
      ...workflow.jobs.flatMap((job) =>
        grantsOf(job.permissions).map(({ scope, range }) => ({ workflow, job, scope, range, jobs: [use(job, scope)] })),
      ),
    ];
  });
}

type Use = ScopeGrant['jobs'][number];

function grantsOf(permissions: Permissions | undefined): readonly Pick<ScopeGrant, 'scope' | 'range'>[] {
  if (!permissions) return [];
  if (permissions.all === 'write-all') return [{ scope: 'write-all', range: permissions.range }];
  return permissions.scopes.filter(({ level }) => level === 'write').map(({ name, range }) => ({ scope: name, range }));
}

function useOf(instances: readonly JobInstance[], scope: string, needs: readonly PermissionNeed[]): Omit<Use, 'job'> {
  if (instances.some((job) => isNeeded(job, scope, needs))) return { use: 'needed' };
  if (instances.length === 0) return { use: 'undecided', reason: 'the workflow is too deep among calls' };
  const reason = instances.map((job) => undecided(job, scope)).find((one) => one !== undefined);
  return reason === undefined ? { use: 'unneeded' } : { use: 'undecided', reason };
}

/** The needs of the steps of a job, and of those of the workflows that it calls. */
function needsByJob(needs: readonly PermissionNeed[]): ReadonlyMap<Job, readonly PermissionNeed[]> {
  const byJob = new Map<Job, PermissionNeed[]>();
  for (const need of needs) {
    const { job, callers } = need.origin;
    for (const each of new Set([...(job ? [job] : []), ...callers.map((caller) => caller.job)])) {
      const known = byJob.get(each);
      if (known) known.push(need);
      else byJob.set(each, [need]);
    }
  }
  return byJob;
}

/** A step needs it, or a job of the workflow that is called asks for it. */
function isNeeded({ calls }: JobInstance, scope: string, needs: readonly PermissionNeed[]): boolean {
  if (needs.some((need) => need.level === 'write' && (need.scope === scope || need.or?.includes(scope)))) return true;
  return calls?.jobs.some(({ job, workflow }) => asksFor(job.permissions ?? workflow.permissions, scope)) ?? false;
}

function asksFor(permissions: Permissions | undefined, scope: string): boolean {
  return (
    permissions?.all === 'write-all' ||
    (permissions?.scopes.some(({ name, level }) => name === scope && level === 'write') ?? false)
  );
}

function memoized(compute: (job: Job, scope: string) => Omit<Use, 'job'>): (job: Job, scope: string) => Use {
  const known = new Map<Job, Map<string, Use>>();
  return (job, scope) => {
    const ofJob = known.get(job) ?? new Map<string, Use>();
    known.set(job, ofJob);
    const found = ofJob.get(scope) ?? { job, ...compute(job, scope) };
    ofJob.set(scope, found);
    return found;
  };
}
