import { stringsOf, valueAt } from '@plimsoll/documents';
import type { Range, Workflow } from '@plimsoll/documents';
import type { PublicationGroup } from '../attestations/cover.ts';
import { placeKey } from '../builds/index.ts';
import { assumptionsOf, rootInstance } from '../conditions/index.ts';
import type { Assumption } from '../conditions/index.ts';
import type { JobInstance } from '../lanes/model.ts';
import type { Publication, Rebuild } from '../model.ts';
import type { Published } from './publish.ts';
import { publishesUnder } from './publishes-under.ts';
import { isSameStream, streamsOf } from './streams.ts';
import type { Stream } from './streams.ts';

/** One publication of an image that the run builds. */
interface Candidate {
  readonly publication: Publication;
  readonly group: PublicationGroup;
  readonly job: JobInstance;
  readonly streams: ReadonlyMap<string, readonly Stream[]>;
  readonly sources: readonly Source[];
  readonly buildKeys: readonly string[];
}

/** More publications of one image than any repository has. */
const maxOfName = 60;
/** Pairs of publications beyond this number are not compared: a hostile repository has millions. */
const maxPairs = 20_000;

/**
 * Images that are built and pushed a second time: by another step that the same event and ref reaches, or by a later event,
 * a release, of what a push to a branch has published. Legs of one step, platforms of one index, and images of other
 * streams (`nightly`, `-alpine`) are not twice.
 */
export function findRebuilds(published: Published): readonly Rebuild[] {
  const candidates = published.ofCalls.flatMap(
    (publication, index) => candidateOf(publication, published.found[index]) ?? [],
  );
  const byName = new Map<string, Candidate[]>();
  for (const one of candidates)
    for (const name of one.streams.keys()) byName.set(name, [...(byName.get(name) ?? []), one]);
  const found = new Map<string, Rebuild>();
  let pairs = 0;
  for (const [name, all] of byName) {
    pairs += Math.min(all.length, maxOfName) ** 2 / 2;
    if (pairs > maxPairs) break;
    for (const rebuild of rebuildsOf(name, inOrder(all.slice(0, maxOfName)))) {
      const key = `${rebuild.range.file.path}:${rebuild.range.start}`;
      const known = found.get(key);
      if (!known || (known.when === 'later' && rebuild.when === 'together')) found.set(key, rebuild);
    }
  }
  return [...found.values()];
}

/** Copies and pushes of what is built elsewhere are no builds. */
function candidateOf(publication: Publication, group: PublicationGroup | undefined): Candidate | undefined {
  const [first] = group ?? [];
  const { job } = first?.place ?? {};
  if (!group || !first || !job || publication.kind !== 'image') return undefined;
  if (first.builds.length === 0 && (first.by !== 'tool' || first.opaque !== undefined)) return undefined;
  return {
    publication,
    group,
    job,
    streams: streamsOf(publication.names, publication.tags),
    sources: sourcesOf(group),
    buildKeys: buildKeys(group),
  };
}

function rebuildsOf(name: string, candidates: readonly Candidate[]): readonly Rebuild[] {
  return candidates.flatMap((second, index) => {
    const earlier = candidates.slice(0, index).filter((first) => isSameImage(first, second, name));
    const together = earlier.flatMap((first) =>
      rebuild(first, second, name, 'together', commonEvent(first, second) ?? followingEvent(first, second)),
    );
    const later = earlier.flatMap((first) => rebuild(first, second, name, 'later', laterEvent(first, second, name)));
    return [...together.slice(0, 1), ...(together.length === 0 ? later.slice(0, 1) : [])];
  });
}

function rebuild(
  { publication: first }: Candidate,
  { publication: second }: Candidate,
  name: string,
  when: Rebuild['when'],
  event: Assumption | undefined,
): readonly Rebuild[] {
  const range = placeOfSecond(first, second);
  if (!event || !range) return [];
  return [
    { first, second, range, name: second.names.find((one) => one.toLowerCase().endsWith(name)) ?? name, when, event },
  ];
}

/** At its own place; of two calls of one workflow or action at the second call. */
function placeOfSecond(first: Publication, second: Publication): Range | undefined {
  if (placeOf(first.range) !== placeOf(second.range)) return second.range;
  const other = second.origin.callers.find((call, index) => {
    const same = first.origin.callers[index];
    return !same || placeOf(same.at) !== placeOf(call.at);
  });
  return other?.at;
}

function isSameImage(first: Candidate, second: Candidate, name: string): boolean {
  const [some = [], others = []] = [first, second].map(({ streams }) => streams.get(name));
  const pairs = some.flatMap((one) =>
    others.filter((other) => isSameStream(one, other)).map((other) => [one, other] as const),
  );
  if (pairs.length === 0) return false;
  const forEnvironments = pairs.some(([one, other]) => one.environment && other.environment);
  if (!forEnvironments && areDisjoint(first.sources, second.sources)) return false;
  const builds = new Set(first.buildKeys);
  return !second.buildKeys.some((key) => builds.has(key));
}

interface Source {
  readonly path: string;
  /** '' where none is given. */
  readonly target: string;
}

/** Dockerfile and target, where they are known: parts of a project that share a name are told apart by tags that are only known in the run. */
function sourcesOf(group: PublicationGroup): readonly Source[] {
  const sources = group.flatMap(({ builds }) =>
    builds.flatMap(({ dockerfile, target }) =>
      dockerfile.status === 'resolved' ? [{ path: dockerfile.target.file.path, target: target?.written ?? '' }] : [],
    ),
  );
  return [...new Map(sources.map((one) => [`${one.path}\0${one.target}`, one])).values()];
}

