import type { ContextCopy, StageFile } from '@plimsoll/build-context';
import type { BuildContext } from '../boundary/context.ts';
import { inContext } from '../boundary/context.ts';
import { closureOf } from '../workspaces/index.ts';
import type { Project, ProjectWorkspace } from '../workspaces/model.ts';
import { packageJsonAt } from '../workspaces/package-json.ts';
import { inside } from '../workspaces/projects.ts';
import { imageApp } from './image-app.ts';
import type { ImageApp } from './image-app.ts';

/** A copy from the context that brings projects into the image which ships. */
export interface CarriedProjects {
  readonly copy: ContextCopy;
  readonly app: ImageApp;
  /** Those that the app does not need, directly or not, with their files in the image; the largest first. */
  readonly foreign: readonly ForeignProject[];
}

export interface ForeignProject {
  readonly project: Project;
  readonly files: readonly StageFile[];
  readonly bytes: number;
}

/** The copies of a build that carry projects of the workspace. Empty where it is not known which app the image is for, or what it needs. */
export function carriedProjects(
  context: BuildContext,
  workspaces: readonly ProjectWorkspace[],
): readonly CarriedProjects[] {
  const { final } = context.contents;
  const app = final && imageApp(context, workspaces);
  if (!final || !app?.complete || !context.ships) return [];
  const { workspace } = app;
  const needed = closureOf(
    workspace,
    [...app.projects, ...rootDependencies(context, workspace), ...namedElsewhere(context, workspace)],
    { tests: true },
  );
  if (!needed.complete) return [];
  const copies = new Map<ContextCopy, Map<Project, StageFile[]>>();
  for (const file of final.files) {
    const project = isManifest(file) ? undefined : workspace.projectAt(file.treePath);
    if (!project) continue;
    const projects = copies.get(file.copy) ?? new Map<Project, StageFile[]>();
    copies.set(file.copy, projects);
    const files = projects.get(project);
    if (files) files.push(file);
    else projects.set(project, [file]);
  }
  return [...copies].map(([copy, projects]) => ({ copy, app, foreign: foreignOf(projects, needed.projects) }));
}

/** A project inside of a needed one comes with it. */
function foreignOf(
  carried: ReadonlyMap<Project, readonly StageFile[]>,
  needed: ReadonlySet<Project>,
): readonly ForeignProject[] {
  const roots = [...needed].map(({ root }) => root);
  return [...carried]
    .filter(
      ([project]) => !needed.has(project) && !roots.some((root) => root !== '' && project.root.startsWith(`${root}/`)),
    )
    .map(([project, files]) => ({ project, files, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** The manifests of all projects go in so that a frozen install can check the lockfile: they alone carry no project. */
function isManifest({ treePath }: StageFile): boolean {
  return /(?:^|\/)(?:package\.json|project\.json|\.npmrc|\.npmignore|tsconfig[\w.-]*\.json|[\w.-]*lock[\w.-]*\.(?:json|ya?ml)|yarn\.lock|bun\.lockb?)$/.test(
    treePath,
  );
}

/** A project that a stage copies by its folder, and of which only what the stage makes ships: the image is for it as well. */
function namedElsewhere(context: BuildContext, workspace: ProjectWorkspace): readonly Project[] {
  return context.contents.copies.flatMap(({ path, folder, reachesImage }) => {
    if (path === undefined || !folder || reachesImage) return [];
    const at = inContext(context, path);
    const project = workspace.projectAt(at);
    return project?.root === at ? [project] : [];
  });
}

/** What the root's own package.json asks for is installed with every project. */
function rootDependencies({ tree }: BuildContext, workspace: ProjectWorkspace): readonly Project[] {
  const root = packageJsonAt(tree, inside(workspace.root, 'package.json'));
  return [...(root?.dependencies.keys() ?? []), ...(root?.devDependencies.keys() ?? [])].flatMap((name) => {
    const project = workspace.find(name);
    return project?.names.includes(name) ? [project] : [];
  });
}
