import type { CopyInstruction, Dockerfile, Instruction, RunInstruction, Stage } from '@plimsoll/documents';
import type { BuildRequest, ContextSource } from '../model.ts';
import { remember } from '../remember.ts';
import type { WordReader } from './words.ts';

/** Where a stage starts, or a `--from` reads. */
export type Origin =
  | { readonly kind: 'scratch' }
  | { readonly kind: 'stage'; readonly stage: number }
  | { readonly kind: 'context'; readonly name: string; readonly context: ContextSource }
  | { readonly kind: 'image'; readonly name: string }
  /** `everywhere`: BuildKit then builds no stage of the file. */
  | { readonly kind: 'invalid'; readonly message: string; readonly everywhere?: true };

/** What a stage does, with its links to other stages resolved. */
export interface StagePlan {
  readonly stage: Stage;
  readonly base: Origin;
  /** Its instructions, behind those that an ONBUILD of the stage it is from triggers. */
  readonly instructions: readonly Instruction[];
  /** The stages that must be built for it, directly. */
  readonly needs: readonly number[];
  /** What makes BuildKit refuse the whole file. */
  readonly faults: readonly string[];
}

export interface BuildPlan {
  readonly stages: readonly StagePlan[];
  /** The index of the stage to build; undefined where there is no such stage. */
  readonly target?: number;
  originOf(instruction: CopyInstruction): Origin | undefined;
}

/** Links the stages of a build as BuildKit does. */
export function planBuild(request: BuildRequest, words: WordReader): BuildPlan {
  const { stages } = request.dockerfile;
  const origins = new Map<string, Origin>();
  const originOf = (name: string, reader: number): Origin => {
    const key = `${reader} ${name}`;
    const origin = origins.get(key) ?? findFrom(request, name, reader);
    origins.set(key, origin);
    return origin;
  };
  const target = findTarget(request);
  return {
    stages: stages.map((stage) => planStage(request, stage, words)),
    ...(target !== undefined && { target }),
    originOf: ({ from, stage }) => from && originOf(from.raw, stage),
  };
}

/** A target is a name; Plimsoll takes an index as well, for stages without one. */
function findTarget({ dockerfile: { stages }, target }: BuildRequest): number | undefined {
  if (target === undefined) return stages.length > 0 ? stages.length - 1 : undefined;
  const named = stages.findLast((stage) => stage.name === target.toLowerCase());
  const index = named?.index ?? (/^\d+$/.test(target) ? Number(target) : undefined);
  return index !== undefined && index < stages.length ? index : undefined;
}

function planStage(request: BuildRequest, stage: Stage, words: WordReader): StagePlan {
  const base = findBase(request, stage, words);
  const parent = base.kind === 'stage' ? request.dockerfile.stages[base.stage] : undefined;
  const triggered = (parent?.instructions ?? []).flatMap((instruction) =>
    instruction.type === 'words' && instruction.trigger ? [{ ...instruction.trigger, stage: stage.index }] : [],
  );
  const replaced = stage.name !== undefined && base.kind === 'context' && base.name === stage.name;
  const instructions = replaced ? [] : [...triggered, ...stage.instructions];
  const read = instructions.flatMap((instruction) => fromsOf(instruction));
  const origins = [base, ...read.map((name) => findFrom(request, name, stage.index))];
  const needs = origins.flatMap((origin) => (origin.kind === 'stage' ? [origin.stage] : []));
  const faults = origins.flatMap((origin) => (origin.kind === 'invalid' && origin.everywhere ? [origin.message] : []));
  return { stage, base, instructions, needs: [...new Set(needs)], faults };
}

function findBase(request: BuildRequest, stage: Stage, words: WordReader): Origin {
  const { namedContexts, dockerfile } = request;
  const replacement = stage.name === undefined ? undefined : namedContexts?.get(stage.name);
  if (replacement && stage.name !== undefined) return { kind: 'context', name: stage.name, context: replacement };
  const name = words.base(stage).value;
  if (name === undefined) return { kind: 'image', name: stage.from.image.raw };
  const parent = stagesNamed(dockerfile, name).findLast((index) => index < stage.index);
  if (parent !== undefined) return { kind: 'stage', stage: parent };
  return name === 'scratch' ? { kind: 'scratch' } : imageOrContext(request, name);
}

/** The indexes of the stages of a name, ascending. */
function stagesNamed(dockerfile: Dockerfile, name: string): readonly number[] {
  return stageNames(dockerfile).get(name) ?? [];
}

const stageNames = remember(({ stages }: Dockerfile): ReadonlyMap<string, readonly number[]> => {
  const named = new Map<string, number[]>();
  for (const { name, index } of stages) {
    if (name === undefined) continue;
    const indexes = named.get(name);
    if (indexes) indexes.push(index);
    else named.set(name, [index]);
  }
  return named;
});

function imageOrContext({ namedContexts }: BuildRequest, name: string): Origin {
  const short = name.replace(/^docker\.io\/(?:library\/)?/, '').replace(/:latest$/, '');
  for (const [key, context] of namedContexts ?? []) {
    if (key === name || key.replace(/:latest$/, '') === short) return { kind: 'context', name: key, context };
  }
  return { kind: 'image', name };
}

/** `--from` names a stage by index or, in any case, by name; the last one of that name, wherever it stands. */
function findFrom(request: BuildRequest, name: string, reader: number): Origin {
  const { dockerfile } = request;
  const { stages } = dockerfile;
  if (name.includes('$'))
    return { kind: 'invalid', message: 'variable expansion is not supported for --from', everywhere: true };
  const isIndex = /^[+-]?\d+$/.test(name);
  const stage = stages[isIndex ? Number(name) : (stagesNamed(dockerfile, name.toLowerCase()).at(-1) ?? -1)];
  if (!stage && isIndex) return { kind: 'invalid', message: `invalid stage index ${name}`, everywhere: true };
  if (!stage) return name === 'scratch' ? { kind: 'scratch' } : imageOrContext(request, name);
  if (stage.index < reader) return { kind: 'stage', stage: stage.index };
  return { kind: 'invalid', message: `cannot copy from stage "${name}": it is not defined before this stage` };
}

/** A COPY of heredocs alone takes nothing from its stage, and BuildKit does not build that for it. */
function fromsOf(instruction: Instruction): readonly string[] {
  if (instruction.type === 'copy')
    return instruction.from && instruction.sources.length > 0 ? [instruction.from.raw] : [];
  return instruction.type === 'run' ? mountsFrom(instruction) : [];
}

function mountsFrom({ mounts }: RunInstruction): readonly string[] {
  return mounts.flatMap(({ options }) => options.find(({ key }) => key === 'from')?.value ?? []);
}

/** Stages and all that must be built for them. */
export function stagesFor(plan: BuildPlan, targets: readonly number[]): ReadonlySet<number> {
  const found = new Set(targets);
  for (const index of found) plan.stages[index]?.needs.forEach((need) => found.add(need));
  return found;
}

/** A stage and those that it is FROM. */
export function lineage(plan: BuildPlan, target: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (let at: number | undefined = target; at !== undefined;) {
    found.add(at);
    const base: Origin | undefined = plan.stages[at]?.base;
    at = base?.kind === 'stage' ? base.stage : undefined;
  }
  return found;
}
