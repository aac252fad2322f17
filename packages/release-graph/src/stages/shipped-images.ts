import { expandOptionsAt, expandWord, scopeAt } from '@plimsoll/documents';
import type { BuildArgs, Command, Dockerfile, Range, Stage, WordsInstruction } from '@plimsoll/documents';
import type { StageFile } from '@plimsoll/build-context';
import { contextOf, isWorkshop } from '../boundary/context.ts';
import { lazy } from '../lazy.ts';
import type { Build, Documents } from '../model.ts';
import { buildTool, installedTools, removesPackages } from './build-tools.ts';
import { joined, stageCommands } from './commands.ts';
import type { StageCommand } from './commands.ts';
import { lineageOf } from './stage-files.ts';

/** A stage that becomes an image. */
export interface ShippedImage {
  readonly build: Build;
  readonly dockerfile: Dockerfile;
  readonly stage: Stage;
  /** The image that it starts from, or that of the stage which it is FROM; undefined where that is not known. */
  readonly base?: string;
  readonly user: ImageUser;
  /** The build tools and sources that stay in it; undefined where there are none of both. */
  readonly toolchain: () => Toolchain | undefined;
}

/** Who runs in an image: what its last USER says, else what its base is known for. */
export type ImageUser =
  | { readonly root: false }
  /** Undefined: there is no USER. */
  | { readonly root: true; readonly at?: Range; readonly name?: string };

export interface Toolchain {
  /** The commands that build, or that install what builds. */
  readonly tools: readonly { readonly text: string; readonly command: Command }[];
  readonly sources: readonly StageFile[];
}

/** The stages that the builds of a repository make images of, each once. */
export function shippedImages(documents: Documents, builds: readonly Build[]): readonly ShippedImage[] {
  const found = new Map<Stage, ShippedImage>();
  for (const build of builds) {
    if (build.dockerfile.status === 'opaque' || isWorkshop(build)) continue;
    const dockerfile = build.dockerfile.target;
    const context = contextOf(build, documents);
    const stage = context ? context.contents.final?.stage : stageNamed(dockerfile, build.target);
    if (stage && !found.has(stage)) found.set(stage, imageOf(documents, build, dockerfile, stage));
  }
  return [...found.values()];
}

function stageNamed({ stages }: Dockerfile, target: string | undefined): Stage | undefined {
  if (target === undefined) return stages.at(-1);
  return stages.findLast(({ name }) => name === target.toLowerCase()) ?? stages[Number(target)];
}

function imageOf(documents: Documents, build: Build, dockerfile: Dockerfile, stage: Stage): ShippedImage {
  const buildArgs: BuildArgs = build.request?.buildArgs ?? new Map<string, string>();
  const lineage = lineageOf(stage);
  const first = lineage.at(-1) ?? stage;
  const base = expandWord(
    first.from.image,
    scopeAt(dockerfile, first.from, buildArgs),
    expandOptionsAt(dockerfile, first.from, buildArgs),
  ).value;
  return {
    build,
    dockerfile,
    stage,
    ...(base !== undefined && { base }),
    user: userOf(dockerfile, lineage, buildArgs, base),
    toolchain: lazy(() => toolchainOf(documents, build, dockerfile, lineage)),
  };
}

function userOf(
  dockerfile: Dockerfile,
  lineage: readonly Stage[],
  buildArgs: BuildArgs,
  base: string | undefined,
): ImageUser {
  const users = lineage.flatMap((stage) =>
    stage.instructions.filter((one): one is WordsInstruction => one.type === 'words' && one.name === 'USER').slice(-1),
  );
  const [last] = users;
  if (!last)
    return isExport(lineage, base) || (base !== undefined && runsUnprivileged(base)) ? { root: false } : { root: true };
  const written = last.words[0]?.raw ?? '';
  const { value } = expandWord(
    last.body.text.trim(),
    scopeAt(dockerfile, last, buildArgs),
    expandOptionsAt(dockerfile, last, buildArgs),
  );
  const name = value?.split(':')[0]?.trim();
  if (name === undefined || !/^(?:root|0+)?$/i.test(name)) return { root: false };
  return { root: true, at: last.range, name: written };
}

/** A stage from scratch that starts nothing: its files are taken out of it. */
function isExport(lineage: readonly Stage[], base: string | undefined): boolean {
  return (
    base === 'scratch' &&
    !lineage.some(({ instructions }) => instructions.some(({ name }) => name === 'CMD' || name === 'ENTRYPOINT'))
  );
}

/** Images that set another user than root themselves, as far as they are known by their names. */
function runsUnprivileged(image: string): boolean {
  return (
    /non-?root|unprivileged|rootless|chiseled/i.test(image) ||
    /^(?:cgr\.dev|dhi\.io)\//.test(image) ||
    /^(?:docker\.io\/)?(?:bitnami|bitnamilegacy|bitnamisecure|prom|grafana|jenkins|curlimages)\//.test(image) ||
    /^registry\.(?:access\.)?redhat\.(?:com|io)\/ubi\d+\/(?!ubi)[\w-]+-\d/.test(image)
  );
}

const sourceFile =
  /\.(?:[cm]?tsx?|[cm]?jsx?|vue|svelte|go|rs|java|kt|kts|scala|cs|fs|vb|c|cc|cpp|cxx|h|hpp|swift|zig|ex|exs|erl|hs|ml|dart|proto|rb|py|php)$/i;

function toolchainOf(
  documents: Documents,
  build: Build,
  dockerfile: Dockerfile,
  lineage: readonly Stage[],
): Toolchain | undefined {
  const context = contextOf(build, documents);
  const commands = stageCommands(dockerfile, context?.request.buildArgs).filter(({ stage }) => lineage.includes(stage));
  const tools = toolsOf(commands);
  if (!context || tools.length === 0) return undefined;
  const removed = commands.flatMap(removedPaths);
  const files = context.contents.final?.files ?? [];
  const sources = files.filter(
    ({ path }) =>
      sourceFile.test(path) &&
      !removed.some((folder) => path === folder || path.startsWith(`${folder === '/' ? '' : folder}/`)),
  );
  return sources.length > 0 ? { tools, sources } : undefined;
}

/** Builds, and compilers that are not taken away again. */
function toolsOf(commands: readonly StageCommand[]): Toolchain['tools'] {
  const builds = commands.flatMap(({ command }) => {
    const text = buildTool(command);
    return text === undefined ? [] : [{ text, command }];
  });
  if (commands.some(({ command }) => removesPackages(command))) return builds;
  return [...builds, ...commands.flatMap(({ command }) => installedTools(command).map((text) => ({ text, command })))];
}

/** The paths that `rm -r` names. */
function removedPaths({ command, folder }: StageCommand): readonly string[] {
  if (command.name !== 'rm') return [];
  const paths = command.words.slice(1).map(({ text }) => text);
  if (!paths.some((text) => /^-\w*[rR]|^--recursive$/.test(text))) return [];
  return paths
    .filter((text) => !text.startsWith('-') && !/[$*?]/.test(text))
    .flatMap((text) => joined(folder, text) ?? []);
}
