import type { Tree } from '@plimsoll/build-context';

const folders = new WeakMap<Tree, ReadonlyMap<string, readonly string[]>>();

/** The files at a path of the tree: the file itself, or all below the folder; '' is the root. */
export function filesAt(tree: Tree, path: string): readonly string[] {
  const known = folders.get(tree) ?? byFolder(tree);
  folders.set(tree, known);
  return known.get(path) ?? [];
}

function byFolder({ files }: Tree): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { path } of files) {
    for (let at: string | undefined = path; at !== undefined; at = above(at)) {
      const some = found.get(at);
      if (some) some.push(path);
      else found.set(at, [path]);
    }
  }
  return found;
}

function above(path: string): string | undefined {
  if (path === '') return undefined;
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}
