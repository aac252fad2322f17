import { placeKey } from '../builds/index.ts';
import type { FoundBuild, MergedBuild } from '../builds/index.ts';
import { assumptionsOf } from '../conditions/index.ts';
import type { Assumption } from '../conditions/index.ts';
import { publishingEvents } from '../digests/publishing-events.ts';
import type { JobInstance, StepInstance } from '../lanes/model.ts';
import type { Build, Origin, Publication } from '../model.ts';
import type { OverviewParts } from './parts.ts';

/** Finds the instances of jobs and steps that an origin tells of. */
export interface Instances {
  job(origin: Origin): JobInstance | undefined;
  step(origin: Origin): StepInstance | undefined;
}

export function instancesOf({ lanes }: Pick<OverviewParts, 'lanes'>): Instances {
  const jobs = new Map(lanes.jobs.map((job) => [placeKey(job.origin, job.job.idRange), job]));
  const steps = new Map(lanes.steps.map((step) => [placeKey(step.origin, step.step.range), step]));
  return {
    // The calls of a job come first, then those of the composite actions in it.
    job: ({ job, callers }) => job && jobs.get(placeKey({ callers: callers.filter(({ step }) => !step) }, job.idRange)),
    step: (origin) => origin.step && steps.get(placeKey(origin, origin.step.range)),
  };
}

/** Asks on which events the calls of a publication publish, in words: undefined where that is all that start them, or is not known. */
export type AskEvents = (calls: readonly Publication[]) => readonly string[] | undefined;

export function eventsReader(instances: Instances, found: ReadonlyMap<Build, FoundBuild>): AskEvents {
  const known = new Map<Publication, EventsOfCall | undefined>();
  const ask = (call: Publication): EventsOfCall | undefined => {
    if (!known.has(call)) known.set(call, eventsOfCall(call, instances, found));
    return known.get(call);
  };
  return (calls) => {
    const each = calls.map(ask);
    const all = each.filter((one) => one !== undefined);
    if (all.length < each.length || all.every(({ limited }) => !limited)) return undefined;
    return [...new Set(all.flatMap(({ words }) => words))];
  };
}

interface EventsOfCall {
  readonly words: readonly string[];
  /** The lane has others. */
  readonly limited: boolean;
}

function eventsOfCall(
  { origin, builds }: Publication,
  instances: Instances,
  found: ReadonlyMap<Build, FoundBuild>,
): EventsOfCall | undefined {
  const job = instances.job(origin);
  const step = instances.step(origin);
  if (!job) return undefined;
  const own = builds.flatMap((build) => found.get(build) ?? []).find(({ place }) => place.step?.step === origin.step);
  const events = publishingEvents({ job, ...(step && { step }) }, own);
  if (!events) return undefined;
  const all = assumptionsOf(job);
  return { words: inWords(events, all), limited: events.length < all.length };
}

export function foundOf(builds: readonly MergedBuild[]): ReadonlyMap<Build, FoundBuild> {
  return new Map(builds.flatMap(({ build, found: [first] }) => (first ? [[build, first] as const] : [])));
}

function inWords(events: readonly Assumption[], all: readonly Assumption[]): readonly string[] {
  const groups = Map.groupBy(all, ({ event }) => event ?? 'an event');
  const known = new Set(events.map((one) => JSON.stringify(one)));
  return [...groups].flatMap(([event, some]) => {
    const kept = some.filter((one) => known.has(JSON.stringify(one)));
    return kept.length === some.length ? [event] : kept.map((one) => `${event}${detailOf(one)}`);
  });
}

const refs = { 'default-branch': ' to the default branch', branch: ' to another branch', tag: ' of a tag' };

function detailOf({ ref, fork }: Assumption): string {
  if (ref !== undefined) return refs[ref];
  return fork === undefined ? '' : fork ? ' from a fork' : ' from the repository';
}
