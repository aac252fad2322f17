import { resolveContents } from '@plimsoll/build-context';
import type { StageContents, StageFile } from '@plimsoll/build-context';
import type { Instruction, RunInstruction, Stage } from '@plimsoll/documents';
import type { BuildContext } from '../boundary/context.ts';

/** The files of a stage by their path in the image, and by their path in the tree. */
export interface StageFiles {
  readonly byPath: ReadonlyMap<string, StageFile>;
  readonly byTreePath: ReadonlyMap<string, StageFile>;
}

const known = new WeakMap<StageContents, StageFiles>();

export function stageFiles(stage: StageContents): StageFiles {
  const files = known.get(stage) ?? {
    byPath: new Map(stage.files.map((file) => [file.path, file])),
    byTreePath: new Map(stage.files.map((file) => [file.treePath, file])),
  };
  known.set(stage, files);
  return files;
}

/** The folder of the tree that stands at a folder of the image, by the manifest in it. */
export function treeFolderAt(stage: StageContents, folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  const { byPath } = stageFiles(stage);
  const prefix = folder === '/' ? '/' : `${folder}/`;
  const manifest = byPath.get(`${prefix}package.json`) ?? byPath.get(`${prefix}project.json`);
  return manifest?.treePath.slice(0, Math.max(0, manifest.treePath.lastIndexOf('/')));
}

const cut = new WeakMap<BuildContext, Map<Instruction, StageContents | undefined>>();

/** What a stage holds when it comes to an instruction. Read again only where a later copy may have brought more. */
export function contentsBefore(context: BuildContext, stage: Stage, run: RunInstruction): StageContents | undefined {
  const all = context.contents.stages[stage.index];
  const later = stage.instructions.some((other) => other.type === 'copy' && other.range.start > run.range.start);
  if (!later) return all;
  const read = cut.get(context) ?? new Map<Instruction, StageContents | undefined>();
  cut.set(context, read);
  if (!read.has(run)) read.set(run, contentsOfCut(context, stage, run));
  return read.get(run);
}

function contentsOfCut({ tree, request }: BuildContext, stage: Stage, run: RunInstruction): StageContents | undefined {
  const instructions = stage.instructions.filter(({ range }) => range.start < run.range.start);
  const stages = request.dockerfile.stages
    .slice(0, stage.index + 1)
    .map((one) => (one === stage ? { ...stage, instructions } : one));
  return resolveContents(tree, {
    ...request,
    dockerfile: { ...request.dockerfile, stages },
    target: String(stage.index),
  }).final;
}

/** Whether a stage may hold files of the tree that are not known: a RUN of another stage made them, or a mount shows all of the context. */
export function holdsUnknown(stage: StageContents): boolean {
  const lineage = lineageOf(stage.stage);
  const arrived = new Set(stage.files.map(({ instruction }) => instruction));
  return lineage.some(({ instructions }) =>
    instructions.some((instruction) => {
      if (instruction.type === 'run')
        return instruction.mounts.some(
          ({ type, options }) => type === 'bind' && !options.some(({ key }) => key === 'from'),
        );
      if (instruction.type !== 'copy' || !instruction.from || arrived.has(instruction)) return false;
      return instruction.sources.some(
        ({ raw }) => !/(?:^|\/)(?:node_modules|\.pnpm-store|\.yarn|\.next|dist|bin|lib)\/?$/.test(raw),
      );
    }),
  );
}

/** A stage and those that it is FROM, itself first. */
export function lineageOf(stage: Stage): readonly Stage[] {
  const found: Stage[] = [];
  for (let at: Stage | undefined = stage; at && !found.includes(at); at = at.parent) found.push(at);
  return found;
}
