import { Minimatch } from 'minimatch';
import { parse } from 'yaml';

/** Reads a file of the workspace; undefined where it can't. */
export type Read = (path: string) => string | undefined;

/** A project that Nx has without this plugin. */
export interface Project {
  /** From the workspace's root, `.` for the root itself. */
  readonly folder: string;
  /** What declares it. */
  readonly file: string;
}

/**
 * The projects that Nx has by itself: folders with a `project.json`, and those with a `package.json` that the package
 * manager's workspaces name. The root is one by its `project.json`, or by `nx` in its `package.json`. A target on any other
 * folder would make a project of it, and one without a name breaks the whole graph.
 */
export function existingProjects(files: readonly string[], read: Read): readonly Project[] {
  const isMember = membership(read);
  const projects = new Map<string, Project>();
  for (const file of files) {
    const folder = folderOf(file);
    const name = nameOf(file);
    if (name === 'project.json' && isObject(json(read(file)))) projects.set(folder, { folder, file });
    if (name === 'package.json' && !projects.has(folder) && isMember(file) && isObject(json(read(file)))) {
      projects.set(folder, { folder, file });
    }
  }
  return [...projects.values()].toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** Whether a `package.json` is one of a workspace, by the rules of Nx. */
function membership(read: Read): (packageJson: string) => boolean {
  const root = json(read('package.json'));
  const written = [
    ...workspacesOf(root),
    ...listOf(field(yaml(read('pnpm-workspace.yaml')), 'packages')),
    ...listOf(field(json(read('lerna.json')), 'packages')),
  ];
  const globs = written.map((glob) => glob.replace(/^(!?)\.\//, '$1').replace(/\/?(?:\/package\.json)?$/, ''));
  const included = globs.filter((glob) => !glob.startsWith('!')).map((glob) => new Minimatch(`${glob}/package.json`));
  const excluded = globs
    .filter((glob) => glob.startsWith('!'))
    .map((glob) => new Minimatch(`${glob.slice(1)}/package.json`));
  return (path) => {
    if (path === 'package.json') return field(root, 'nx') !== undefined && typeof field(root, 'name') === 'string';
    return included.some((glob) => glob.match(path)) && !excluded.some((glob) => glob.match(path));
  };
}

function workspacesOf(packageJson: unknown): readonly string[] {
  const workspaces = field(packageJson, 'workspaces');
  return listOf(Array.isArray(workspaces) ? workspaces : field(workspaces, 'packages'));
}

/** `.` for a file at the root. */
export function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end < 0 ? '.' : path.slice(0, end);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function json(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function yaml(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : parse(text, { logLevel: 'silent' });
  } catch {
    return undefined;
  }
}

export function field(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
