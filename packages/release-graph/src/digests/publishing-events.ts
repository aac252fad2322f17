import type { FoundBuild, Place } from '../builds/index.ts';
import { inputEntry } from '../builds/action-inputs.ts';
import { assumptionsOf, runs, valueUnder } from '../conditions/index.ts';
import type { Assumption } from '../conditions/index.ts';

/** The events under which a push happens, or may; undefined where it is not known what starts it. */
export function publishingEvents(place: Place, build?: FoundBuild): readonly Assumption[] | undefined {
  const { job, step } = place;
  if (!job) return undefined;
  const all = assumptionsOf(job);
  if (all.length === 0) return undefined;
  return all.filter((assumption) => runs(step ?? job, assumption) !== false && mayPush(place, build, assumption));
}

function mayPush({ step }: Place, build: FoundBuild | undefined, assumption: Assumption): boolean {
  if (!step || !build || !/action$/.test(build.how)) return true;
  const push = inputEntry(step, 'push');
  if (!push || build.pushRange?.start !== push.range.start) return true;
  const { values, complete } = valueUnder(push, step, assumption);
  return !complete || values.some((text) => /^\s*(?:true|1)\s*$/i.test(text));
}

/** Only pull requests, and what is queued to be merged, lead there: what is pushed is a preview. */
export function isPreview(place: Place, build?: FoundBuild): boolean {
  const events = publishingEvents(place, build);
  return events !== undefined && events.length > 0 && events.every(({ event }) => isPreviewEvent(event));
}

export function isPreviewEvent(event: string | undefined): boolean {
  return event === 'merge_group' || event?.startsWith('pull_request') === true;
}

/** Whether a push can stand on a Git tag, by what starts the run. Whoever starts it by hand mostly does so on a branch. */
export function canRunOnTags(place: Place, build?: FoundBuild): boolean {
  const events = publishingEvents(place, build);
  if (!events || events.every(({ event }) => event === 'workflow_dispatch')) return true;
  return events.some(
    ({ event, ref }) =>
      (event === 'push' && ref === 'tag') || /^(?:release|create|registry_package)$/.test(event ?? ''),
  );
}
