import type { ContextPath } from '@plimsoll/documents';
import type { BuildsFound } from '../builds/index.ts';
import type { JobInstance, Lanes, StepInstance, WorkflowInstance } from '../lanes/model.ts';
import { scopeOfJob, scopeOfStep } from '../lanes/scope.ts';
import { scopeOfOutputs } from '../lanes/outputs.ts';
import type { Digest, DigestLink, DigestUse, Origin } from '../model.ts';
import { rootOf } from '../publications/lane-root.ts';
import type { Resolved } from '../values/resolved.ts';
import type { ValueScope } from '../values/value.ts';
import { dangling } from './dangling.ts';
import type { BuildsOfSteps } from './dangling.ts';
import type { FoundDigest } from './found.ts';
import type { DigestIndex } from './locate.ts';
import { signsPlatformsAlone } from './platform-use.ts';
import { purposeOf } from './purpose.ts';
import { isOverwritten } from './matrix.ts';
import { wantsDigest } from './wants.ts';
import { readingsOfAction, readingsOfJob, readingsOfStep, readingsOfWorkflow } from './readings.ts';
import type { Reading } from './readings.ts';

/** Where an expression stands, and what its names mean there. */
export interface UsePlace {
  readonly job?: JobInstance;
  /** The step that reads, or for the outputs of an action one of its steps. */
  readonly step?: StepInstance;
  /** For the outputs of a called workflow. */
  readonly instance?: WorkflowInstance;
  readonly origin: Origin;
  readonly scope: ValueScope;
  readonly reading: Reading;
}

export interface UseSources {
  readonly lanes: Lanes;
  readonly found: BuildsFound;
  readonly index: DigestIndex;
  readonly builds: BuildsOfSteps;
  readonly digestOf: (found: FoundDigest) => Digest | undefined;
}

/** The expressions that want a digest, or lead to one; of several calls that lead to one place one. */
export function digestUses(sources: UseSources): readonly DigestUse[] {
  const all = [...places(sources.lanes)].flatMap((place) => useOf(place, sources) ?? []);
  const groups = Map.groupBy(all, ({ range }) => `${range.file.path}:${range.start}`);
  const uses = [...groups.values()].flatMap((group) => mergedUse(group) ?? []);
  const dead = deadAlternatives(uses);
  const platformsAlone = signsPlatformsAlone(uses, sources.found);
  return uses.filter((use) => !dead.has(use)).map((use) => publicUse(use, platformsAlone));
}

/** Beside a signature of something else, that of a platform is one more. */
function publicUse({ part: _, digests, ...use }: UseInPart, platformsAlone: boolean): DigestUse {
  const { wants, digest } = use;
  const more =
    wants === 'signature' && digest.status === 'dangling' && digest.because === 'platform' && !platformsAlone;
  return more ? { ...use, digest: { status: 'resolved', target: digests } } : use;
}

function* places({ jobs, steps, workflows }: Lanes): Generator<UsePlace> {
  for (const job of jobs) {
    const scope = scopeOfJob(job);
    for (const reading of readingsOfJob(job)) yield { job, origin: job.origin, scope, reading };
  }
  for (const step of steps) {
    const around = { step, ...(step.job && { job: step.job }) };
    for (const reading of readingsOfStep(step))
      yield { ...around, origin: step.origin, scope: scopeOfStep(step), reading };
    if (step.action && step.siblings[0] === step)
      for (const reading of readingsOfAction(step))
        yield { ...around, origin: originOfAction(step), scope: scopeOfStep(step), reading };
  }
  for (const instance of workflows) {
    const scope = scopeOfOutputs(instance);
    const origin = { workflow: instance.workflow, callers: [] };
    for (const reading of readingsOfWorkflow(instance)) yield { instance, origin, scope, reading };
  }
}

function originOfAction({ origin }: StepInstance): Origin {
  const { step: _, ...rest } = origin;
  return rest;
}

function useOf(place: UsePlace, sources: UseSources): UseInPart | undefined {
  const { reading, origin } = place;
  const { path, site } = reading;
  if (!isRead(path)) return undefined;
  const digests = digestsOf(place, sources);
  if (digests.length === 0 && !wantsDigest(reading)) return undefined;
  const wants = purposeOf(place);
  const problem = dangling(place, wants, digests, sources);
  if (problem && site.kind === 'output' && place.job && isOverwritten(place.job, site.output)) return undefined;
  const digest = problem ?? linkOf(digests, resolve(place));
  return { range: path.range, written: path.path, origin, wants, digest, digests, part: reading.part };
}

const contexts = new Set(['steps', 'needs', 'jobs', 'env', 'inputs', 'matrix']);

function isRead({ context, names }: ContextPath): boolean {
  if (!contexts.has(context)) return false;
  return context === 'steps' || context === 'needs' || context === 'jobs'
    ? names.length === 3 && names[1]?.toLowerCase() === 'outputs'
    : names.length === 1;
}

function resolve({ scope, reading }: UsePlace): Resolved {
  return scope.context([reading.path.context, ...reading.path.names], reading.path.range);
}

/** The digests that it leads to. Other outputs of a step that pushes, such as `imageid`, are none. */
function digestsOf(place: UsePlace, { index, digestOf }: UseSources): readonly Digest[] {
  const { reading } = place;
  const { context, names } = reading.path;
  if (context === 'steps' && !wantsDigest(reading) && !/digest|metadata|image|ref|sha/i.test(names.at(-1) ?? ''))
    return [];
  const { definitions, forms } = resolve(place);
  const found = index.of(definitions, rootOfUse(place));
  if (found.length === 0) return [];
  const holds = forms.some((form) => form.some((part) => typeof part !== 'string' && digestOutput.test(part.unknown)));
  return found.filter(({ places }) => holds || places.some(({ call }) => call)).flatMap((one) => digestOf(one) ?? []);
}

const digestOutput = /\.outputs\.(?:digest|metadata)\b/i;

export function rootOfUse({ job, step, instance }: UsePlace): string {
  if (!instance) return rootOf({ ...(job && { job }), ...(step && { step }) });
  let root = instance;
  while (root.caller) root = root.caller.instance;
  return root.workflow.file.path;
}

function linkOf(digests: readonly Digest[], { reason }: Resolved): DigestLink {
  if (digests.length > 0) return { status: 'resolved', target: digests };
  return { status: 'opaque', reason: reason ?? 'it is not known before the run' };
}

interface UseInPart extends DigestUse {
  readonly part: Reading['part'];
  readonly digests: readonly Digest[];
}

/** It dangles where no call that leads there gives it one. */
function mergedUse(group: readonly UseInPart[]): UseInPart | undefined {
  const [first] = group;
  const good = group.filter(({ digest }) => digest.status === 'resolved');
  const targets = [...new Set(good.flatMap(({ digest }) => (digest.status === 'resolved' ? digest.target : [])))];
  if (first && good.length > 0) return { ...first, digest: { status: 'resolved', target: targets } };
  return group.find(({ digest }) => digest.status === 'opaque') ?? first;
}

/** In `a || b` one that dangles is a way that is not taken, as long as the other does not. */
function deadAlternatives(uses: readonly UseInPart[]): ReadonlySet<DigestUse> {
  const parts = Map.groupBy(uses, ({ part }) => `${part.range.file.path}:${part.range.start}`);
  const dead = [...parts.values()].flatMap((some) => {
    const alive = some.filter(({ digest }) => digest.status !== 'dangling');
    return alive.length > 0 && alive.length < some.length
      ? some.filter(({ digest }) => digest.status === 'dangling')
      : [];
  });
  return new Set(dead);
}
