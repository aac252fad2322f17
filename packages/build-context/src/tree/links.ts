import type { Tree } from './tree.ts';
import { TreeReadError } from './tree.ts';

const mostLinks = 40;

/**
 * The path that a path stands for when its links are followed inside of the root. Undefined where nothing is there.
 * @throws {TreeReadError} for a link that leads out of the root, and for links that never end.
 */
export function followLinks(tree: Pick<Tree, 'entry' | 'linkTarget'>, path: string): string | undefined {
  let rest = path.split('/');
  let at: string[] = [];
  let links = 0;
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (name === '' || name === '.') continue;
    if (name === '..') {
      if (at.length === 0) throw new TreeReadError(path, 'it leads out of the root');
      at.pop();
      continue;
    }
    const next = [...at, name];
    const entry = tree.entry(next.join('/'));
    if (!entry) return undefined;
    if (entry.type === 'file' && rest.length > 0) return undefined;
    if (entry.type !== 'symlink') {
      at = next;
      continue;
    }
    if (++links > mostLinks) throw new TreeReadError(path, 'its links point at each other');
    const target = tree.linkTarget(entry.path);
    if (target === undefined) throw new TreeReadError(path, 'the link cannot be read');
    if (target.startsWith('/')) throw new TreeReadError(path, 'it is a link out of the root');
    rest = [...target.split('/'), ...rest];
  }
  return at.join('/');
}
