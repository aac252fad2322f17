import type { Job, Permissions, Workflow } from '@plimsoll/documents';
import { localAction } from '../lanes/instances.ts';
import type { JobInstance, Lanes } from '../lanes/model.ts';
import type { CredentialUse } from '../model.ts';
import { grantOf } from '../permissions/grants.ts';
import type { LaneLogin, LaneNode, OverviewLink } from './model.ts';
import { laneId } from './parts.ts';
import type { Known, OverviewParts, Piece } from './parts.ts';
import type { Instances } from './events.ts';
import { laneOf } from './ids.ts';

/** The lanes that something runs in, with what the jobs that release may do. */
export function lanePiece(parts: OverviewParts, used: ReadonlySet<string>, { instances }: Known): Piece {
  const jobs = releasingJobs(parts, instances);
  const calls = unknownCalls(parts);
  const paths = [...new Set([...used, ...jobs.keys(), ...calls.keys()])].sort();
  return {
    nodes: paths.map((path) => laneNode(parts, path, jobs.get(path) ?? new Set())),
    links: paths.flatMap((path) => calls.get(path) ?? []),
  };
}

/** The jobs that publish, verify or deploy, by the path of their lane. */
function releasingJobs(parts: OverviewParts, instances: Instances): ReadonlyMap<string, ReadonlySet<JobInstance>> {
  const found = new Map<string, Set<JobInstance>>();
  for (const { range, origin } of [...parts.ofCalls, ...parts.verifications, ...parts.deployments]) {
    const job = instances.job(origin);
    if (!job) continue;
    const lane = laneOf(range, origin);
    found.set(lane, (found.get(lane) ?? new Set()).add(job));
  }
  return found;
}

/** What other repositories' workflows do when they are called is not known; nor what the legs do that are too many. */
function unknownCalls({ lanes, cut }: OverviewParts): ReadonlyMap<string, readonly OverviewLink[]> {
  const remote = lanes.jobs
    .filter(({ job }) => job.uses?.target === 'workflow')
    .map(({ job: { uses, idRange }, origin }) => ({
      path: laneOf(idRange, origin),
      at: uses?.range ?? idRange,
      ...(uses && { name: uses.text }),
      reason: 'what a workflow of another repository builds and publishes is not known',
    }));
  const left = cut.map(({ job: { id, idRange }, origin }) => ({
    path: laneOf(idRange, origin),
    at: idRange,
    name: id,
    reason: 'the repository has more jobs and steps than are looked at: legs of these jobs are left out',
  }));
  const unfollowed = unfollowedCalls(lanes);
  const links = [...remote, ...left, ...unfollowed].map(({ path, ...rest }): readonly [string, OverviewLink] => [
    path,
    { kind: 'calls', from: laneId(path), status: 'opaque', ...rest },
  ]);
  const groups = Map.groupBy(links, ([path]) => path);
  return new Map([...groups].map(([path, some]) => [path, some.map(([, link]) => link)]));
}

/** Calls of what the repository holds that lead in a circle or too deep, and of what it does not hold. */
function unfollowedCalls({ jobs, steps, documents }: Lanes) {
  const ofJobs = jobs.flatMap(({ job: { uses }, calls, origin }) =>
    uses?.target === 'local' && !calls ? { uses, origin, isThere: documents.workflows.has(uses.path ?? '') } : [],
  );
  const ofSteps = steps.flatMap(({ step: { uses }, calls, origin }) =>
    uses?.target === 'local' && !calls ? { uses, origin, isThere: localAction(documents, uses) !== undefined } : [],
  );
  return [...ofJobs, ...ofSteps].map(({ uses, origin, isThere }) => ({
    path: laneOf(uses.range, origin),
    at: uses.range,
    name: uses.text,
    reason: isThere
      ? 'calls that lead in a circle, or through more than ten files, are not followed'
      : 'what is called is not in the repository',
  }));
}

function laneNode({ lanes, credentialUses }: OverviewParts, path: string, jobs: ReadonlySet<JobInstance>): LaneNode {
  const { workflows, actions } = lanes.documents;
  const workflow = workflows.get(path);
  const name = workflow?.name ?? actions.get(path)?.name;
  const at = workflow && (workflow.triggers[0]?.range ?? workflow.file.range(0, 0));
  return {
    kind: 'lane',
    id: laneId(path),
    label: path,
    ...(at && { at }),
    path,
    inCi: workflow !== undefined || actions.has(path),
    ...(name !== undefined && { name }),
    events: workflow ? eventsOf(workflow) : [],
    oidc: oidcOf(jobs),
    writes: [...new Set([...jobs].flatMap(writesOf))].sort(),
    logins: loginsOf(credentialUses, new Set([...jobs].map(({ job }) => job))),
    environments: [...new Set([...jobs].flatMap(({ job }) => job.environment?.value ?? []))],
  };
}

function eventsOf({ triggers }: Workflow): LaneNode['events'] {
  return triggers.map(({ event, branches, tags, types }) => ({
    event,
    ...(branches && { branches }),
    ...(tags && { tags }),
    ...(types && { types }),
  }));
}

function oidcOf(jobs: ReadonlySet<JobInstance>): LaneNode['oidc'] {
  const granted = new Set([...jobs].map((job) => grantOf(job, 'id-token', 'write').granted));
  return granted.has('yes') ? 'yes' : granted.has('unknown') ? 'unknown' : 'no';
}

/** A called workflow that declares nothing has what its caller has. */
function writesOf(instance: JobInstance): readonly string[] {
  let at: JobInstance | undefined = instance;
  while (at && !declaredBy(at)) at = at.instance.caller;
  const declared = at && declaredBy(at);
  if (!declared) return ['undeclared'];
  if (declared.all === 'write-all') return ['write-all'];
  return declared.scopes
    .filter(({ name, level }) => level === 'write' && name !== 'id-token')
    .filter(({ name }) => grantOf(instance, name, 'write').granted !== 'no')
    .map(({ name }) => name);
}

function declaredBy({ job, workflow }: JobInstance): Permissions | undefined {
  return job.permissions ?? workflow.permissions;
}

function loginsOf(uses: readonly CredentialUse[], jobs: ReadonlySet<Job>): readonly LaneLogin[] {
  const own = uses.filter(({ origin }) => origin.job && jobs.has(origin.job));
  const groups = Map.groupBy(own, ({ provider, form, secrets }) =>
    JSON.stringify([provider, form, secrets.map(({ text }) => text)]),
  );
  return [...groups.values()].flatMap(([use]) =>
    use ? { provider: use.provider, form: use.form, secrets: use.secrets.map(({ text }) => text), at: use.range } : [],
  );
}
