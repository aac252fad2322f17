import type { Tree } from '@plimsoll/build-context';
import { SourceFile, readYaml, stringsOf, valueAt } from '@plimsoll/documents';
import { isNamed } from './glob.ts';
import type { PackageManager, Project } from './model.ts';
import { packageJsonAt } from './package-json.ts';
import type { JsonObject } from './read.ts';
import { objectOf, readJsonObject, readTextOf, stringIn } from './read.ts';

/** A root with the projects that it holds. */
export interface FoundWorkspace {
  readonly root: string;
  readonly projects: readonly Project[];
  readonly manager?: PackageManager;
  readonly files: readonly string[];
}

/** Which package manager writes a lockfile of this name. */
export const lockfiles: ReadonlyMap<string, PackageManager> = new Map([
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
]);

const rootFiles = [
  ...lockfiles.keys(),
  'pnpm-workspace.yaml',
  'nx.json',
  'turbo.json',
  'lerna.json',
  'tsconfig.base.json',
  '.yarnrc.yml',
  '.npmrc',
  'package.json',
];

/** The workspaces of a tree, by the folder of their roots. A root inside of another keeps its own projects. */
export function findWorkspaces(tree: Tree): readonly FoundWorkspace[] {
  const folders = projectFolders(tree);
  const roots = [...folders.roots].sort();
  return roots.map((root) => {
    const inner = roots.filter((other) => other !== root && isBelow(other, root));
    const mine = folders.projects.filter(
      (folder) => isBelow(folder, root) && folder !== root && !inner.some((other) => isBelow(folder, other)),
    );
    return workspaceOf(tree, root, mine);
  });
}

interface Folders {
  readonly roots: ReadonlySet<string>;
  /** With a package.json or a project.json, sorted. */
  readonly projects: readonly string[];
}

function projectFolders(tree: Tree): Folders {
  const roots = new Set<string>();
  const projects = new Set<string>();
  for (const { path, type } of tree.files) {
    if (type === 'opaque' || !/(?:^|\/)(?:package\.json|project\.json|nx\.json|pnpm-workspace\.yaml)$/.test(path))
      continue;
    if (/(?:^|\/)node_modules\//.test(path)) continue;
    const [folder, name] = split(path);
    if (name === 'package.json' || name === 'project.json') projects.add(folder);
    if (name === 'nx.json' || (name !== 'project.json' && workspacePatterns(tree, folder).length > 0))
      roots.add(folder);
  }
  return { roots, projects: [...projects].sort() };
}

function workspaceOf(tree: Tree, root: string, folders: readonly string[]): FoundWorkspace {
  const files = rootFiles.filter((name) => tree.entry(inside(root, name)) !== undefined);
  const patterns = workspacePatterns(tree, root);
  const nx = files.includes('nx.json');
  const projects = folders.flatMap((folder): readonly Project[] => {
    const projectJson = inside(folder, 'project.json');
    const ofNx = nx && tree.entry(projectJson) !== undefined ? readJsonObject(tree, projectJson) : undefined;
    const named = isNamed(patterns, folder.slice(root === '' ? 0 : root.length + 1));
    return ofNx || named ? [projectOf(tree, folder, ofNx)] : [];
  });
  const manager = managerOf(tree, root, files);
  return { root, projects, files, ...(manager && { manager }) };
}

/** The folders of a workspace's packages: `packages` of pnpm-workspace.yaml, else `workspaces` of package.json; none where it is no root. */
export function workspacePatterns(tree: Tree, root: string): readonly string[] {
  const path = inside(root, 'pnpm-workspace.yaml');
  const text = tree.entry(path) && readTextOf(tree, path);
  if (text !== undefined) {
    const [document] = readYaml(new SourceFile(path, text), 'syntax/manifest').document.documents;
    const packages = stringsOf(valueAt(document, 'packages'));
    if (packages.length > 0) return packages;
  }
  return packageJsonAt(tree, inside(root, 'package.json'))?.workspaces ?? [];
}

function managerOf(tree: Tree, root: string, files: readonly string[]): PackageManager | undefined {
  const declared = packageJsonAt(tree, inside(root, 'package.json'))?.packageManager;
  const named = [...lockfiles.values()].find((manager) => manager === declared);
  if (named) return named;
  if (files.includes('pnpm-workspace.yaml')) return 'pnpm';
  return files.map((name) => lockfiles.get(name)).find((manager) => manager !== undefined);
}

function projectOf(tree: Tree, root: string, projectJson: JsonObject | undefined): Project {
  const path = inside(root, 'package.json');
  const packageJson = packageJsonAt(tree, path);
  const names = [
    stringIn(projectJson, 'name'),
    stringIn(objectOf(packageJson?.raw['nx']), 'name'),
    packageJson?.name,
  ].filter((name) => name !== undefined);
  return {
    name: names[0] ?? split(root)[1],
    names: names.length > 0 ? [...new Set(names)] : [split(root)[1]],
    root,
    ...(packageJson && { packageJson: path }),
    ...(projectJson && { projectJson: inside(root, 'project.json') }),
    private: packageJson?.private ?? true,
  };
}

export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** The folder and the last name of a path. */
export function split(path: string): readonly [folder: string, name: string] {
  const slash = path.lastIndexOf('/');
  return [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)];
}

export function inside(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
