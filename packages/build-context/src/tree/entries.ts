import type { Tree, TreeEntry } from './tree.ts';

/** How the sizes, links and contents of a tree's entries are got. */
export interface EntrySource {
  size(entry: TreeEntry): number;
  linkTarget(entry: TreeEntry): string | undefined;
  read(path: string, limit?: number): Uint8Array | undefined;
}

export interface TreeFacts {
  readonly root: string;
  readonly fromGit: boolean;
  readonly onDisk?: true;
  readonly note?: string;
  /** Folders with no file below them. */
  readonly emptyFolders?: readonly string[];
}

/**
 * Makes a tree of its files, in any order. Folders are found by binary search in the sorted paths when they are asked
 * for, so that a folder nobody enters costs nothing.
 */
export function treeOf(entries: readonly TreeEntry[], source: EntrySource, facts: TreeFacts): Tree {
  const { emptyFolders = [], ...told } = facts;
  const files = sorted(entries);
  const folders = emptyFolders.map((path) => ({ path, type: 'folder' }) as const);
  const all = folders.length > 0 ? sorted([...files, ...folders]) : files;
  const listed = new Map<string, readonly TreeEntry[]>();
  const children = (folder: string): readonly TreeEntry[] => {
    const known = listed.get(folder);
    if (known) return known;
    const found = entriesIn(all, folder);
    listed.set(folder, found);
    return found;
  };
  const entry = (path: string): TreeEntry | undefined => entryAt(all, path);
  const sizes = new Map<string, number>();
  const size = (path: string): number => {
    const known = sizes.get(path);
    if (known !== undefined) return known;
    const bytes = withEntry(entry(path), 0, (found) => (found.type === 'folder' ? 0 : source.size(found)));
    sizes.set(path, bytes);
    return bytes;
  };
  return {
    ...told,
    files,
    entry,
    children,
    list: (folder) => children(folder).map(({ path }) => path.slice(path.lastIndexOf('/') + 1)),
    size,
    linkTarget: (path) =>
      withEntry(entry(path), undefined, (found) => (found.type === 'symlink' ? source.linkTarget(found) : undefined)),
    read: (path, limit) => source.read(path, limit),
  };
}

function withEntry<T>(entry: TreeEntry | undefined, otherwise: T, ask: (entry: TreeEntry) => T): T {
  return entry ? ask(entry) : otherwise;
}

/** By path, in code units; a path that stands twice is kept once. */
function sorted(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  const all = entries.slice().sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return all.filter((entry, i) => i === 0 || all[i - 1]?.path !== entry.path);
}

function entryAt(all: readonly TreeEntry[], path: string): TreeEntry | undefined {
  if (path === '') return { path: '', type: 'folder' };
  const at = firstNotBelow(all, path, 0);
  if (all[at]?.path === path) return all[at];
  const below = firstNotBelow(all, `${path}/`, at);
  return all[below]?.path.startsWith(`${path}/`) ? { path, type: 'folder' } : undefined;
}

function entriesIn(all: readonly TreeEntry[], folder: string): readonly TreeEntry[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const found: TreeEntry[] = [];
  let unordered = false;
  let at = firstNotBelow(all, prefix, 0);
  for (let entry = all[at]; entry?.path.startsWith(prefix); entry = all[at]) {
    const slash = entry.path.indexOf('/', prefix.length);
    if (slash < 0) {
      found.push(entry);
      at++;
      continue;
    }
    const path = entry.path.slice(0, slash);
    unordered ||= (found.at(-1)?.path ?? '') > path;
    found.push({ path, type: 'folder' });
    // '0' follows '/': the first path that is not below this folder.
    at = firstNotBelow(all, `${path}0`, at);
  }
  return unordered ? sorted(found) : found;
}

/** The index of the first entry at or behind `path`, from `low` on. */
function firstNotBelow(all: readonly TreeEntry[], path: string, low: number): number {
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.path ?? '') < path) low = middle + 1;
    else high = middle;
  }
  return low;
}
