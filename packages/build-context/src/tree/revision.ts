import { existsSync } from 'node:fs';
import path from 'node:path';
import { onDisk } from './disk.ts';
import { treeOf } from './entries.ts';
import { typeOfMode } from './git.ts';
import { followLinks } from './links.ts';
import { runGit } from './run-git.ts';
import type { Tree, TreeEntry } from './tree.ts';

/** A tree that Git keeps, or why there is none, as a sentence without its end. */
export type RevisionTree = { readonly tree: Tree } | { readonly reason: string };

/**
 * What is staged: the files of the index, as they would be committed now. In a hook it is the index of that commit, which
 * `GIT_INDEX_FILE` names. Files that are the same on the disk are read there.
 */
export function stagedTree(root: string): RevisionTree {
  const absolute = path.resolve(root);
  const index = stagedIndex();
  const listing = runGit(absolute, ['ls-files', '-z', '--stage'], { index });
  if ('reason' in listing) return listing;
  const changed = runGit(absolute, [...noFilters, 'diff-files', '--name-only', '-z', '--relative'], { index });
  if ('reason' in changed) return changed;
  // `mode object stage`, a tab, the path; of a conflict our side.
  const entries = records(listing.output).flatMap((line): readonly GitEntry[] => {
    const [mode = '', object = '', stage] = line.slice(0, line.indexOf('\t')).split(' ');
    return stage === '0' || stage === '2' ? [{ ...entryOf(mode, line), object }] : [];
  });
  return { tree: overlay(absolute, entries, new Set(records(changed.output))) };
}

/** The files of a commit, a branch or a tag. */
export function revisionTree(root: string, revision: string): RevisionTree {
  const absolute = path.resolve(root);
  const commit = commitOf(absolute, revision);
  if ('reason' in commit) return commit;
  const listing = runGit(absolute, ['ls-tree', '-r', '-z', commit.id]);
  if ('reason' in listing) return listing;
  const diff = ['diff-index', '--name-only', '-z', '--relative', '--no-renames', commit.id];
  const changed = runGit(absolute, [...noFilters, ...diff]);
  if ('reason' in changed) return changed;
  // `mode type object`, a tab, the path.
  const entries = records(listing.output).map((line) => {
    const [mode = '', , object = ''] = line.slice(0, line.indexOf('\t')).split(' ');
    return { ...entryOf(mode, line), object };
  });
  return { tree: overlay(absolute, entries, new Set(records(changed.output))) };
}

/** The commit that two lines of work have in common, from which a change started: that of `revision` and `HEAD`. */
export function forkPoint(root: string, revision: string): { readonly id: string } | { readonly reason: string } {
  const commit = commitOf(root, revision);
  if ('reason' in commit) return commit;
  const base = runGit(root, ['merge-base', commit.id, 'HEAD']);
  return 'output' in base ? { id: base.output.toString().trim() } : commit;
}

/** Where files of `revision` stand today that were moved since: the old path by the new one. */
export function movedFiles(root: string, revision: string): ReadonlyMap<string, string> {
  const diff = ['diff-index', '-M', '--diff-filter=R', '--name-status', '-z', '--relative', revision];
  const answer = runGit(root, [...noFilters, ...diff]);
  const fields = 'output' in answer ? records(answer.output) : [];
  const moved = new Map<string, string>();
  for (let i = 0; i + 2 < fields.length; i += 3) moved.set(fields[i + 2] ?? '', fields[i + 1] ?? '');
  return moved;
}

/** A revision could be an option of the command that it is given to. */
function commitOf(root: string, revision: string): { readonly id: string } | { readonly reason: string } {
  const answer = runGit(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if ('output' in answer) return { id: answer.output.toString().trim().split('\n').at(-1) ?? '' };
  const known = answer.reason.startsWith('Git refused') ? `there is no commit "${revision}"` : answer.reason;
  return { reason: known };
}

/** Large files that a filter keeps elsewhere are what Git has of them: the filter need not run. */
const noFilters = ['-c', 'filter.lfs.clean=', '-c', 'filter.lfs.process=', '-c', 'filter.lfs.required=false'];

function stagedIndex(): string | undefined {
  const named = process.env['GIT_INDEX_FILE'];
  const index = named === undefined ? undefined : path.resolve(named);
  return index !== undefined && existsSync(index) ? index : undefined;
}

function records(output: Buffer): readonly string[] {
  return output.toString('utf8').split('\0').filter(Boolean);
}

interface GitEntry extends TreeEntry {
  readonly object: string;
}

function entryOf(mode: string, line: string): TreeEntry {
  return { path: line.slice(line.indexOf('\t') + 1), type: typeOfMode(mode) };
}

/** A tree with these entries, of which those that are `changed` are read from Git, and the others from the disk. */
function overlay(root: string, entries: readonly GitEntry[], changed: ReadonlySet<string>): Tree {
  const disk = onDisk(root, entries, { fromGit: true });
  const objects = new Map(entries.flatMap((entry) => (changed.has(entry.path) ? [[entry.path, entry.object]] : [])));
  const blobs = new Map<string, Buffer | undefined>();
  const blob = (at: string): Buffer | undefined => {
    const object = objects.get(at);
    if (object === undefined) return undefined;
    if (!blobs.has(object)) {
      const answer = runGit(root, ['cat-file', 'blob', object]);
      blobs.set(object, 'output' in answer ? answer.output : undefined);
    }
    return blobs.get(object);
  };
  const withGit = existsSync(path.join(root, '.git')) ? [{ path: '.git', type: 'opaque' } as const] : [];
  const tree: Tree = treeOf(
    [...entries, ...withGit],
    {
      size: (entry) => (objects.has(entry.path) ? (blob(entry.path)?.length ?? 0) : disk.size(entry.path)),
      linkTarget: (entry) =>
        objects.has(entry.path) ? blob(entry.path)?.toString('utf8') : disk.linkTarget(entry.path),
      read: (at, limit) => {
        const real = followLinks(tree, at);
        if (real === undefined || tree.entry(real)?.type !== 'file') return undefined;
        return objects.has(real) ? blob(real)?.subarray(0, limit) : disk.read(real, limit);
      },
    },
    { root, fromGit: true },
  );
  return tree;
}
