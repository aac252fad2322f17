import { firstLine } from '@plimsoll/documents';
import type { Dockerfile, Stage } from '@plimsoll/documents';
import type { Build, Related } from '../model.ts';
import { usesOf } from './arg-index.ts';
import type { ArgDeclaration, NameUses } from './arg-index.ts';
import { keepsBuildArgs } from './provenance-mode.ts';

export interface Keeping {
  /** What keeps the value, to follow "stays in". */
  readonly keptIn: readonly string[];
  /** The ARG that takes it: in the image's own stages, else in another stage, else before the first FROM. */
  readonly declaration?: ArgDeclaration;
  /** The ARG and its uses, in the order of the text. */
  readonly places: readonly Related[];
}

const MAX_PLACES = 8;

/** Where the Dockerfile is not known. */
const unknownHistory = 'the history of the image, where a stage of it declares the ARG';

/**
 * What keeps the value of a build-arg. History: each ARG of the final stage and of the stages that it is FROM is written
 * there with its value, and the RUNs after it repeat it. Configuration: an ENV or LABEL that copies it. Provenance with
 * `mode=max`: each build-arg that is passed, whatever stage takes it.
 */
export function keepingOf(build: Build, name: string): Keeping {
  const provenance = keepsBuildArgs(build);
  const inProvenance = provenance === undefined ? [] : [`the provenance of the image (${provenance})`];
  if (build.dockerfile.status === 'opaque') {
    return { keptIn: [unknownHistory, ...inProvenance], places: [] };
  }
  const dockerfile = build.dockerfile.target;
  const chain = finalChain(dockerfile, build.target);
  const uses = usesOf(dockerfile, name);
  const shipped = uses.declarations.filter(({ instruction }) => chain.has(instruction.stage));
  const copied = shipped.length > 0 ? copiesIn(chain, uses) : [];
  const keptIn = [
    ...(shipped.length > 0 ? ['the history of the image'] : []),
    ...(copied.length > 0 ? [`the configuration of the image (${copied.join(', ')})`] : []),
    ...inProvenance,
  ];
  const declaration =
    shipped[0] ?? uses.declarations.find(({ instruction }) => instruction.stage >= 0) ?? uses.declarations[0];
  return {
    keptIn: keptIn.length > 0 ? keptIn : ['the log of the build, where a step that uses it is named with its value'],
    ...(declaration && { declaration }),
    places: placesOf(uses, name),
  };
}

/** The indexes of the stage that becomes the image and of those that it is FROM. */
export function finalChain({ stages }: Dockerfile, target: string | undefined): ReadonlySet<number> {
  const wanted = target?.toLowerCase();
  let stage: Stage | undefined =
    wanted === undefined || wanted === ''
      ? stages.at(-1)
      : (stages.findLast((one) => one.name === wanted) ??
        stages.find((one) => String(one.index) === wanted) ??
        stages.at(-1));
  const chain = new Set<number>();
  while (stage && !chain.has(stage.index)) {
    chain.add(stage.index);
    stage = stage.parent;
  }
  return chain;
}

/** `ENV NODE_AUTH_TOKEN`, for each that reads the ARG in a stage of the image. */
function copiesIn(chain: ReadonlySet<number>, { copies }: NameUses): readonly string[] {
  return copies
    .filter(({ instruction }) => chain.has(instruction.stage))
    .map(({ instruction, variable }) => `${instruction.name} ${variable.name}`);
}

/** The ARG, and what uses it in the stages that declare it. */
function placesOf({ declarations, copies, others }: NameUses, name: string): readonly Related[] {
  const stages = new Set(declarations.map(({ instruction }) => instruction.stage));
  const used = [...copies.map(({ instruction }) => instruction), ...others].filter(({ stage }) => stages.has(stage));
  const places = [
    ...declarations.map(({ variable }) => ({ at: variable.range, label: `ARG ${name} takes it` })),
    ...used.map((instruction) => ({ at: firstLine(instruction.range), label: `${instruction.name} uses it` })),
  ];
  return places.sort((a, b) => a.at.start - b.at.start).slice(0, MAX_PLACES);
}
