import type { CopyInstruction, Dockerfile, Instruction, Stage } from '@plimsoll/documents';
import { isWorkshop } from '../boundary/context.ts';
import type { Build, Related } from '../model.ts';
import { finalChain } from '../secrets/kept.ts';
import { normalise } from '../builds/paths.ts';
import type { Deletion } from './deletions.ts';
import { covers } from './removals.ts';

/** How a file of a stage gets out of the builder; undefined where it does not. */
export type Shipping = (stage: Stage, path: string, written: Instruction) => readonly Related[] | undefined;

/**
 * Layers of the stage that becomes the image and of those that it is FROM ship, also with what a later one deletes; of other
 * stages what `COPY --from` takes of their last state; and all that is built where the cache goes to a registry with `mode=max`.
 */
export function shippingOf(dockerfile: Dockerfile, builds: readonly Build[], deletion: Deletion): Shipping {
  const own = builds.filter((build) => build.dockerfile.status !== 'opaque' && build.dockerfile.target === dockerfile);
  const shipped = own.filter((build) => !isWorkshop(build));
  const chain = new Set(shipped.flatMap(({ target }) => [...finalChain(dockerfile, target)]));
  const cached = shipped.map(registryCache).find(Boolean);
  return (stage, path, written) => {
    if (chain.has(stage.index)) return [];
    const copied = arrival(dockerfile, chain, stage, path, (one, at) => deletion(one, at, written) !== undefined);
    return copied ?? (cached && chain.size > 0 ? [cached] : undefined);
  };
}

interface Place {
  readonly stage: Stage;
  readonly path: string;
  readonly way: readonly Related[];
}

/** The copies that bring a file of another stage into the image. */
function arrival(
  dockerfile: Dockerfile,
  chain: ReadonlySet<number>,
  stage: Stage,
  path: string,
  isDeleted: (stage: Stage, path: string) => boolean,
): readonly Related[] | undefined {
  const open: Place[] = [{ stage, path, way: [] }];
  const seen = new Set<string>();
  for (let place = open.pop(); place; place = open.pop()) {
    const key = `${place.stage.index}\0${place.path}`;
    if (seen.has(key) || seen.size > MAX_PLACES || isDeleted(place.stage, place.path)) continue;
    seen.add(key);
    for (const child of dockerfile.stages) {
      if (child.parent === place.stage) open.push({ ...place, stage: child });
      for (const copy of child.instructions) {
        const arrived = copy.type === 'copy' ? arrivedBy(copy, dockerfile, place) : undefined;
        if (arrived === undefined) continue;
        const way = [...place.way, { at: copy.range, label: 'it is copied into another stage here' }];
        if (chain.has(child.index)) return way;
        open.push({ stage: child, path: arrived, way });
      }
    }
  }
  return undefined;
}

const MAX_PLACES = 500;

/** Where a `COPY --from` puts a file of a stage; undefined where it does not take it. */
function arrivedBy(copy: CopyInstruction, { stages }: Dockerfile, { stage, path }: Place): string | undefined {
  const from = copy.from?.raw.toLowerCase();
  if (from === undefined) return undefined;
  const earlier = stages.filter(({ index }) => index < copy.stage);
  const source = earlier.findLast(({ name }) => name === from) ?? earlier.find(({ index }) => String(index) === from);
  if (source !== stage) return undefined;
  for (const { raw } of copy.sources) {
    const taken = `/${normalise(raw.replace(/["']/g, '')) ?? ''}`;
    if (taken !== '/' && !covers(taken, path)) continue;
    const inFolder =
      path === taken || taken.includes('*')
        ? path.slice(path.lastIndexOf('/'))
        : path.slice(taken === '/' ? 0 : taken.length);
    return `${copy.destination.raw.replace(/["']/g, '').replace(/\/$/, '')}${inFolder}`;
  }
  return undefined;
}

/** `cache-to: type=registry,…,mode=max` holds the layers of all stages. */
function registryCache({ origin }: Build): Related | undefined {
  const input = origin.step?.with.find(({ name }) => name.toLowerCase() === 'cache-to');
  const isMax = input?.value.split('\n').some((line) => line.includes('type=registry') && line.includes('mode=max'));
  return input && isMax ? { at: input.range, label: 'this cache holds the layers of all stages' } : undefined;
}
