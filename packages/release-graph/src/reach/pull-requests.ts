import { firstLine } from '@plimsoll/documents';
import type { NamedValue, Range, Trigger } from '@plimsoll/documents';
import { placeKey } from '../builds/index.ts';
import type { BuildsFound, FoundBuild, Place } from '../builds/index.ts';
import { inputEntry } from '../builds/action-inputs.ts';
import { mayRun, rootInstance } from '../conditions/index.ts';
import { actionsOf } from '../conditions/events.ts';
import type { Assumption } from '../conditions/index.ts';
import type { JobInstance, Lanes, StepInstance } from '../lanes/model.ts';
import type { Deployment, Origin } from '../model.ts';
import { namesOf } from '../publications/build-index.ts';
import { isPassing } from '../publications/found.ts';
import type { FoundPublication } from '../publications/found.ts';
import type { Published } from '../publications/index.ts';
import { factsOf } from '../triggers/events.ts';
import { gateOf } from '../triggers/gates.ts';
import { callerInput } from './caller-input.ts';
import type { PullRequestRelease } from './model.ts';
import { booleanUnder, buildPushes, commandPublishes, mindsPullRequests, sitesByCall } from './pushes.ts';
import { releasesOf } from './releases.ts';

/** Something that leaves the run, in one leg and call, and whether it does under an assumption. */
interface Candidate {
  readonly does: PullRequestRelease['does'];
  readonly what: readonly string[];
  readonly at: Range;
  readonly range: Range;
  readonly origin: Origin;
  readonly place: Place;
  readonly leaves: (assumption: Assumption) => boolean;
}

export interface ReleaseParts {
  readonly lanes: Lanes;
  readonly found: BuildsFound;
  readonly published: Published;
  readonly deployments: readonly Deployment[];
}

/** All that a pull request of somebody without rights pushes, releases or deploys. */
export function pullRequestReleases(parts: ReleaseParts): readonly PullRequestRelease[] {
  const reached = candidates(parts).flatMap((candidate) => reachOf(candidate) ?? []);
  const byPlace = Map.groupBy(reached, ({ at }) => `${at.file.path}:${at.start}`);
  return [...byPlace.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const all = [first, ...others];
    return {
      ...first,
      what: [...new Set(all.flatMap((one) => one.what))],
      triggers: [...new Map(all.flatMap((one) => one.triggers.map((each) => [placeOf(each.at), each]))).values()],
      privileged: all.some((one) => one.privileged),
    };
  });
}

function placeOf({ file, start }: Range): string {
  return `${file.path}:${start}`;
}

function candidates({ found, published, deployments }: ReleaseParts): readonly Candidate[] {
  const siteOf = sitesByCall(found.sites);
  const builds = found.builds.filter(({ pushes, place }) => pushes === true && place.step);
  const others = published.found.flat().filter(({ by, place }) => by !== 'build' && place.step);
  const steps = [...new Map(found.steps.map((step) => [step.step, step])).values()];
  const stepOf = new Map(found.steps.map((step) => [placeKey(step.origin, step.step.range), step]));
  return [
    ...builds.flatMap((build) => ofBuild(build, siteOf)),
    ...others.map((one) => ofPublication(one, siteOf)),
    ...steps.flatMap(ofReleases),
    ...deployments.flatMap((one) => {
      const { origin } = one;
      const step = origin.step && stepOf.get(placeKey(origin, origin.step.range));
      return step ? ofDeployment(one, step) : [];
    }),
  ];
}

function ofBuild(build: FoundBuild, siteOf: ReturnType<typeof sitesByCall>): readonly Candidate[] {
  const what = namesOf(build);
  if (what.length > 0 && what.every(isPassing)) return [];
  const { range, origin, place, pushRange, how } = build;
  const at = /action$/.test(how) && pushRange ? pushRange : placeOfCall(place, range);
  return [
    {
      does: 'push',
      what,
      at,
      range,
      origin,
      place,
      leaves: (assumption) => buildPushes(build, siteOf(place), assumption) === true,
    },
  ];
}

