import type { Tree, TreeEntry } from '@plimsoll/build-context';

/** The tree as Git sends it: with no `.git`, at the root or in a submodule. */
export function withoutGit(tree: Tree): Tree {
  const isGit = (path: string): boolean => path === '.git' || path.endsWith('/.git');
  let files: readonly TreeEntry[] | undefined;
  return derived(tree, {
    get files() {
      return (files ??= tree.files.filter(({ path }) => !isGit(path)));
    },
    entry: (path) => (isGit(path) ? undefined : tree.entry(path)),
    list: (folder) => tree.list(folder).filter((name) => name !== '.git'),
    children: (folder) => tree.children(folder).filter(({ path }) => !isGit(path)),
  });
}

/** The tree with more files in it, which are empty: what a laptop or an earlier step would have there. */
export function withFiles(tree: Tree, paths: readonly string[]): Tree {
  const added = new Map<string, TreeEntry>();
  const inFolder = new Map<string, Set<string>>();
  for (const path of paths) {
    added.set(path, { path, type: 'file' });
    for (let at = path; at !== ''; at = parentOf(at)) {
      const folder = parentOf(at);
      const names = inFolder.get(folder) ?? new Set<string>();
      inFolder.set(folder, names.add(at.slice(folder === '' ? 0 : folder.length + 1)));
      if (folder !== '' && !added.has(folder)) added.set(folder, { path: folder, type: 'folder' });
    }
  }
  const entry = (path: string): TreeEntry | undefined => tree.entry(path) ?? added.get(path);
  const children = (folder: string): readonly TreeEntry[] => {
    const more = [...(inFolder.get(folder) ?? [])]
      .map((name) => (folder === '' ? name : `${folder}/${name}`))
      .filter((path) => !tree.entry(path));
    return more.length === 0
      ? tree.children(folder)
      : byPath([...tree.children(folder), ...more.flatMap((path) => added.get(path) ?? [])]);
  };
  let files: readonly TreeEntry[] | undefined;
  return derived(tree, {
    get files() {
      return (files ??= byPath([
        ...tree.files,
        ...paths.filter((path) => !tree.entry(path)).map((path): TreeEntry => ({ path, type: 'file' })),
      ]));
    },
    entry,
    children,
    list: (folder) => children(folder).map(({ path }) => path.slice(folder === '' ? 0 : folder.length + 1)),
  });
}

type Listing = Pick<Tree, 'files' | 'entry' | 'list' | 'children'>;

/** Other listings over the same contents. */
function derived(tree: Tree, listing: Listing): Tree {
  return {
    root: tree.root,
    fromGit: tree.fromGit,
    get files() {
      return listing.files;
    },
    entry: listing.entry,
    list: listing.list,
    children: listing.children,
    size: (path) => (tree.entry(path) ? tree.size(path) : 0),
    linkTarget: (path) => tree.linkTarget(path),
    read: (path, limit) => tree.read(path, limit),
  };
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function byPath(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  return entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
