import type { PermissionNeed } from '../model.ts';
import type { JobInstance } from '../lanes/model.ts';
import { workflowScopes } from './commands.ts';
import { grantOf } from './grants.ts';

/** What a reusable workflow of another repository needs of the job that calls it. */
export function externalWorkflowNeeds(job: JobInstance): readonly PermissionNeed[] {
  const { uses } = job.job;
  if (uses?.target !== 'workflow') return [];
  const name = `${uses.owner ?? ''}/${uses.repository ?? ''}/${uses.path ?? ''}`.toLowerCase();
  const row = workflowScopes.find(({ workflow }) => workflow === name);
  return (row?.needs ?? []).flatMap(({ scope, level, optional }) => {
    const { granted, at, place } = grantOf(job, scope, level);
    if (optional && granted !== 'yes') return [];
    return [{ scope, level, range: place ?? uses.range, origin: job.origin, by: uses.text, granted, grant: at }];
  });
}

/**
 * What the jobs of a called local workflow declare and their caller does not grant: GitHub refuses such a run at its start.
 * What they are granted is not here: their steps tell whether they need it.
 */
export function calledWorkflowNeeds(job: JobInstance): readonly PermissionNeed[] {
  const { uses } = job.job;
  const called = job.calls;
  if (!uses || !called) return [];
  return called.jobs.flatMap((inner) => {
    const declared = inner.job.permissions ?? inner.workflow.permissions;
    return (declared?.scopes ?? []).flatMap(({ name, level, range }): readonly PermissionNeed[] => {
      if (level === 'none') return [];
      const grant = grantOf(job, name, level);
      if (grant.granted !== 'no') return [];
      const by = `job ${inner.job.id} of ${inner.workflow.file.path}`;
      return [
        {
          scope: name,
          level,
          range: grant.place ?? uses.range,
          origin: job.origin,
          by,
          granted: 'no',
          grant: grant.at,
          related: [{ at: range, label: `${by} asks for ${name}: ${level}` }],
        },
      ];
    });
  });
}
