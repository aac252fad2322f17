import type { Job, Permissions, Workflow } from '@plimsoll/documents';
import { withCalledSteps } from '../lanes/instances.ts';
import type { JobInstance, Lanes } from '../lanes/model.ts';
import type { PermissionNeed } from '../model.ts';
import { viewOf } from '../credentials/step-view.ts';
import { undecided } from './decided.ts';
import { declaredLevel } from './grants.ts';
import type { JobPermissions, LeastScope } from './job-permissions.ts';
import { registryTokenOf } from './packages.ts';

/** The least `permissions:` of each job, in the order of files and text. A job of several callers has what any of them needs. */
export function leastPermissions(lanes: Lanes, needs: readonly PermissionNeed[]): readonly JobPermissions[] {
  const instances = Map.groupBy(lanes.jobs, ({ job }) => job);
  const workflows = [...lanes.documents.workflows.values()];
  return workflows.flatMap((workflow) =>
    workflow.jobs.map((job) => leastOf(workflow, job, instances.get(job) ?? [], needs)),
  );
}

function leastOf(
  workflow: Workflow,
  job: Job,
  instances: readonly JobInstance[],
  needs: readonly PermissionNeed[],
): JobPermissions {
  const granted = job.permissions ?? workflow.permissions;
  const found = new Map<string, LeastScope>();
  const add = (scope: string, level: 'read' | 'write', because: string, certain = true): void => {
    const known = found.get(scope);
    const higher = known?.level === 'write' ? 'write' : level;
    const reasons = [...new Set([...(known?.because ?? []), because])];
    const sure = (certain && level === higher) || (known?.certain === true && known.level === higher);
    found.set(scope, { scope, level: higher, because: reasons, certain: sure });
  };
  for (const need of needs)
    if (concerns(need, job) && isCertain(need, granted)) add(scopeFor(need, granted), need.level, named(need.by));
  for (const instance of instances) for (const one of readsOf(instance)) add(one.scope, one.level, one.by);
  const unknown = keepUndecided(granted, instances, found, add);
  const scopes = [...found.values()].sort((a, b) => (a.scope < b.scope ? -1 : 1));
  return { workflow, job, ...(granted && { granted }), scopes, unknown, asGranted: isSame(granted, scopes) };
}

/** An action without the commit that it is pinned to. */
function named(by: string): string {
  return by.replace(/@[0-9a-f]{40}(?![0-9a-f])/gi, '');
}

function concerns({ origin }: PermissionNeed, job: Job): boolean {
  return origin.job === job || origin.callers.some((caller) => caller.job === job);
}

/** Of scopes that do alike, the one that is granted. */
function scopeFor({ scope, level, or = [] }: PermissionNeed, granted: Permissions | undefined): string {
  if (!granted || granted.all !== undefined) return scope;
  const has = (name: string) => declaredLevel(granted, name) === 'write' || declaredLevel(granted, name) === level;
  return [scope, ...or].find(has) ?? scope;
}

/** What a step may need with a token that is not known is no reason to grant it; where nothing is declared, nothing is known to be granted. */
function isCertain(
  { scope, level, granted: state, or = [] }: PermissionNeed,
  granted: Permissions | undefined,
): boolean {
  if (state !== 'unknown' || !granted) return true;
  return [scope, ...or].some((name) => ['write', level].includes(declaredLevel(granted, name)));
}

interface Read {
  readonly scope: string;
  readonly level: 'read' | 'write';
  readonly by: string;
}

/** What a private repository has to grant for reading, and what a called workflow declares: the caller has to grant it. */
function readsOf(instance: JobInstance): readonly Read[] {
  if (instance.calls) {
    return instance.calls.jobs.flatMap((inner) => {
      const declared = inner.job.permissions ?? inner.workflow.permissions;
      const by = `job ${inner.job.id} of ${inner.workflow.file.path}`;
      const asked = (declared?.scopes ?? []).flatMap(({ name, level }) =>
        level === 'none' ? [] : [{ scope: name, level, by }],
      );
      return [...asked, ...readsOf(inner)];
    });
  }
  const views = withCalledSteps(instance.steps).map(viewOf);
  const checkout = views.find(({ action }) => action === 'actions/checkout');
  const reads: Read[] = [];
  if (checkout) reads.push({ scope: 'contents', level: 'read', by: named(checkout.step.step.uses?.text ?? '') });
  if (registryTokenOf(instance) === 'github')
    reads.push({ scope: 'packages', level: 'read', by: 'the login to ghcr.io' });
  return reads;
}

type Add = (scope: string, level: 'read' | 'write', because: string, certain?: boolean) => void;

/** Scopes that are granted by name and may be needed stay. Returns why the rest is not known, where that is so. */
function keepUndecided(
  granted: Permissions | undefined,
  instances: readonly JobInstance[],
  found: ReadonlyMap<string, LeastScope>,
  add: Add,
): string | undefined {
  const reasonFor = (scope: string): string | undefined =>
    instances.length === 0
      ? 'the workflow is too deep among calls'
      : instances.map((job) => undecided(job, scope)).find((one) => one !== undefined);
  if (granted && granted.all === undefined) {
    for (const { name, level } of granted.scopes) {
      if (level === 'none' || found.get(name)?.level === level || found.get(name)?.level === 'write') continue;
      const reason = reasonFor(name);
      // A scope that is read is refused to nobody else; what reads is not known as well as what writes.
      if (level === 'read') add(name, 'read', 'it is granted today', false);
      else if (reason !== undefined) add(name, 'write', reason, false);
    }
    return undefined;
  }
  if (granted?.all === 'none') return undefined;
  return SCOPES.filter((scope) => found.get(scope)?.level !== 'write')
    .map(reasonFor)
    .find((one) => one !== undefined);
}

/** Those that are looked for where nothing is granted by its name. */
const SCOPES = ['contents', 'packages', 'id-token', 'issues'] as const;

function isSame(granted: Permissions | undefined, scopes: readonly LeastScope[]): boolean {
  if (!granted || granted.all === 'write-all' || granted.all === 'read-all') return false;
  const given = granted.scopes.filter(({ level }) => level !== 'none');
  return given.length === scopes.length && scopes.every(({ scope, level }) => declaredLevel(granted, scope) === level);
}