/** Of what a script file does, the command of the step that leads there. */
function placeOfCall({ entry, via }: Place, range: Range): Range {
  return entry && via ? firstLine(via.range) : range;
}

function ofPublication(one: FoundPublication, siteOf: ReturnType<typeof sitesByCall>): Candidate {
  const { range, origin, place, names, kind } = one;
  const { step } = place;
  return {
    does: kind === 'image' ? 'push' : 'publish',
    what: names,
    at: placeOfCall(place, range),
    range,
    origin,
    place,
    leaves(assumption) {
      const site = siteOf(place);
      if (site) return commandPublishes(site, assumption) === true;
      if (!step) return true;
      if (mindsPullRequests.test(step.step.uses?.text ?? '')) return false;
      const held = ['dry-run', 'dry_run', 'skip-publish'].some(
        (name) => booleanUnder(step, name, assumption) !== false,
      );
      return !held && (!inputEntry(step, 'push') || booleanUnder(step, 'push', assumption) === true);
    },
  };
}

function ofReleases(step: StepInstance): readonly Candidate[] {
  return releasesOf(step).map(({ how, range }) => ({
    does: 'release',
    what: [how],
    at: range,
    range,
    origin: step.origin,
    place: { step, ...(step.job && { job: step.job }) },
    leaves: () => true,
  }));
}

const previewWords =
  /preview|review|ephemeral|staging|pr-|pull_request\.number|event\.number|head_ref|event\.pull_request\.head/i;
const liveWords = /prod|live|release/i;

/** What is deployed for one pull request alone, under its number or branch, is what it is for. */
function ofDeployment({ how, of, range, origin, environment }: Deployment, step: StepInstance): readonly Candidate[] {
  const { run, env, with: given } = step.step;
  const texts = [run, environment?.written, step.job?.job.id, ...[...env, ...given].map(({ value }) => value)];
  if (texts.some((text) => previewWords.test(typeof text === 'string' ? text : (text?.value ?? '')))) return [];
  if (of === 'code' && !liveWords.test(environment?.written ?? '')) return [];
  const place = { step, ...(step.job && { job: step.job }) };
  return [{ does: 'deploy', what: [how], at: range, range, origin, place, leaves: () => true }];
}

function reachOf({ place, leaves, at, ...candidate }: Candidate): PullRequestRelease | undefined {
  const { step, job } = place;
  if (!step || !job) return undefined;
  const { triggers } = rootInstance(job.instance).workflow;
  const reaching = triggers.filter(
    (trigger) =>
      (trigger.event === 'pull_request' || (trigger.event === 'pull_request_target' && !isGated(trigger, step, job))) &&
      assumptions(trigger).some((assumption) => mayRun(step, assumption) && leaves(assumption)),
  );
  if (reaching.length === 0) return undefined;
  const given = callerInput(step);
  return {
    ...candidate,
    at: given ?? at,
    by: given ? 'input' : ((['push', 'outputs'] as const).find((name) => holds(inputEntry(step, name), at)) ?? 'step'),
    triggers: reaching.map(({ event, range }) => ({ at: range, label: event })),
    privileged: reaching.some(({ event }) => event === 'pull_request_target'),
  };
}

function holds(entry: NamedValue | undefined, { file, start }: Range): boolean {
  return entry?.range.file === file && entry.range.start <= start && start <= entry.range.end;
}

/** Its author is known to be trusted. An environment may or may not ask for anyone's consent. */
function isGated(trigger: Trigger, step: StepInstance, job: JobInstance): boolean {
  return gateOf(trigger, step, job)?.kind === 'author';
}

/** A fork's pull request, once for each activity that its author can cause. */
function assumptions({ event, types, ...trigger }: Trigger): readonly Assumption[] {
  const gated = factsOf(event).gated ?? [];
  const actions = actionsOf({ event, ...(types && { types }), ...trigger }).filter((action) => !gated.includes(action));
  return actions.map((action) => ({ event, action, fork: true, merged: false, stranger: 'alone' }));
}
