import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readSync, readlinkSync, realpathSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { constants } from 'node:fs';
import path from 'node:path';
import type { EntrySource } from './entries.ts';
import { treeOf } from './entries.ts';
import { followLinks } from './links.ts';
import type { Tree, TreeEntry } from './tree.ts';
import { TreeReadError } from './tree.ts';

/**
 * All that is on the disk below `root`, whatever Git says. Links are entries and never followed; a `.git` is one opaque
 * entry; sockets, pipes, devices and folders that may not be read are opaque.
 */
export function diskTree(root: string, note?: string): Tree {
  const absolute = path.resolve(root);
  const found: Found = { files: [], emptyFolders: [], unreadable: [] };
  walk(absolute, found);
  const unread = found.unreadable.length > 0 ? `cannot be read: ${found.unreadable.slice(0, 3).join(', ')}` : undefined;
  const notes = [note, unread].filter((text) => text !== undefined);
  return onDisk(absolute, found.files, {
    fromGit: false,
    emptyFolders: found.emptyFolders,
    ...(notes.length > 0 && { note: notes.join('; ') }),
  });
}

/** A tree of these files below `root`, by their paths. */
export function listedTree(root: string, paths: readonly string[]): Tree {
  return onDisk(
    path.resolve(root),
    paths.map((each) => ({ path: each, type: 'file' })),
    { fromGit: false },
  );
}

/** A tree whose files stand below `root` on the disk. */
export function onDisk(
  root: string,
  entries: readonly TreeEntry[],
  facts: { readonly fromGit: boolean; readonly note?: string; readonly emptyFolders?: readonly string[] },
): Tree {
  const tree: Tree = treeOf(
    entries,
    diskSource(root, () => tree),
    { root, onDisk: true, ...facts },
  );
  return tree;
}

interface Found {
  readonly files: TreeEntry[];
  readonly emptyFolders: string[];
  readonly unreadable: string[];
}

function walk(root: string, found: Found): void {
  const pending = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const children = readFolder(path.join(root, folder));
    if (!children) {
      found.unreadable.push(folder === '' ? '.' : folder);
      if (folder !== '') found.files.push({ path: folder, type: 'opaque' });
      continue;
    }
    if (children.length === 0 && folder !== '') found.emptyFolders.push(folder);
    for (const child of children) {
      const at = folder === '' ? child.name : `${folder}/${child.name}`;
      const type = typeOf(child);
      if (type === 'folder') pending.push(at);
      else found.files.push({ path: at, type });
    }
  }
}

function readFolder(folder: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}

function typeOf(entry: Dirent): TreeEntry['type'] {
  if (entry.name === '.git') return 'opaque';
  if (entry.isDirectory()) return 'folder';
  if (entry.isSymbolicLink()) return 'symlink';
  return entry.isFile() ? 'file' : 'opaque';
}

function diskSource(root: string, tree: () => Tree): EntrySource {
  const folders = realFolders(root);
  return {
    size: (entry) => {
      if (entry.type === 'opaque') return 0;
      return lstatSync(`${root}/${entry.path}`, { throwIfNoEntry: false })?.size ?? 0;
    },
    linkTarget: (entry) => {
      try {
        return readlinkSync(path.join(root, entry.path));
      } catch {
        return undefined;
      }
    },
    read: (at, limit) => {
      const real = followLinks(tree(), at);
      if (real === undefined || tree().entry(real)?.type !== 'file') return undefined;
      if (!folders(path.dirname(real))) throw new TreeReadError(at, 'a folder above it is a link');
      return readInside(path.join(root, real), at, limit);
    },
  };
}

/** Whether a folder below the root is where its path says, and not behind a link that was made since the tree was read. */
function realFolders(root: string): (folder: string) => boolean {
  const known = new Map<string, boolean>();
  let realRoot: string | undefined;
  return (folder) => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    realRoot ??= realPath(root);
    const real = realPath(path.join(root, folder));
    // What is not there any more is found so when it is opened.
    const isReal = real === undefined || realRoot === undefined || real === path.join(realRoot, folder);
    known.set(folder, isReal);
    return isReal;
  };
}

function realPath(at: string): string | undefined {
  try {
    return realpathSync.native(at);
  } catch {
    return undefined;
  }
}

/** Reads a file by a path without links; one that has become a link since is refused. */
function readInside(absolute: string, asked: string, limit = Infinity): Uint8Array | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(absolute, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const status = fstatSync(descriptor);
    return status.isFile() ? readFrom(descriptor, Math.min(status.size, limit)) : undefined;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    if (code === 'ENOENT') return undefined;
    throw new TreeReadError(asked, code === 'EACCES' ? 'permission denied' : `it cannot be read (${code})`);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function readFrom(descriptor: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  while (at < size) {
    const got = readSync(descriptor, bytes, at, size - at, at);
    if (got === 0) break;
    at += got;
  }
  return at < size ? bytes.subarray(0, at) : bytes;
}
