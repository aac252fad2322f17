import { sniffManifest } from '@plimsoll/documents';
import type { Manifest } from '@plimsoll/documents';
import type { ScriptEntry } from '../commands/script-files.ts';
import type { Documents } from '../model.ts';
import { withCalledSteps } from '../lanes/instances.ts';
import { legsOf } from '../lanes/matrix.ts';
import type { JobInstance, Lanes, StepInstance } from '../lanes/model.ts';
import { assumedBuild } from './assumed.ts';
import { bakeAction, bakeCommand, uncalledBakeFiles } from './bake.ts';
import { buildahAction } from './buildah-action.ts';
import { buildPushAction } from './build-push-action.ts';
import { sitesOfEntry, sitesOfStep } from './call-sites.ts';
import type { CallSite } from './call-sites.ts';
import { commandBuilds } from './command-build.ts';
import { composeBuilds } from './compose.ts';
import { calledManifests } from './compose-call.ts';
import type { FoundBuild } from './found.ts';
import { nxCallBuilds } from './nx-calls.ts';
import { isFolder } from './paths.ts';
import { nxExecutorBuilds } from './nx-executors.ts';

/** The builds, and the commands among which those stand that push, sign and attest. */
export interface BuildsFound {
  readonly builds: readonly FoundBuild[];
  /** Commands of steps, of all legs, and of script files that no step calls. */
  readonly sites: readonly CallSite[];
  /** Steps of all legs, with those of the actions that they call. */
  readonly steps: readonly StepInstance[];
  /** The jobs of which some legs are left out, since there are too many steps. */
  readonly cut: readonly JobInstance[];
}

/** Steps of all legs beyond this number are not looked at. */
const maxSteps = 50_000;

/** All builds: of workflows and actions, of scripts, of compose files, and one assumed for each Dockerfile that nothing builds. */
export function findBuilds(lanes: Lanes, entries: readonly ScriptEntry[]): BuildsFound {
  const { documents } = lanes;
  const { steps, cut } = stepsOfLegs(lanes);
  const ofSteps = steps.map((step) => sitesOfStep(documents, step, entries));
  const called = new Set(ofSteps.flatMap((sites) => sites.flatMap(({ place }) => place.entry ?? [])));
  const ofEntries = entries
    .filter((entry) => entry.releases && !called.has(entry))
    .flatMap((entry) => sitesOfEntry(documents, entry));
  const sites = [...ofSteps.flat(), ...ofEntries];
  const actions = steps.flatMap((step) => [
    ...buildPushAction(documents, step),
    ...bakeAction(documents, step),
    ...buildahAction(documents, step),
  ]);
  const commands = sites.flatMap((site) => [...commandBuilds(documents, site), ...bakeCommand(documents, site)]);
  const composed = composeOf(lanes, sites);
  const executors = nxExecutorBuilds(documents);
  const ofNx = nxCallBuilds(documents, steps, entries, executors);
  const ranges = new Set(ofNx.map(({ range }) => range));
  const uncalled = executors.flatMap(({ build }) => (ranges.has(build.range) ? [] : build));
  const ofCalls = [...actions, ...commands, ...composed, ...ofNx, ...uncalled];
  const known = [...ofCalls, ...uncalledBakeFiles(documents, ofCalls)];
  return { builds: [...known, ...assumedOf(lanes, known)], sites, steps, cut };
}

/** Each job once for each leg, where a leg can make a difference to a release. */
function stepsOfLegs(lanes: Lanes): Pick<BuildsFound, 'steps' | 'cut'> {
  const found: StepInstance[] = lanes.steps.filter((step) => !step.job);
  const cut = new Set<JobInstance>();
  for (const job of lanes.jobs) {
    for (const leg of isPlain(job) ? [job] : legsOf(job)) {
      if (found.length < maxSteps) found.push(...withCalledSteps(leg.steps));
      else cut.add(job);
    }
  }
  return { steps: found, cut: [...cut] };
}

const releaseWords =
  /docker|podman|buildah|kaniko|cosign|publish|attest|nerdctl|crane|skopeo|\bko\b|\bjib\b|\bpack\b|\bmake\b|\.\/|script|npm|yarn|pnpm|bake/;

/** A job which neither builds nor publishes needs no legs. */
function isPlain(job: JobInstance): boolean {
  return !withCalledSteps(job.steps).some(
    ({ step }) => releaseWords.test(step.uses?.text ?? '') || releaseWords.test(step.run?.value ?? ''),
  );
}

/** Compose files once for each call that builds them; else once as they stand. */
function composeOf({ documents }: Lanes, sites: readonly CallSite[]): readonly FoundBuild[] {
  const found: FoundBuild[] = [];
  const called = new Set<Manifest>();
  for (const site of sites) {
    for (const manifest of calledManifests(documents, site)) {
      called.add(manifest);
      found.push(...composeBuilds(documents, manifest, site));
    }
  }
  for (const manifest of documents.manifests.values()) {
    if (manifest.type !== 'compose' || called.has(manifest)) continue;
    found.push(...composeBuilds(documents, manifest).filter((build) => isPlausible(documents, manifest, build)));
  }
  return found;
}

/** A file that only its content makes one of compose may be read elsewhere, or be filled with folders by what reads it. */
function isPlausible(documents: Documents, { file }: Manifest, { context }: FoundBuild): boolean {
  if (sniffManifest(file.path, '') || context.status === 'opaque' || context.target.kind !== 'local') return true;
  return isFolder(documents, context.target.folder);
}

function assumedOf({ documents }: Lanes, known: readonly FoundBuild[]): readonly FoundBuild[] {
  const built = new Set(
    known.flatMap(({ dockerfile, context }) =>
      dockerfile.status !== 'opaque' && context.status !== 'opaque' ? [dockerfile.target.file.path] : [],
    ),
  );
  return [...documents.dockerfiles.values()]
    .filter(({ file }) => !built.has(file.path))
    .flatMap((dockerfile) => assumedBuild(documents, dockerfile) ?? []);
}
