import { existsSync, lstatSync } from 'node:fs';
import path from 'node:path';
import { diskTree, onDisk } from './disk.ts';
import { notGit, runGit } from './run-git.ts';
import type { Tree, TreeEntry } from './tree.ts';

/**
 * The files below `root` that Git has or would take: those of the index that are still on the disk, and the untracked
 * ones that no ignore rule names. `.git`, submodules and nested repositories are opaque entries. Where there is no Git
 * repository, or Git cannot be asked, all that is on the disk; `note` then says why.
 *
 * Nothing of the repository is run: no hook, filter, file system monitor or remote.
 */
export function readTree(root: string): Tree {
  const absolute = path.resolve(root);
  if (!existsSync(absolute)) return diskTree(absolute);
  // Git would say the same, and takes as long as reading a small folder.
  if (!hasGitAbove(absolute)) return diskTree(absolute, notGit);
  const listing = runGit(absolute, ['ls-files', ...listingFlags]);
  if ('reason' in listing) return diskTree(absolute, listing.reason);
  const entries = readListing(absolute, listing.output);
  if (entries.length === 0 && !existsSync(path.join(absolute, '.git'))) {
    return diskTree(absolute, 'Git has no file of this folder');
  }
  if (existsSync(path.join(absolute, '.git'))) entries.push({ path: '.git', type: 'opaque' });
  return onDisk(absolute, entries, { fromGit: true });
}

function hasGitAbove(folder: string): boolean {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return true;
    if (path.dirname(at) === at) return false;
  }
}

/** A tag, and for files of the index mode, object and stage before the path; an index file that is gone stands twice, once as `R`. */
const listingFlags = ['-z', '-t', '--stage', '--cached', '--deleted', '--others', '--exclude-standard'];

function readListing(root: string, output: Buffer): TreeEntry[] {
  const gone = new Set<string>();
  const entries: TreeEntry[] = [];
  for (const line of output.toString('utf8').split('\0')) {
    if (line === '') continue;
    if (line.startsWith('? ')) {
      const entry = untracked(root, line.slice(2));
      if (entry) entries.push(entry);
      continue;
    }
    const at = line.slice(line.indexOf('\t') + 1);
    if (line.startsWith('R ')) gone.add(at);
    else entries.push({ path: at, type: typeOfMode(line.slice(2, 8)) });
  }
  return gone.size > 0 ? entries.filter((entry) => !gone.has(entry.path)) : entries;
}

export function typeOfMode(mode: string): TreeEntry['type'] {
  if (mode === '120000') return 'symlink';
  return mode === '160000' || mode === '040000' ? 'opaque' : 'file';
}

/** An untracked repository is told with a slash at its end. */
function untracked(root: string, at: string): TreeEntry | undefined {
  if (at.endsWith('/')) return { path: at.slice(0, -1), type: 'opaque' };
  const status = lstatSync(path.join(root, at), { throwIfNoEntry: false });
  if (!status) return undefined;
  return { path: at, type: status.isSymbolicLink() ? 'symlink' : status.isFile() ? 'file' : 'opaque' };
}
