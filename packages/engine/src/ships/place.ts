import { dirname, relative, resolve, sep } from 'node:path';
import type { Tree } from '@plimsoll/build-context';
import { diskTree, readTree } from '@plimsoll/build-context';
import { folderOf, isGitTop, realPath } from '../discover/disk.ts';
import { findRoot, isMarkedRoot } from '../discover/root.ts';
import type { ShipsOptions } from './model.ts';

/** The tree to look at, and in it the paths that the command names. */
export interface Placed {
  readonly tree: Tree;
  readonly dockerfile?: string;
  readonly context?: string;
  /** The folder that the command was called in, where that is in the tree. */
  readonly here?: string;
}

export interface Misplaced {
  readonly problem: string;
}

/** Finds the root that holds what the command names. */
export function place(options: ShipsOptions): Placed | Misplaced {
  const { context, tree, dockerfile } = options;
  const remote = context !== undefined && (/^[a-z][a-z0-9+.-]*:\/\/|^git@/.test(context) || context === '-');
  if (remote)
    return {
      problem: `the files of the context ${context} are not known: only a folder of the repository can be looked at`,
    };
  if (tree) return inTree(tree, options);
  const here = realPath(options.cwd) ?? options.cwd;
  const file = dockerfile === undefined ? undefined : realPath(resolve(here, dockerfile));
  if (dockerfile !== undefined && file === undefined)
    return { problem: `${dockerfile}: there is no such file or folder` };
  const folder = context === undefined ? undefined : realPath(resolve(here, context));
  if (context !== undefined && (folder === undefined || folderOf(folder) !== folder)) {
    return { problem: `the context ${context}: there is no such folder` };
  }
  return onDisk(options, { here, file, folder });
}

interface RealPaths {
  readonly here: string;
  readonly file: string | undefined;
  readonly folder: string | undefined;
}

function onDisk(
  { worktree, dockerfile, context }: ShipsOptions,
  { here, file, folder }: RealPaths,
): Placed | Misplaced {
  const root = rootOf({ here, file, folder });
  const placed = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : inside(root, path);
  const at = placed(file);
  const from = placed(folder);
  if (file !== undefined && at === undefined)
    return { problem: `${dockerfile ?? file} is outside of the root ${root}` };
  if (folder !== undefined && from === undefined) {
    return {
      problem: `the context ${context ?? folder} is outside of the root ${root}: what it holds is not checked with this repository`,
    };
  }
  const cwd = inside(root, here);
  return {
    tree: worktree ? diskTree(root) : readTree(root),
    ...(at !== undefined && { dockerfile: at }),
    ...(from !== undefined && { context: from }),
    ...(cwd !== undefined && { here: cwd }),
  };
}

function inTree(tree: Tree, { dockerfile, context }: ShipsOptions): Placed | Misplaced {
  const at = dockerfile === undefined ? undefined : inside('/', resolve('/', dockerfile));
  const from = context === undefined ? undefined : inside('/', resolve('/', context));
  if (at !== undefined && !tree.entry(at)) return { problem: `${dockerfile ?? at}: there is no such file or folder` };
  if (from !== undefined && tree.entry(from)?.type !== 'folder')
    return { problem: `the context ${context ?? from}: there is no such folder` };
  return { tree, here: '', ...(at !== undefined && { dockerfile: at }), ...(from !== undefined && { context: from }) };
}

/**
 * The root of the Dockerfile or of the context, whichever holds both. Where neither Git nor a configuration marks one, the nearest folder
 * that holds both and the one that the command was called in, if that is above them.
 */
function rootOf({ here, file, folder }: RealPaths): string {
  const starts = [file === undefined ? undefined : folderOf(file), folder].filter((path) => path !== undefined);
  if (starts.length === 0) return findRoot(here);
  const marked = starts.map(findRoot).filter((root) => isGitTop(root) || isMarkedRoot(root));
  const best = marked.find((root) => starts.every((start) => inside(root, start) !== undefined)) ?? marked[0];
  if (best !== undefined) return best;
  const common = starts.reduce(commonFolder);
  return inside(here, common) === undefined ? common : here;
}

function commonFolder(a: string, b: string): string {
  for (let at = a; ; at = dirname(at)) if (inside(at, b) !== undefined || dirname(at) === at) return at;
}

/** The way from a folder to what is in it, with `/`; undefined for what is not in it. */
function inside(folder: string, path: string): string | undefined {
  const way = relative(folder, path).split(sep).join('/');
  return way === '..' || way.startsWith('../') || resolve(folder, way) !== path ? undefined : way;
}
