import type { ContextSource, Tree } from '@plimsoll/build-context';
import { gitFolder, isOwnGit } from '../builds/dockerfiles.ts';
import { climbingPath } from '../builds/paths.ts';
import type { Build } from '../model.ts';
import { madeBefore } from './made-files.ts';
import type { Made } from './made-files.ts';

/** A build whose context is no folder of the repository. */
export interface AbsentContext {
  readonly build: Build;
  /** In the tree; as it is written where it leads out of the repository. */
  readonly folder: string;
  /** `outside`: it is above the root, or a link leads out of it. */
  readonly reason: 'absent' | 'file' | 'outside';
  readonly made: Made;
}

/** The builds whose context is known to be no folder of the repository. */
export function absentContexts(tree: Tree, builds: readonly Build[]): readonly AbsentContext[] {
  return builds.flatMap((build): readonly AbsentContext[] => {
    const { context, how } = build;
    if (how === 'assumed') return [];
    const climbing = climbingPath(context);
    if (climbing !== undefined) return [{ build, folder: climbing, reason: 'outside', made: 'no' }];
    const folder = context.status === 'resolved' ? folderOf(context.target) : undefined;
    if (folder === undefined || folder === '') return [];
    const entry = tree.entry(folder);
    if (!entry && isGit(context)) return [{ build, folder, reason: 'absent', made: 'no' }];
    if (!entry) return [{ build, folder, reason: 'absent', made: madeBefore({ build, tree }, folder) }];
    if (entry.type === 'file') return [{ build, folder, reason: 'file', made: 'no' }];
    return entry.type === 'symlink' && leadsOut(tree, folder) ? [{ build, folder, reason: 'outside', made: 'no' }] : [];
  });
}

/** What is committed is all that a Git context has. */
function isGit(context: Build['context']): boolean {
  return context.status === 'resolved' && context.target.kind === 'git';
}

function folderOf(context: ContextSource): string | undefined {
  if (context.kind === 'local') return context.folder;
  return context.kind === 'git' && isOwnGit(context) ? gitFolder(context.url) : undefined;
}

function leadsOut(tree: Tree, link: string): boolean {
  const target = tree.linkTarget(link);
  if (target === undefined) return false;
  if (target.startsWith('/')) return true;
  let depth = link.split('/').length - 1;
  return target.split('/').some((part) => {
    if (part === '' || part === '.') return false;
    depth += part === '..' ? -1 : 1;
    return depth < 0;
  });
}
