import { baseName, clampPath, joinPaths, parentPath } from '../paths/clean.ts';
import { compileGlob, hasWildcard } from '../paths/glob.ts';
import type { TreeEntry } from '../tree/tree.ts';
import type { LocalContext } from './transfer.ts';

/**
 * The paths that a build asks its context for, given the sources of its COPY and ADD: each source, and what the links on
 * the way to it point at, as fsutil's `FollowLinks` finds them (without regard to the ignore file). Undefined where one
 * of them is the context itself: then nothing is limited.
 */
export function followSources(
  context: Pick<LocalContext, 'tree' | 'folder'>,
  sources: readonly string[],
): readonly string[] | undefined {
  const followed = new Set<string>();
  const pending = [...sources];
  for (let source = pending.pop(); source !== undefined; source = pending.pop()) {
    pending.push(...followOne(context, source, followed));
  }
  const sorted = [...followed].sort();
  return sorted.includes('.') ? undefined : sorted;
}

/** Adds what one path asks for; returns the paths that its links lead to. */
function followOne(
  context: Pick<LocalContext, 'tree' | 'folder'>,
  path: string,
  followed: Set<string>,
): readonly string[] {
  const parts = joinPaths('.', path).split('/');
  let current = '.';
  for (const [i, part] of parts.entries()) {
    current = joinPaths(current, part);
    const targets = linksAt(context, current, true);
    const last = i === parts.length - 1;
    if ((last || targets.length > 0) && followed.has(current)) return [];
    if (last || targets.length > 0) followed.add(current);
    if (targets.length > 0) return targets.map((target) => joinPaths(target, ...parts.slice(i + 1)));
  }
  return [];
}

/** The targets of the link at a path, or of the links that its last name matches, from the root of the context. */
function linksAt(context: Pick<LocalContext, 'tree' | 'folder'>, path: string, wildcards: boolean): readonly string[] {
  const folder = parentPath(path);
  const name = baseName(path);
  if (wildcards && hasWildcard(name)) {
    const glob = compileGlob(name);
    const names = context.tree.list(inTree(context, folder)).filter((child) => glob?.(child));
    return names.flatMap((child) => linksAt(context, joinPaths(folder, child), false));
  }
  const entry: TreeEntry | undefined = path === '.' ? undefined : context.tree.entry(inTree(context, path));
  if (entry?.type !== 'symlink') return [];
  const target = context.tree.linkTarget(entry.path) ?? '';
  return [`/${clampPath(target.startsWith('/') ? target : `${folder}/${target}`)}`];
}

/** Where a path of the context stands in the tree. */
export function inTree({ folder }: Pick<LocalContext, 'folder'>, path: string): string {
  const below = clampPath(path);
  return folder === '' || below === '' ? `${folder}${below}` : `${folder}/${below}`;
}
