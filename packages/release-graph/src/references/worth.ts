import { textOf } from '@plimsoll/documents';
import type { Job, Permissions, Workflow } from '@plimsoll/documents';
import type { JobInstance, Lanes } from '../lanes/model.ts';
import { isCredential } from '../leaks/identifiers.ts';
import { looksLikeSecretName } from '../secrets/names.ts';

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

/** The secret that says most: one named like a credential comes first; names of users, ids and the like are no secrets of worth. */
function secretsOf(workflow: Workflow, job: Job): string | undefined {
  if (job.secrets === 'inherit') return 'its job is given all secrets';
  const texts = [textOf(job.range), ...workflow.env.map((variable) => variable.value)];
  if (texts.some((text) => /\btoJSON\(\s*secrets\s*\)/i.test(text))) return 'its job holds all secrets';
  const names = texts
    .flatMap((text) => [...text.matchAll(/\bsecrets(?:\.|\[')([A-Za-z_]\w*)/g)].flatMap(([, name]) => name ?? []))
    .filter((name) => name.toUpperCase() !== 'GITHUB_TOKEN')
    .filter((name) => isCredential({ kind: 'secret', text: `secrets.${name}`, range: job.range }));
  const name = names.find(looksLikeSecretName) ?? names[0];
  return name === undefined ? undefined : `its job holds the secret ${name}`;
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