/** Both hold something, and nothing of one can be in the other: a build without a target may make the stage that another names. */
function areDisjoint(some: readonly Source[], others: readonly Source[]): boolean {
  if (some.length === 0 || others.length === 0) return false;
  return !some.some(({ path, target }) =>
    others.some((other) => path === other.path && (target === other.target || target === '' || other.target === '')),
  );
}

function buildKeys(group: PublicationGroup): readonly string[] {
  return [...new Set(group.flatMap(({ builds }) => builds.map((build) => placeKey(build.origin, build.range))))];
}

/** Events of which one run alone is started, or each workflow at its own time. */
const ofOneWorkflow = new Set([
  'workflow_dispatch',
  'repository_dispatch',
  'workflow_run',
  'schedule',
  'workflow_call',
]);

/** An event and ref under which both are published. */
function commonEvent(first: Candidate, second: Candidate): Assumption | undefined {
  const sameRun = rootInstance(first.job.instance).workflow === rootInstance(second.job.instance).workflow;
  return assumptionsOf(first.job).find((assumption) => {
    if (assumption.fork === true || (!sameRun && ofOneWorkflow.has(assumption.event ?? ''))) return false;
    const [one, other] = [publishesUnder(first.group, assumption), publishesUnder(second.group, assumption)];
    if (one.result === false || other.result === false) return false;
    if (one.result === true || other.result === true) return true;
    return one.unknowns.length > 0 && one.unknowns.join('\0') === other.unknowns.join('\0');
  });
}

/** A run that another workflow starts when it is done, which builds again what that has published. */
function followingEvent(first: Candidate, second: Candidate): Assumption | undefined {
  const [one, other] = [first, second].map(({ job }) => rootInstance(job.instance).workflow);
  if (!one || !other || one === other || !startsAfter(other, one)) return undefined;
  const published = assumptionsOf(first.job).some(
    ({ fork, ...assumption }) => fork !== true && publishesUnder(first.group, assumption).result !== false,
  );
  const following: Assumption = { event: 'workflow_run' };
  return published && publishesUnder(second.group, following).result !== false ? following : undefined;
}

/** `on: workflow_run: workflows: [NAME]` */
function startsAfter(workflow: Workflow, earlier: Workflow): boolean {
  if (!workflow.triggers.some(({ event }) => event === 'workflow_run')) return false;
  const named = stringsOf(valueAt(workflow.root, 'on', 'workflow_run', 'workflows'));
  const { path } = earlier.file;
  return named.some((name) => name === (earlier.name ?? path) || name === path.slice(path.lastIndexOf('/') + 1));
}

/** A release, the push of a tag, or a start by hand for an environment, that builds again what the push to the default branch has published. */
function laterEvent(first: Candidate, second: Candidate, name: string): Assumption | undefined {
  const ofBranch = assumptionsOf(first.job).filter(({ event, ref }) => event === 'push' && ref === 'default-branch');
  const atFirst = ofBranch.some(
    (assumption) =>
      publishesUnder(first.group, assumption).result !== false &&
      publishesUnder(second.group, assumption).result === false,
  );
  if (!atFirst) return undefined;
  const forEnvironment = second.streams.get(name)?.some(({ environment }) => environment === true) ?? false;
  return assumptionsOf(second.job)
    .filter(
      ({ event, ref }) =>
        event === 'release' ||
        (event === 'push' && ref === 'tag') ||
        (event === 'workflow_dispatch' && ref === 'default-branch' && forEnvironment),
    )
    .find(
      (assumption) =>
        publishesUnder(second.group, assumption).result !== false &&
        publishesUnder(first.group, assumption).result === false,
    );
}

/** What a run does first comes first: by the jobs that a job needs, then as it is written. Releases come after branches. */
function inOrder(candidates: readonly Candidate[]): readonly Candidate[] {
  const rank = new Map(candidates.map((one) => [one, startsLater(one.job) ? 1 : 0]));
  return [...candidates].sort((a, b) => {
    const byEvent = (rank.get(a) ?? 0) - (rank.get(b) ?? 0);
    if (byEvent !== 0) return byEvent;
    if (needs(a.job, b.job)) return 1;
    if (needs(b.job, a.job)) return -1;
    const [one, other] = [a, b].map(({ publication: { range, origin } }) => origin.callers[0]?.at ?? range) as [
      Range,
      Range,
    ];
    if (one.file.path !== other.file.path) return one.file.path < other.file.path ? -1 : 1;
    return one.start - other.start || a.publication.range.start - b.publication.range.start;
  });
}

/** By a release, when another workflow is done, or by hand. */
function startsLater(job: JobInstance): boolean {
  const events = assumptionsOf(job);
  return (
    events.length > 0 &&
    events.every(({ event, ref }) => lateEvents.has(event ?? '') || (event === 'push' && ref === 'tag'))
  );
}

const lateEvents = new Set(['release', 'workflow_run', 'workflow_dispatch']);

/** The job of the workflow in which a run starts that calls a job, or is it. */
function outermost(job: JobInstance): JobInstance {
  let found = job;
  while (found.instance.caller) found = found.instance.caller;
  return found;
}

/** Whether a job waits for another of its workflow, also through the calls that lead to them. */
function needs(inner: JobInstance, others: JobInstance): boolean {
  const [job, other] = inner.instance === others.instance ? [inner, others] : [outermost(inner), outermost(others)];
  if (job.workflow !== other.workflow) return false;
  const open = job.job.needs.map(({ value }) => value);
  const seen = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === other.job.id) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(job.workflow.jobs.find((one) => one.id === id)?.needs ?? []).map(({ value }) => value));
  }
  return false;
}

function placeOf({ file, start }: Range): string {
  return `${file.path}:${start}`;
}
