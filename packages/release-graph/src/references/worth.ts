import { textOf } from '@plimsoll/documents';
import type { Job, Permissions, Workflow } from '@plimsoll/documents';
import type { JobInstance, Lanes } from '../lanes/model.ts';

/** Why what runs in a job matters to a release: it holds secrets, an identity token or a write scope. */
export function worthOfJob(workflow: Workflow, job: Job, instances: readonly JobInstance[]): string | undefined {
  return (
    secretsOf(workflow, job) ??
    instances.map(scopesOf).find((found) => found !== undefined) ??
    scopesIn(job.permissions ?? workflow.permissions)
  );
}

/** The instances of each job of a document. */
export function instancesByJob(lanes: Lanes): ReadonlyMap<Job, readonly JobInstance[]> {
  return Map.groupBy(lanes.jobs, ({ job }) => job);
}

function secretsOf(workflow: Workflow, job: Job): string | undefined {
  if (job.secrets === 'inherit') return 'its job is given all secrets';
  const texts = [textOf(job.range), ...workflow.env.map((variable) => variable.value)];
  for (const text of texts) {
    for (const [, name] of text.matchAll(/\bsecrets(?:\.|\[')([A-Za-z_]\w*)/g))
      if (name !== undefined && name.toUpperCase() !== 'GITHUB_TOKEN') return `its job holds the secret ${name}`;
    if (/\btoJSON\(\s*secrets\s*\)/i.test(text)) return 'its job holds all secrets';
  }
  return undefined;
}

/** A called workflow has at most the scopes of its caller, and its own where it declares some. */
function scopesOf({ job, workflow, instance }: JobInstance): string | undefined {
  const own = job.permissions ?? workflow.permissions;
  if (own) return scopesIn(own);
  return instance.caller && scopesOf(instance.caller);
}

function scopesIn(permissions: Permissions | undefined): string | undefined {
  if (!permissions) return undefined;
  if (permissions.all === 'write-all') return 'its job can write everything (write-all)';
  if (permissions.scopes.some(({ name, level }) => name === 'id-token' && level === 'write'))
    return 'its job can take an identity token (id-token: write)';
  const scope = permissions.scopes.find(({ level }) => level === 'write');
  return scope && `its job can write ${scope.name} (${scope.name}: write)`;
}
