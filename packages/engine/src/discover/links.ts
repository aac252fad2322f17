import { posix } from 'node:path';
import type { Tree } from '@plimsoll/build-context';

/** As many links one behind the other as Linux follows. */
const MAX_LINKS = 40;

/** The path of the file that a link leads to; undefined where it leads nowhere, out of the tree, or in a circle. */
export function resolveLink(tree: Tree, path: string): string | undefined {
  let at = path;
  for (let i = 0; i < MAX_LINKS; i++) {
    const entry = tree.entry(at);
    if (entry?.type !== 'symlink') return entry?.type === 'file' ? at : undefined;
    const target = tree.linkTarget(at);
    if (target === undefined || target.startsWith('/')) return undefined;
    at = posix.normalize(posix.join(posix.dirname(at), target));
  }
  return undefined;
}
