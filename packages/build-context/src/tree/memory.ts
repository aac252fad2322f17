import { treeOf } from './entries.ts';
import { followLinks } from './links.ts';
import type { Tree, TreeEntry } from './tree.ts';

/** A file by its text, by its size alone (its contents are zeros), or a link by its target. */
export type MemoryFile = string | { readonly bytes?: number; readonly link?: string };

/**
 * A tree for tests and examples. A path that ends in `/` is an empty folder; `.git` is opaque.
 */
export function memoryTree(files: Readonly<Record<string, MemoryFile>>): Tree {
  const contents = new Map(Object.entries(files).filter(([path]) => !path.endsWith('/')));
  const encoder = new TextEncoder();
  const entries = [...contents].map(([path, file]): TreeEntry => ({ path, type: typeOf(path, file) }));
  const emptyFolders = Object.keys(files)
    .filter((path) => path.endsWith('/'))
    .map((path) => path.slice(0, -1));
  const linkOf = (path: string): string | undefined => {
    const file = contents.get(path);
    return typeof file === 'object' ? file.link : undefined;
  };
  const bytesOf = (path: string): Uint8Array => {
    const file = contents.get(path);
    return typeof file === 'string' ? encoder.encode(file) : new Uint8Array(file?.bytes ?? 0);
  };
  const tree: Tree = treeOf(
    entries,
    {
      size: ({ path, type }) => (type === 'symlink' ? encoder.encode(linkOf(path)).length : bytesOf(path).length),
      linkTarget: ({ path }) => linkOf(path),
      read: (path, limit) => {
        const real = followLinks(tree, path);
        if (real === undefined || tree.entry(real)?.type !== 'file') return undefined;
        return bytesOf(real).subarray(0, limit);
      },
    },
    { root: '', fromGit: false, emptyFolders },
  );
  return tree;
}

function typeOf(path: string, file: MemoryFile): TreeEntry['type'] {
  if (path === '.git' || path.endsWith('/.git')) return 'opaque';
  return typeof file === 'object' && file.link !== undefined ? 'symlink' : 'file';
}
