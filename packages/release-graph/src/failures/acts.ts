import type { Range, ShellWord } from '@plimsoll/documents';
import { firstLine } from '@plimsoll/documents';
import { isAction } from '../builds/build-push-action.ts';
import type { BuildsFound, CallSite } from '../builds/index.ts';
import { namesOf } from '../publications/build-index.ts';
import { isPassing } from '../publications/found.ts';
import type { Published } from '../publications/index.ts';
import { sameName } from '../lanes/inputs.ts';
import { hasOwnCluster, isTestJob } from '../lanes/test-jobs.ts';
import type { JobInstance, Lanes, StepInstance } from '../lanes/model.ts';
import type { Deployment, Scan, Verification } from '../model.ts';
import { releasesOf } from '../reach/releases.ts';
import { evaluateWord } from '../values/shell.ts';
import { formTexts } from '../values/value.ts';
import type { ValueScope } from '../values/value.ts';
import { entries, imageNames } from '../values/image-names.ts';
import { formText } from '../values/resolved.ts';
import type { Doing } from './model.ts';

/** A step or command that matters to a release, in one call. */
export interface Act {
  readonly does: Doing;
  readonly how: string;
  /** The step's `uses:` value, or the first line of the command. */
  readonly range: Range;
  readonly step: StepInstance;
  readonly job?: JobInstance;
  /** Of a command. */
  readonly site?: CallSite;
  /** Of a verification: its failure is not its only fault. */
  readonly lax?: true;
}

export interface FailureParts {
  readonly lanes: Lanes;
  readonly found: BuildsFound;
  readonly published: Published;
  readonly verifications: readonly Verification[];
  readonly scans: readonly Scan[];
  readonly deployments: readonly Deployment[];
}

/** All of them, in the order of the steps; a step once, whatever the legs of its job. */
export function actsOf(parts: FailureParts): readonly Act[] {
  const known = actionsByPlace(parts);
  const lax = new Set(
    parts.verifications.filter(({ laxities }) => laxities.length > 0).map(({ range }) => keyOf(range)),
  );
  const scans = new Map(parts.scans.map((scan) => [keyOf(scan.range), scan]));
  const sites = Map.groupBy(
    parts.found.sites.filter(({ place }) => place.step),
    ({ place }) => place.step,
  );
  const steps = [...new Map(parts.found.steps.map((step) => [placeOfStep(step), step])).values()];
  const tests = new Map<object, boolean>();
  const isTest = (job: JobInstance): boolean => {
    const known = tests.get(job.job) ?? (hasOwnCluster(job) || (isTestJob(job) && !isNeeded(job)));
    tests.set(job.job, known);
    return known;
  };
  return steps.flatMap((step) => {
    if (step.job && isTest(step.job)) return [];
    const { uses } = step.step;
    const around = { step, ...(step.job && { job: step.job }) };
    const ofAction = uses && known.get(keyOf(uses.range));
    const commands = (sites.get(step) ?? []).flatMap((site): readonly Act[] => {
      const range = firstLine(site.call.command.range);
      const does = doingOf(site, scans.get(keyOf(range)));
      return does
        ? [{ does, how: site.call.tool, range, site, ...around, ...(lax.has(keyOf(range)) && { lax: true }) }]
        : [];
    });
    const released = releasesOf(step).map(({ how, range }): Act => ({ does: 'release', how, range, ...around }));
    return [...(ofAction && uses ? [{ ...ofAction, range: uses.range, ...around }] : []), ...commands, ...released];
  });
}

function isNeeded({ job, instance }: JobInstance): boolean {
  return instance.jobs.some((other) => other.job.needs.some(({ value }) => sameName(value, job.id)));
}

function placeOfStep(step: StepInstance): string {
  return [...step.origin.callers.map(({ at }) => keyOf(at)), keyOf(step.step.range)].join(' ');
}

export function keyOf({ file, start }: Range): string {
  return `${file.path}:${start}`;
}

type Known = Pick<Act, 'does' | 'how'>;

/** What the actions of steps do, by the places of their `uses:`. Of several things the weightiest. */
function actionsByPlace(parts: FailureParts): ReadonlyMap<string, Known> {
  const found = new Map<string, Known>();
  const add = (range: Range, does: Doing, how: string): void => {
    found.set(keyOf(range), { does, how });
  };
  const { builds, steps } = parts.found;
  for (const { range, how, fails } of parts.scans) if (fails === true) add(range, 'scan', how);
  for (const build of builds) {
    if (!/action$/.test(build.how) || !build.place.step) continue;
    const names = namesOf(build);
    if (isCache(build.tags.flatMap(({ forms }) => forms.flatMap(entries).map(formText)))) continue;
    const pushes = build.pushes === true && !(names.length > 0 && names.every(isPassing));
    add(build.range, pushes ? 'push' : 'build', actionName(build.place.step));
  }
  for (const one of parts.published.found.flat()) {
    if (one.by === 'build' || !one.place.step || one.place.call) continue;
    add(one.range, one.kind === 'image' ? 'push' : 'publish', actionName(one.place.step));
  }
  for (const step of steps) {
    const { uses } = step.step;
    if (!uses) continue;
    if (isAction(step, 'actions/attest', 'actions/attest-build-provenance', 'actions/attest-sbom'))
      add(uses.range, 'attest', actionName(step));
    if (isAction(step, 'notaryproject/notation-action') && uses.path === 'sign')
      add(uses.range, 'sign', actionName(step));
  }
  for (const { range, how } of parts.verifications) add(range, 'verify', how);
  for (const { range, how, of } of parts.deployments) if (of === 'images') add(range, 'deploy', how);
  return found;
}

function actionName({ step: { uses } }: StepInstance): string {
  return [uses?.owner, uses?.repository, uses?.path].filter(Boolean).join('/');
}

/** What a command does; nothing where it only works on this machine, and for a scan that never fails. */
function doingOf({ call, scope }: CallSite, scan: Scan | undefined): Doing | undefined {
  switch (call.does) {
    case 'build':
    case 'bake':
    case 'compose':
      if (call.does === 'build' && isCache(call.tags.flatMap((word) => textsOf(word, scope)))) return undefined;
      if (call.pushes === true || (call.does === 'compose' && call.action === 'push')) return 'push';
      return call.does === 'compose' && call.action === 'up' ? undefined : 'build';
    case 'push': {
      const names = call.references.flatMap((word) => imageNames(evaluateWord(word, scope)));
      const passes = names.length > 0 && names.every(isPassing);
      return passes || isCache(call.references.flatMap((word) => textsOf(word, scope))) ? undefined : 'push';
    }
    case 'copy':
      return 'push';
    case 'merge':
      return call.pushes ? 'push' : undefined;
    case 'publish':
      return call.dryRun ? undefined : 'publish';
    case 'sign':
    case 'attest':
    case 'verify':
      return call.does;
    case 'scan':
      return scan?.fails === true || call.fails === true ? 'scan' : undefined;
    case 'deploy':
      return call.of === 'images' && call.effect === 'runs' ? 'deploy' : undefined;
    default:
      return undefined;
  }
}

/** Layers that later builds start from are no release. */
function isCache(references: readonly string[]): boolean {
  return references.length > 0 && references.every((text) => /(?:^|[/:_-])(?:build-?)?cache(?:[/:_-]|$)/i.test(text));
}

function textsOf(word: ShellWord, scope: ValueScope): readonly string[] {
  return formTexts(evaluateWord(word, scope));
}
