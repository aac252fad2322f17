import type { StageContents } from '@plimsoll/build-context';
import type { BuildContext } from '../boundary/context.ts';
import { workspaceAt } from '../workspaces/index.ts';
import type { Project, ProjectWorkspace } from '../workspaces/model.ts';
import { isBelow, split } from '../workspaces/projects.ts';
import { stageCommands } from './commands.ts';
import type { StageCommand } from './commands.ts';
import { projectsNamed } from './projects-named.ts';
import { readRunnerCall } from './runner-call.ts';
import type { RunnerCall } from './runner-call.ts';
import { treeFolderAt } from './stage-files.ts';

/** The projects that an image is for. */
export interface ImageApp {
  readonly workspace: ProjectWorkspace;
  readonly projects: ReadonlySet<Project>;
  /** What tells: the folder of the Dockerfile, or a command of it. */
  readonly by: 'folder' | 'command';
  /** `false` where a command names something that is not known, so there may be more. */
  readonly complete: boolean;
}

/** A call of a package manager or task runner in a stage. */
export interface StageCall extends StageCommand {
  readonly call: RunnerCall;
  readonly contents: StageContents;
}

/** What tells which app an image is for. */
export type ImageSource = Pick<BuildContext, 'dockerfile' | 'folder' | 'contents' | 'request' | 'tree'>;

const known = new WeakMap<ImageSource, ImageApp | undefined>();

/**
 * Which projects an image is for: the one in whose folder the Dockerfile stands, and those that its commands name
 * (`nx build api`, `pnpm --filter @acme/api …`, `turbo prune api`, `npm run build -w apps/api`). Undefined where nothing tells.
 */
export function imageApp(context: ImageSource, workspaces: readonly ProjectWorkspace[]): ImageApp | undefined {
  if (!known.has(context)) known.set(context, findApp(context, workspaces));
  return known.get(context);
}

function findApp(context: ImageSource, workspaces: readonly ProjectWorkspace[]): ImageApp | undefined {
  const [folder] = split(context.dockerfile.file.path);
  const workspace = workspaceAt(workspaces, folder) ?? onlyBelow(workspaces, context.folder);
  if (!workspace || workspace.projects.length === 0) return undefined;
  const own = workspace.projectAt(folder);
  const named = stageCalls(context).flatMap((call) => projectsOfCall(context, workspace, call));
  const projects = new Set([...(own ? [own] : []), ...named.filter((project) => project !== undefined)]);
  if (projects.size === 0) return undefined;
  return { workspace, projects, by: own ? 'folder' : 'command', complete: !named.includes(undefined) };
}

function onlyBelow(workspaces: readonly ProjectWorkspace[], folder: string): ProjectWorkspace | undefined {
  const below = workspaces.filter(({ root }) => isBelow(root, folder));
  return below.length === 1 ? below[0] : undefined;
}

/** The calls of the stages that are built, in the order of the text. */
export function stageCalls({ dockerfile, contents, request }: ImageSource): readonly StageCall[] {
  return stageCommands(dockerfile, request.buildArgs).flatMap((command) => {
    const stage = contents.stages[command.stage.index];
    const call = stage?.reachable ? readRunnerCall(command.command) : undefined;
    return stage && call ? [{ ...command, call, contents: stage }] : [];
  });
}

/** The projects that a call is about: those that it names, else that of the folder where it runs. */
export function projectsOfCall(
  { tree }: ImageSource,
  workspace: ProjectWorkspace,
  { call, contents, folder, value }: StageCall,
): readonly (Project | undefined)[] {
  if (call.does === 'add' || call.does === 'other') return [];
  const at = treeFolderAt(contents, folder);
  const project = at === undefined || at === workspace.root ? undefined : workspace.projectAt(at);
  if (project && call.projects.length === 0) return project.root === at ? [project] : [];
  return projectsNamed(tree, workspace, call, value);
}
