import { relative, resolve, sep } from 'node:path';
import type { Tree } from '@plimsoll/build-context';
import type { CheckOptions, ConfigProblem } from '../model.ts';
import { folderOf, realPath } from './disk.ts';
import { findRoot } from './root.ts';

/** Where a check takes place, and which part of it is wanted. */
export interface Scope {
  /** Absolute; '' for a tree in memory. */
  readonly root: string;
  /** Whether findings at this path, relative to the root, are wanted. */
  readonly includes: (path: string) => boolean;
  /** Whether the path itself was given, not a folder above it. */
  readonly names: (path: string) => boolean;
  readonly problems: readonly ConfigProblem[];
}

type PlacedPaths = readonly { readonly written: string; readonly path: string | undefined; readonly fault?: string }[];

/** The root, and which of its files the given paths mean. A path that is wrong is a problem and means nothing. */
export function scopeOf({ cwd, paths = [], tree }: Pick<CheckOptions, 'cwd' | 'paths' | 'tree'>): Scope {
  if (tree)
    return scope(
      tree.root,
      paths.map((written) => placeInTree(written, tree)),
    );
  const here = realPath(cwd) ?? cwd;
  const placed = paths.map((written) => ({ written, absolute: realPath(resolve(here, written)) }));
  const first = placed.find(({ absolute }) => absolute !== undefined)?.absolute;
  const root = findRoot(first === undefined ? here : folderOf(first));
  return scope(
    root,
    placed.map(({ written, absolute }) => placeOnDisk(written, absolute, root)),
  );
}

function placeOnDisk(written: string, absolute: string | undefined, root: string): PlacedPaths[number] {
  if (absolute === undefined) return { written, path: undefined, fault: 'there is no such file or folder' };
  const path = relative(root, absolute).split(sep).join('/');
  const outside = path === '..' || path.startsWith('../') || resolve(root, path) !== absolute;
  return outside ? { written, path: undefined, fault: `it is outside of the root ${root}` } : { written, path };
}

function placeInTree(written: string, tree: Tree): PlacedPaths[number] {
  const path = relative('/', resolve('/', written)).split(sep).join('/');
  return path === '' || tree.entry(path)
    ? { written, path }
    : { written, path: undefined, fault: 'there is no such file or folder' };
}

function scope(root: string, placed: PlacedPaths): Scope {
  const wanted = placed.flatMap(({ path }) => path ?? []);
  const whole = placed.length === 0 || wanted.includes('');
  const exact = new Set(wanted);
  return {
    root,
    includes: whole ? () => true : (path) => exact.has(path) || wanted.some((folder) => path.startsWith(`${folder}/`)),
    names: (path) => exact.has(path),
    problems: placed.flatMap(({ written, fault }) => (fault ? { message: `${written}: ${fault}` } : [])),
  };
}
