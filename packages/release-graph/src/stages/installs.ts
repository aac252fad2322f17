import type { Command, Dockerfile, Stage } from '@plimsoll/documents';
import type { BuildContext } from '../boundary/context.ts';
import { joined, stageCommands, wordValue } from './commands.ts';
import type { StageCommand } from './commands.ts';
import { frozenState, installKind } from './install-kinds.ts';
import type { InstallKind } from './install-kinds.ts';
import { contentsBefore, holdsUnknown, lineageOf, stageFiles } from './stage-files.ts';

/** A command of a Dockerfile that installs what a manifest asks for. */
export interface Install {
  readonly dockerfile: Dockerfile;
  readonly stage: Stage;
  readonly command: Command;
  readonly kind: InstallKind;
  /** It fails, rather than install other versions than those in the lockfile. */
  readonly frozen: boolean;
  /** Whether the lockfile is in the stage when it runs: `missing` where the manifest is there and no lockfile beside or above it. */
  readonly lockfile: 'present' | 'missing' | 'unknown';
  /** The lockfile that stands beside the manifest in the tree. */
  readonly lockfileInTree?: string;
  /** The manifest, as the stage gets it. */
  readonly manifest?: { readonly treePath: string; readonly context: BuildContext };
}

/** The installs of a Dockerfile, in the stages that its builds need; in all of them where no build is known. */
export function installsOf(dockerfile: Dockerfile, contexts: readonly BuildContext[]): readonly Install[] {
  const all =
    contexts.length > 0
      ? contexts.flatMap((context) => stageCommands(dockerfile, context.request.buildArgs))
      : stageCommands(dockerfile);
  const byPlace = Map.groupBy(all, ({ command }) => command.range.start);
  return [...byPlace.values()].flatMap((alike) => {
    const [first] = alike;
    const kind = first && installKind(first.command);
    if (!first || !kind) return [];
    const own = contexts.filter(({ contents }) => contents.stages[first.stage.index]?.reachable);
    if (contexts.length > 0 && own.length === 0) return [];
    return [installOf(dockerfile, first, kind, own)];
  });
}

function installOf(
  dockerfile: Dockerfile,
  found: StageCommand,
  kind: InstallKind,
  contexts: readonly BuildContext[],
): Install {
  const { stage, command } = found;
  const states = contexts.map((context) => lockfileState(context, found, kind));
  const state = states.find(({ lockfile }) => lockfile !== 'missing') ?? states[0] ?? { lockfile: 'unknown' as const };
  const earlier = lineageOf(stage).flatMap((one) =>
    stageCommands(dockerfile).filter((other) => other.stage === one && other.command.range.start < command.range.start),
  );
  return { dockerfile, stage, command, kind, frozen: frozenState(kind, found, earlier, contexts[0]?.tree), ...state };
}

function lockfileState(
  context: BuildContext,
  found: StageCommand,
  kind: InstallKind,
): Pick<Install, 'lockfile' | 'lockfileInTree' | 'manifest'> {
  const before = contentsBefore(context, found.stage, found.instruction);
  const folder = folderOfInstall(found, kind);
  if (!before || folder === undefined) return { lockfile: 'unknown' };
  const { byPath } = stageFiles(before);
  const manifest = byPath.get(inImage(folder, kind.manifest));
  if (foldersAbove(folder).some((at) => kind.lockfiles.some((name) => byPath.has(inImage(at, name)))))
    return { lockfile: 'present' };
  if (!manifest || holdsUnknown(before) || isGuess(context)) return { lockfile: 'unknown' };
  const beside = kind.lockfiles
    .map((name) => `${manifest.treePath.slice(0, -kind.manifest.length)}${name}`)
    .find((path) => context.tree.entry(path));
  return {
    lockfile: 'missing',
    manifest: { treePath: manifest.treePath, context },
    ...(beside !== undefined && { lockfileInTree: beside }),
  };
}

/** The root of the repository, where lockfiles stand, could as well be the context of a build that nothing tells of. */
function isGuess({ certain, folder }: BuildContext): boolean {
  return !certain && folder !== '';
}

function folderOfInstall({ folder, value }: StageCommand, { folderOption }: InstallKind): string | undefined {
  if (!folderOption) return folder;
  const path = wordValue(folderOption, value);
  return path === undefined ? undefined : joined(folder, path);
}

function foldersAbove(folder: string): readonly string[] {
  const parts = folder.split('/').filter(Boolean);
  return ['/', ...parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`)].reverse();
}

function inImage(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}
