import { withCalledSteps } from '../lanes/instances.ts';
import type { JobInstance, Lanes, StepInstance } from '../lanes/model.ts';
import type { Build, Publication } from '../model.ts';
import { normalise } from '../builds/paths.ts';
import { viewOf } from '../credentials/step-view.ts';
import type { StepView } from '../credentials/step-view.ts';
import { onlyValue } from '../values/resolved.ts';
import { actionVersion } from './action-version.ts';
import { dropsToken, pushesWithAnyTool } from './git-use.ts';
import type { KeptToken, TokenLeak } from './model.ts';
import { imageLeaks, uploadLeaks } from './token-leaks.ts';

/** A checkout while its job goes on. */
export interface OpenCheckout {
  readonly view: StepView;
  /** In the workspace; undefined where it is not known. */
  readonly folder: string | undefined;
  /** It is the repository that is checked. */
  readonly own: boolean;
  readonly keptIn: KeptToken['keptIn'];
  readonly leaks: TokenLeak[];
}

/** The checkouts that keep their token, with what takes it along in the same job, by file and place; each step once. */
export function keptTokens(
  lanes: Lanes,
  builds: readonly Build[],
  publications: readonly Publication[],
): readonly KeptToken[] {
  const pushed = new Set(publications.flatMap((publication) => publication.builds));
  const byStep = Map.groupBy(builds, ({ origin }) => origin.step);
  const found = lanes.jobs.flatMap((job) => tokensOf(job, byStep, pushed));
  const unique = new Map<string, KeptToken>();
  for (const token of found) {
    const key = `${token.range.file.path}:${String(token.range.start)}`;
    const known = unique.get(key);
    unique.set(key, known ? both(known, token) : token);
  }
  return [...unique.values()].sort(byPlace);
}

/** The same step, in two jobs that call its action or workflow. */
function both(first: KeptToken, second: KeptToken): KeptToken {
  return { ...first, pushes: first.pushes || second.pushes, leaks: [...first.leaks, ...second.leaks] };
}

function tokensOf(
  job: JobInstance,
  builds: ReadonlyMap<StepInstance['step'] | undefined, readonly Build[]>,
  pushed: ReadonlySet<Build>,
): readonly KeptToken[] {
  const views = withCalledSteps(job.steps).map(viewOf);
  if (!views.some(isCheckout)) return [];
  const all: OpenCheckout[] = [];
  const open = new Map<string, OpenCheckout>();
  for (const view of views) {
    if (isCheckout(view)) {
      const folder = folderOf(view);
      open.delete(folder ?? '');
      const checkout = persists(view) ? openCheckout(view, folder) : undefined;
      if (!checkout) continue;
      all.push(checkout);
      if (open.size < MOST_OPEN) open.set(folder ?? `\0${String(all.length)}`, checkout);
    } else if (view.commands.some(dropsToken)) open.clear();
    else {
      const kept = [...open.values()];
      for (const checkout of kept) checkout.leaks.push(...uploadLeaks(checkout, view));
      const ofStep = (builds.get(view.step.step) ?? []).filter(({ origin }) => origin.job === job.job);
      for (const build of ofStep)
        for (const checkout of kept) checkout.leaks.push(...imageLeaks(checkout, build, pushed.has(build)));
    }
  }
  const pushes = views.some(pushesWithAnyTool);
  return all.flatMap((checkout) => told(checkout, pushes) ?? []);
}

/** Folders that one job checks out; more are not followed. */
const MOST_OPEN = 20;

function told({ view, keptIn, leaks }: OpenCheckout, pushes: boolean): KeptToken | undefined {
  const { uses } = view.step.step;
  const [secret] = view.input('token')?.value.secrets ?? [];
  return (
    uses && {
      range: uses.range,
      origin: view.step.origin,
      token: secret?.text ?? 'github.token',
      keptIn,
      pushes,
      leaks,
    }
  );
}

function isCheckout({ action }: StepView): boolean {
  return action === 'actions/checkout';
}

/** Unless it is turned off, or turned off on some runs. */
function persists(view: StepView): boolean {
  const input = view.input('persist-credentials');
  return !input || (input.value.complete && input.value.values.every((value) => value !== 'false'));
}

function folderOf(view: StepView): string | undefined {
  const path = view.input('path');
  if (!path) return '';
  const only = onlyValue(path.value);
  return only === undefined ? undefined : normalise(only);
}

function openCheckout(view: StepView, folder: string | undefined): OpenCheckout {
  const version = view.step.step.uses && actionVersion(view.step.step.uses);
  const repository = view.input('repository');
  return {
    view,
    folder,
    own: !repository || /github\.(?:repository|event\.pull_request\.head)\b/.test(repository.value.written),
    keptIn: version === undefined ? 'unknown' : version[0] < FIRST_IN_RUNNER ? 'folder' : 'runner',
    leaks: [],
  };
}

/** From this version on actions/checkout keeps the token in `$RUNNER_TEMP` (its CHANGELOG). */
const FIRST_IN_RUNNER = 6;

function byPlace(a: KeptToken, b: KeptToken): number {
  const [left, right] = [a.range.file.path, b.range.file.path];
  return left === right ? a.range.start - b.range.start : left < right ? -1 : 1;
}
