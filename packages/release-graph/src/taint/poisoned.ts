import { withCalledSteps } from '../lanes/instances.ts';
import type { Lanes } from '../lanes/model.ts';
import { reachesOf } from '../triggers/index.ts';
import { restoredCaches } from './caches.ts';
import type { LayerCache } from './layer-caches.ts';
import type { PoisonedCache, ScriptInjection, UntrustedCheckout } from './model.ts';
import { publishingJobs } from './publishing.ts';
import type { Released } from './publishing.ts';

type Writer = PoisonedCache['writer'];

/**
 * The caches that publishing jobs restore while a stranger's code runs in the scope of the default branch. What runs there can
 * write a cache by any key, whatever the steps of its own job restore and save; every run reads the caches of the default branch.
 */
export function poisonedCaches(
  lanes: Lanes,
  released: Released,
  code: readonly UntrustedCheckout[],
  injections: readonly ScriptInjection[],
): readonly PoisonedCache[] {
  const writers = [...code.flatMap(writersByCode), ...injections.flatMap(writerByText)];
  if (writers.length === 0) return [];
  const found = new Map<string, PoisonedCache>();
  for (const { job, publishes, previews, feeds } of publishingJobs(lanes, released)) {
    if (previews) continue;
    for (const step of withCalledSteps(job.steps)) {
      const event = reachesOf(step).find((reach) => reach.event !== 'pull_request')?.event;
      if (event === undefined) continue;
      for (const { range, what, layers } of restoredCaches(step, event, lanes.documents.tree)) {
        const writer = writers.find((one) => writes(one, layers));
        const key = `${range.file.path}:${range.start}`;
        if (!writer || found.has(key)) continue;
        const publishedBy = feeds && { publishedBy: feeds.job.id };
        found.set(key, { range, origin: step.origin, what, publishes, writer, ...publishedBy });
      }
    }
  }
  return [...found.values()];
}

/** A writer, with the only caches that it reaches; undefined: all that GitHub keeps. */
type Reaching = Writer & { readonly only?: readonly LayerCache[] };

function writes({ only }: Reaching, layers: readonly LayerCache[] | undefined): boolean {
  if (!only) return !layers || layers.includes('gha');
  return layers?.some((cache) => only.includes(cache)) ?? false;
}

/** What only a builder's containers run reaches no cache but that of the build's own layers. */
function writersByCode({ runs, reach, range, origin }: UntrustedCheckout): readonly Reaching[] {
  const writer = { at: range, job: origin.job?.id ?? '', event: reach.event };
  const saved = runs.flatMap(({ savesLayers = [] }) => savesLayers);
  const layers: readonly Reaching[] = saved.length > 0 ? [{ ...writer, brings: 'layers', only: saved }] : [];
  const runsCode = runs.some(({ where }) => where === 'runner') && reach.cache === 'default branch';
  return runsCode ? [{ ...writer, brings: 'code' }, ...layers] : layers;
}

function writerByText({ text, range, origin, reach }: ScriptInjection): readonly Writer[] {
  if (text.by !== 'anyone' || reach?.by !== 'anyone' || reach.cache !== 'default branch') return [];
  return [{ at: range, job: origin.job?.id ?? '', event: reach.event, brings: 'text' }];
}
