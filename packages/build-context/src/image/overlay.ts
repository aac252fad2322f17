import type { FileSystem, Folder } from './file-system.ts';
import { writableChild, writableRoot } from './file-system.ts';

/** Lays one file system over another, as BuildKit merges a `--link` layer: folders are merged, all else replaces. */
export function overlay(below: FileSystem, above: FileSystem): void {
  mergeOver(writableRoot(below), above.root);
}

function mergeOver(below: Folder, above: Folder): void {
  for (const [name, child] of above.children) {
    if (child.type !== 'folder') {
      below.children.set(name, child);
      continue;
    }
    if (below.children.get(name)?.type !== 'folder') below.children.delete(name);
    mergeOver(writableChild(below, name, name), child);
  }
}
