import { clampPath, parentPath } from '../paths/clean.ts';
import type { CopyInstruction } from '@plimsoll/documents';
import type { ContextCopy } from '../model.ts';

/** A file of a context. */
export interface ContextFile {
  readonly source: string;
  readonly treePath: string;
  readonly bytes: number;
}

/** How a file of a context came into a stage. */
export interface Arrival {
  readonly instruction: CopyInstruction;
  readonly from: string;
  readonly copy: ContextCopy;
}

export interface Leaf {
  readonly type: 'file' | 'symlink' | 'opaque';
  /** Where a link points. */
  readonly target?: string;
  /** Undefined for what comes from no context: a heredoc, a download. */
  readonly file?: ContextFile;
  readonly arrival?: Arrival;
  /** Its path may be a folder of the base image; then this is its name in there. */
  readonly nameInFolder?: string;
}

export interface Folder {
  readonly type: 'folder';
  readonly children: Map<string, Node>;
  /** The file system that may change it; another one makes a copy first. */
  readonly owner: object;
}

export type Node = Leaf | Folder;

/** The files of a stage or context. Only its holder changes it, through the functions here. */
export interface FileSystem {
  root: Folder;
  readonly owner: object;
}

/** BuildKit would refuse this. */
export class Refusal extends Error {}

export function emptyFileSystem(): FileSystem {
  const owner = {};
  return { root: newFolder(owner), owner };
}

/** A file system with the same files; neither sees what is changed in the other later. */
export function fork(from: FileSystem): FileSystem {
  return { root: from.root, owner: {} };
}

function newFolder(owner: object): Folder {
  return { type: 'folder', children: new Map(), owner };
}

export function writableRoot(fs: FileSystem): Folder {
  if (fs.root.owner !== fs.owner) fs.root = { type: 'folder', children: new Map(fs.root.children), owner: fs.owner };
  return fs.root;
}

/** Linux takes no longer paths (PATH_MAX); it also bounds how deep folders get. */
export const longestPath = 4096;

/** The folder of that name in a folder that may be changed; made where it is missing. `parent` belongs to its owner. */
export function writableChild(parent: Folder, name: string, path: string): Folder {
  if (path.length >= longestPath) throw new Refusal('file name too long');
  const child = parent.children.get(name);
  if (child?.type === 'folder' && child.owner === parent.owner) return child;
  const own = { ...newFolder(parent.owner), children: new Map(childrenOf(child, path)) };
  parent.children.set(name, own);
  return own;
}

function childrenOf(node: Node | undefined, path: string): Iterable<readonly [string, Node]> {
  if (!node) return [];
  if (node.type === 'folder') return node.children;
  if (node.nameInFolder !== undefined) return [[node.nameInFolder, node]];
  throw new Refusal(`cannot copy to non-directory: /${path}`);
}

/** Makes a folder and those above it; `path` has no links left. */
export function makeFolder(fs: FileSystem, path: string): Folder {
  let folder = writableRoot(fs);
  let at = '';
  for (const name of path.split('/')) {
    if (name === '') continue;
    at = at === '' ? name : `${at}/${name}`;
    folder = writableChild(folder, name, at);
  }
  return folder;
}

/** What stands at a path without following links. `blocked`: something above it is no folder. */
export function nodeAt(fs: FileSystem, path: string): { readonly node?: Node; readonly blocked?: true } {
  let node: Node = fs.root;
  for (const name of path.split('/')) {
    if (name === '') continue;
    if (node.type !== 'folder') return node.nameInFolder === undefined ? { blocked: true } : {};
    const child = node.children.get(name);
    if (!child) return {};
    node = child;
  }
  return { node };
}

const mostLinks = 255;

/**
 * Follows the links of a path inside of the file system: neither an absolute link nor `..` leads out of it, and what is
 * missing is taken as written. The path comes back without a leading slash; '' is the root. `blocked`: something above it
 * is no folder, its links never end, or it is too long.
 */
export function resolvePath(
  fs: FileSystem,
  path: string,
  followLast = true,
): { readonly path: string; readonly node?: Node; readonly blocked?: true } {
  const clamped = clampPath(path);
  if (clamped.length >= longestPath) return { path: clamped, blocked: true };
  let rest = clamped.split('/');
  let at = '';
  let links = 0;
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    const next = name === '..' ? parentPath(at) : name === '' || name === '.' ? at : at === '' ? name : `${at}/${name}`;
    const found = nodeAt(fs, next);
    if (found.blocked) return { path: next, blocked: true };
    if (found.node?.type !== 'symlink' || (!followLast && rest.length === 0)) {
      at = next;
      continue;
    }
    if (++links > mostLinks) return { path: next, blocked: true };
    const target = found.node.target ?? '';
    if (target.startsWith('/')) at = '';
    rest = [...target.split('/'), ...rest];
  }
  const { node } = nodeAt(fs, at);
  return { path: at, ...(node && { node }) };
}

/** All leaves of a folder with their paths, in no order. */
export function* leavesOf(folder: Folder, prefix: string): Generator<readonly [path: string, leaf: Leaf]> {
  const pending: (readonly [string, Folder])[] = [[prefix, folder]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [path, { children }] = next;
    for (const [name, child] of children) {
      const at = `${path}/${name}`;
      if (child.type === 'folder') pending.push([at, child]);
      else yield [at, child];
    }
  }
}
