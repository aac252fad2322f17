import type { Tree } from '@plimsoll/build-context';
import { readDependencies } from './dependencies.ts';
import { readNxGraph } from './graph-file.ts';
import type { NxGraphFile } from './graph-file.ts';
import type { Closure, Dependencies, Project, ProjectWorkspace } from './model.ts';
import { packageJsonAt } from './package-json.ts';
import type { FoundWorkspace } from './projects.ts';
import { findWorkspaces, inside, isBelow, split } from './projects.ts';

export type * from './model.ts';

/** The workspaces of a tree, sorted by root. Nothing of it is run; `nxGraph` replaces what is read. */
export function readWorkspaces(tree: Tree, nxGraph?: NxGraphFile): readonly ProjectWorkspace[] {
  return findWorkspaces(tree).map((found) => workspaceOf(tree, found, nxGraph));
}

/** The innermost workspace that holds a folder. */
export function workspaceAt(workspaces: readonly ProjectWorkspace[], folder: string): ProjectWorkspace | undefined {
  return workspaces.findLast(({ root }) => isBelow(folder, root));
}

/** All that these projects need, themselves included; `tests` takes what only their tests need along. */
export function closureOf(
  workspace: ProjectWorkspace,
  projects: Iterable<Project>,
  { tests }: { readonly tests: boolean },
): Closure {
  const found = new Set(projects);
  let complete = true;
  for (const project of found) {
    const dependencies = workspace.dependenciesOf(project);
    complete &&= dependencies.complete;
    for (const { project: needed, by } of dependencies.list) if (tests || by !== 'test') found.add(needed);
  }
  return { projects: found, complete };
}

function workspaceOf(tree: Tree, found: FoundWorkspace, nxGraph: NxGraphFile | undefined): ProjectWorkspace {
  const graph =
    found.files.includes('nx.json') && nxGraph !== undefined ? readNxGraph(nxGraph, found.projects) : undefined;
  const projects = graph?.projects ?? found.projects;
  const finders = findersOf(found.root, projects);
  const workspace = {
    root: found.root,
    files: found.files,
    projects,
    ...(found.manager && { manager: found.manager }),
    ...finders,
  };
  const packages = new Map(projects.flatMap((project) => nameOfPackage(tree, project)));
  const files = filesByProject(tree, workspace);
  const known = new Map<Project, Dependencies>();
  const read = (project: Project): Dependencies =>
    graph?.dependenciesOf(project) ??
    readDependencies({ tree, workspace, packages, filesOf: (of) => files().get(of) ?? [] }, project);
  return {
    ...workspace,
    dependenciesOf: (project) => {
      const dependencies = known.get(project) ?? read(project);
      known.set(project, dependencies);
      return dependencies;
    },
  };
}

function nameOfPackage(tree: Tree, project: Project): readonly (readonly [string, Project])[] {
  const name = project.packageJson === undefined ? undefined : packageJsonAt(tree, project.packageJson)?.name;
  return name === undefined ? [] : [[name, project]];
}

function findersOf(root: string, projects: readonly Project[]): Pick<ProjectWorkspace, 'find' | 'projectAt'> {
  const byName = new Map<string, Project>();
  const byLastName = new Map<string, Project | undefined>();
  const byRoot = new Map(projects.map((project) => [project.root, project]));
  for (const project of projects) {
    for (const name of project.names) {
      if (!byName.has(name)) byName.set(name, project);
      const last = split(name)[1];
      byLastName.set(last, byLastName.has(last) && byLastName.get(last) !== project ? undefined : project);
    }
  }
  return {
    find: (name) =>
      byName.get(name) ??
      (name.startsWith('@') ? undefined : byLastName.get(name)) ??
      byRoot.get(inside(root, name.replace(/^\.\/|\/$/g, ''))),
    projectAt: (path) => {
      for (let at = path; ; at = split(at)[0]) {
        const project = byRoot.get(at);
        if (project || at === '') return project;
      }
    },
  };
}

/** The files of the tree by the project that they belong to; sorted into projects once. */
function filesByProject(
  tree: Tree,
  workspace: Pick<ProjectWorkspace, 'root' | 'projectAt'>,
): () => ReadonlyMap<Project, readonly string[]> {
  let found: ReadonlyMap<Project, readonly string[]> | undefined;
  const sort = (): ReadonlyMap<Project, readonly string[]> => {
    const files = new Map<Project, string[]>();
    for (const { path, type } of tree.files) {
      const project = type === 'file' && isBelow(path, workspace.root) ? workspace.projectAt(path) : undefined;
      if (!project) continue;
      const list = files.get(project);
      if (list) list.push(path);
      else files.set(project, [path]);
    }
    return files;
  };
  return () => (found ??= sort());
}
