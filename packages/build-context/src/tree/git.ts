import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync } from 'node:fs';
import path from 'node:path';
import { diskTree, onDisk } from './disk.ts';
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
  const listing = listWithGit(absolute);
  if ('reason' in listing) return diskTree(absolute, listing.reason);
  const entries = readListing(absolute, listing.output);
  if (entries.length === 0 && !existsSync(path.join(absolute, '.git'))) {
    return diskTree(absolute, 'Git has no file of this folder');
  }
  if (existsSync(path.join(absolute, '.git'))) entries.push({ path: '.git', type: 'opaque' });
  return onDisk(absolute, entries, { fromGit: true });
}

const notGit = 'not a Git repository';

function hasGitAbove(folder: string): boolean {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return true;
    if (path.dirname(at) === at) return false;
  }
}

function listWithGit(root: string): { readonly output: Buffer } | { readonly reason: string } {
  const run = spawnSync('git', [...safeSettings, 'ls-files', ...listingFlags], {
    cwd: root,
    env: safeEnvironment(),
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (run.error) {
    const { code } = run.error as NodeJS.ErrnoException;
    return {
      reason: code === 'ENOENT' ? 'Git is not installed' : `Git could not be run (${code ?? run.error.message})`,
    };
  }
  if (run.status === 0) return { output: run.stdout };
  const said = run.stderr.toString();
  if (said.includes('not a git repository')) return { reason: notGit };
  if (said.includes('dubious ownership')) return { reason: 'Git refuses a repository that another user owns' };
  return { reason: `Git refused: ${said.trim().split('\n')[0] ?? ''}` };
}

const safeSettings = [
  '--no-pager',
  '-c', 'core.fsmonitor=false',
  '-c', 'core.hooksPath=/dev/null',
  '-c', 'core.quotePath=false',
  '-c', 'protocol.allow=never',
]; // prettier-ignore

/** A tag, and for files of the index mode, object and stage before the path; an index file that is gone stands twice, once as `R`. */
const listingFlags = ['-z', '-t', '--stage', '--cached', '--deleted', '--others', '--exclude-standard'];

/** Variables of a hook that Plimsoll is called from would point Git at another repository or index. */
function safeEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY|NAMESPACE|EXTERNAL_DIFF)$/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return {
    ...Object.fromEntries(kept),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

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

function typeOfMode(mode: string): TreeEntry['type'] {
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
