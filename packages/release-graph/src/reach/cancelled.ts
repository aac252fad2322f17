import type { Concurrency } from '@plimsoll/documents';
import type { Place } from '../builds/index.ts';
import { assumptionsOf, runs, valueUnder } from '../conditions/index.ts';
import type { Assumption } from '../conditions/index.ts';
import type { JobInstance } from '../lanes/model.ts';
import type { FoundPublication } from '../publications/found.ts';
import type { Related } from '../value-model.ts';
import type { CancelledPublication } from './model.ts';
import type { ReleaseParts } from './pull-requests.ts';
import { buildPushes, commandPublishes, sitesByCall } from './pushes.ts';

/** Settings by which the next run ends one that publishes, under an event that publishes for good: no pull request. */
export function cancelledPublications({ found, published }: ReleaseParts): readonly CancelledPublication[] {
  const siteOf = sitesByCall(found.sites);
  const cut = published.found.flat().flatMap((one) => cancellations(one, siteOf));
  const byPlace = Map.groupBy(cut, ({ at }) => `${at.file.path}:${at.start}`);
  return [...byPlace.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const all = [first, ...others].flatMap((one) => one.publications);
    const publications = [...new Map(all.map((one) => [`${one.at.file.path}:${one.at.start}`, one])).values()];
    return { ...first, publications };
  });
}

function cancellations(one: FoundPublication, siteOf: ReturnType<typeof sitesByCall>): readonly CancelledPublication[] {
  const { place, range, names, kind } = one;
  const { job, step } = place;
  if (!job || !step) return [];
  const all = assumptionsOf(job);
  const events = all.filter(
    (assumption) =>
      !isPreview(assumption) &&
      !isForPullRequests(job) &&
      runs(step, assumption) !== false &&
      publishes(one, place, assumption, siteOf),
  );
  const publication: Related = {
    at: range,
    label: names[0] === undefined ? `publishes (${kind})` : `publishes ${names[0]}`,
  };
  const onPullRequests = all.some(isPreview);
  return settingsOf(job).flatMap(({ concurrency, owner }) => {
    const { group, cancelInProgress } = concurrency;
    if (!cancelInProgress) return [];
    const [event] = events.filter((assumption) => {
      const { values, complete } = valueUnder(cancelInProgress, owner, assumption);
      const cancels = complete && values.length > 0 && values.every((text) => text === 'true');
      return cancels && !isUnique(group, owner, assumption);
    });
    return event
      ? [
          {
            at: cancelInProgress.range,
            group: { at: group.range, label: 'the group of runs, of which only one goes on' },
            publications: [publication],
            event: event.event ?? '',
            onPullRequests,
          },
        ]
      : [];
  });
}

function publishes(
  { by, builds }: FoundPublication,
  place: Place,
  assumption: Assumption,
  siteOf: ReturnType<typeof sitesByCall>,
): boolean {
  const [build] = builds;
  if (by === 'build') return build !== undefined && buildPushes(build, siteOf(place), assumption) !== false;
  const site = siteOf(place);
  return !site || commandPublishes(site, assumption) !== false;
}

function isPreview({ event = '' }: Assumption): boolean {
  return event.startsWith('pull_request') || event === 'merge_group';
}

/** Behind the run of another workflow, one for a pull request. */
function isForPullRequests(job: JobInstance): boolean {
  for (let at: JobInstance | undefined = job; at; at = at.instance.caller)
    if (/workflow_run\.event\s{0,9}==\s{0,9}'pull_request/.test(at.job.if?.value ?? '')) return true;
  return false;
}

interface Setting {
  readonly concurrency: Concurrency;
  readonly owner: JobInstance;
}

/** Those of the job, of its workflow, and of the jobs and workflows that call it. */
function settingsOf(job: JobInstance): readonly Setting[] {
  const found: Setting[] = [];
  for (let at: JobInstance | undefined = job; at; at = at.instance.caller) {
    for (const concurrency of [at.job.concurrency, at.workflow.concurrency])
      if (concurrency) found.push({ concurrency, owner: at });
  }
  return found;
}

/** What is another in each run, or in each release. */
const ofOneRun =
  /^github\.(?:sha|run_id|run_number|workflow_sha|event\.(?:after|head_commit\.id|workflow_run\.(?:id|head_sha|run_number|pull_requests\b.*)|release\.\w+|client_payload\.\w+))$|^inputs\.|^a tag$|^the queue$/;

function isUnique(group: Concurrency['group'], owner: JobInstance, assumption: Assumption): boolean {
  const { forms } = valueUnder(group, owner, assumption);
  return forms.every((form) => form.some((part) => typeof part !== 'string' && ofOneRun.test(part.unknown)));
}
