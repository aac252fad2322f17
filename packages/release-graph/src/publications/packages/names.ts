import type { Tree } from '@plimsoll/build-context';
import { folderOf, readText } from '../../commands/script-files.ts';
import { inFolder } from '../../builds/sources.ts';
import { readWorkspaces, workspaceAt } from '../../workspaces/index.ts';
import type { PackageKind } from './found-package.ts';
import { readPackage } from './package-json.ts';

/** The name of the package in a folder, as its own file has it; none where there is no such file. */
export function nameIn(tree: Tree, kind: PackageKind, folder: string): readonly string[] {
  const name = readers[kind](tree, folder);
  return name === undefined ? [] : [name];
}

/** The packages of the workspace that a tool publishes all together; the one of the folder where there is no workspace. */
export function publicPackages(tree: Tree, kind: PackageKind, folder: string): readonly string[] {
  const all = kind === 'npm' ? npmPackages(tree, folder) : kind === 'crates' ? crates(tree) : [];
  return all.length > 0 ? all : nameIn(tree, kind, folder);
}

const packagesOfTrees = new WeakMap<Tree, Map<string, readonly string[]>>();

function npmPackages(tree: Tree, folder: string): readonly string[] {
  const known = packagesOfTrees.get(tree) ?? new Map<string, readonly string[]>();
  packagesOfTrees.set(tree, known);
  const found = known.get(folder) ?? findNpmPackages(tree, folder);
  known.set(folder, found);
  return found;
}

/** Those with a version that are not private. */
function findNpmPackages(tree: Tree, folder: string): readonly string[] {
  const projects = workspaceAt(readWorkspaces(tree), folder)?.projects ?? [];
  return projects.flatMap((project) => {
    const own = project.packageJson !== undefined && !project.private ? readPackage(tree, project.root) : undefined;
    return own?.name !== undefined && own.version ? [own.name] : [];
  });
}

function crates(tree: Tree): readonly string[] {
  return tree.files
    .filter(({ path }) => /(?:^|\/)Cargo\.toml$/.test(path) && !/(?:^|\/)(?:examples?|tests?|fuzz)\//.test(path))
    .flatMap(({ path }) => nameIn(tree, 'crates', folderOf(path)));
}

const readers: Readonly<Record<PackageKind, (tree: Tree, folder: string) => string | undefined>> = {
  npm(tree, folder) {
    const own = readPackage(tree, folder);
    return own?.isPrivate === true ? undefined : own?.name;
  },
  pypi: (tree, folder) =>
    tableName(textOf(tree, folder, 'pyproject.toml'), ['project', 'tool.poetry']) ??
    /^name\s*=\s*([\w.-]+)\s*$/m.exec(textOf(tree, folder, 'setup.cfg'))?.[1] ??
    /\bname\s*=\s*["']([\w.-]+)["']/.exec(textOf(tree, folder, 'setup.py'))?.[1],
  crates(tree, folder) {
    const text = textOf(tree, folder, 'Cargo.toml');
    return /^publish\s*=\s*(?:false|\[\s*\])/m.test(text) ? undefined : tableName(text, ['package']);
  },
  rubygems(tree, folder) {
    const prefix = inFolder(folder, '');
    const spec = tree.files.find(
      ({ path }) => path.endsWith('.gemspec') && folderOf(path) === prefix.replace(/\/$/, ''),
    );
    return spec?.path.slice(spec.path.lastIndexOf('/') + 1, -'.gemspec'.length);
  },
  nuget: () => undefined,
  maven: (tree, folder) => pomName(textOf(tree, folder, 'pom.xml')),
  helm: (tree, folder) => /^name:\s*["']?([\w.-]+)/m.exec(textOf(tree, folder, 'Chart.yaml'))?.[1],
};

function textOf(tree: Tree, folder: string, name: string): string {
  return readText(tree, inFolder(folder, name))?.text ?? '';
}

/** `name = "…"` in one of these tables of a TOML text. */
function tableName(text: string, tables: readonly string[]): string | undefined {
  let table = '';
  for (const line of text.split('\n')) {
    const header = /^\s*\[([\w.-]+)\]/.exec(line)?.[1];
    if (header !== undefined) table = header;
    const name = tables.includes(table) ? /^\s*name\s*=\s*["']([\w.-]+)["']/.exec(line)?.[1] : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The artifact of the project itself: the first that does not stand in its parent. */
function pomName(text: string): string | undefined {
  const end = text.indexOf('</parent>');
  return /<artifactId>\s*([\w.-]+)\s*<\/artifactId>/.exec(end < 0 ? text : text.slice(end))?.[1];
}
