import { withCalledSteps } from '../lanes/instances.ts';
import type { JobInstance, Lanes } from '../lanes/model.ts';
import { viewOf } from '../credentials/step-view.ts';
import type { Deployment, Publication, Related } from '../model.ts';
import { reachesOf } from '../triggers/index.ts';

export interface Released {
  readonly publications: readonly Publication[];
  readonly deployments: readonly Deployment[];
}

/** A job whose result leaves the repository, by itself or in another job that takes its artifacts. */
export interface PublishingJob {
  readonly job: JobInstance;
  readonly publishes: Related;
  /** It makes what the other one publishes. */
  readonly feeds?: JobInstance;
  readonly previews: boolean;
}

/** Actions that put files into a release, by their names in lower case. */
const RELEASES: ReadonlySet<string> = new Set([
  'softprops/action-gh-release',
  'ncipollo/release-action',
  'actions/upload-release-asset',
  'svenstaro/upload-release-action',
  'goreleaser/goreleaser-action',
  'shogo82148/actions-upload-release-asset',
  'alexellis/upload-assets',
  'helm/chart-releaser-action',
]);

/** The jobs that publish, and those which make what they publish. `previews`: for pull requests alone. */
export function publishingJobs(lanes: Lanes, released: Released): readonly PublishingJob[] {
  const places = placesOf(released);
  const own = lanes.jobs.flatMap((job): readonly PublishingJob[] => {
    const publishes = places.get(job.job) ?? releaseIn(job);
    const previews = reachesOf(job).every(({ event }) => event === 'pull_request');
    return publishes ? [{ job, publishes, previews }] : [];
  });
  const publishing = new Set(own.map(({ job }) => job));
  const feeding = own.flatMap(({ job, publishes, previews }) =>
    feedersOf(job).flatMap((feeder) =>
      publishing.has(feeder) ? [] : [{ job: feeder, publishes, feeds: job, previews }],
    ),
  );
  return [...own, ...feeding];
}

function placesOf({ publications, deployments }: Released): ReadonlyMap<unknown, Related> {
  const places = new Map<unknown, Related>();
  const add = (job: unknown, at: Related): void => {
    if (job !== undefined && !places.has(job)) places.set(job, at);
  };
  for (const { origin, range, names, kind } of publications) {
    const name = names.find((one) => !one.includes('$')) ?? (kind === 'image' ? 'an image' : `the ${kind} package`);
    add(origin.job, { at: range, label: `${name} is published here` });
  }
  // Without an environment it may as well be the cluster of a test.
  for (const { origin, range, environment } of deployments)
    if (environment) add(origin.job, { at: range, label: 'this deploys' });
  return places;
}

function releaseIn(job: JobInstance): Related | undefined {
  for (const step of withCalledSteps(job.steps)) {
    const view = viewOf(step);
    const { uses } = step.step;
    if (uses && RELEASES.has(view.action ?? '') && !/--snapshot/.test(view.input('args')?.value.written ?? ''))
      return { at: uses.range, label: 'files of a release are published here' };
    const command = view.commands.find(({ command: one }) => {
      const words = one.words.map(({ text }) => text);
      return (
        one.name === 'gh' &&
        words[1] === 'release' &&
        (words[2] === 'upload' || (words[2] === 'create' && words.length > 5))
      );
    });
    if (command) return { at: command.command.range, label: 'files of a release are published here' };
  }
  return undefined;
}

/** The jobs that it waits for and whose artifacts it downloads. */
function feedersOf(job: JobInstance): readonly JobInstance[] {
  if (!uses(job, /^actions\/download-artifact$/)) return [];
  return neededBy(job).filter((one) => uses(one, /^actions\/upload-artifact$/));
}

function uses(job: JobInstance, action: RegExp): boolean {
  return withCalledSteps(job.steps).some((step) => action.test(viewOf(step).action ?? ''));
}

function neededBy(job: JobInstance): readonly JobInstance[] {
  const found = new Set<JobInstance>();
  const follow = (one: JobInstance): void => {
    for (const need of one.job.needs) {
      const other = one.instance.jobs.find(({ job: { id } }) => id === need.value);
      if (!other || found.has(other)) continue;
      found.add(other);
      follow(other);
    }
  };
  follow(job);
  return [...found].flatMap((one) => (one.calls ? one.calls.jobs : [one]));
}
