import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Tree } from '@plimsoll/build-context';
import type { Judgement } from './judge.ts';

/** What a thread is given. */
export interface SearchOrder {
  readonly root: string;
  readonly paths: readonly string[];
}

const MAX_THREADS = 4;

/** Searches the files of a tree on the disk in threads; undefined where no thread can be had, or one fails. */
export async function judgeInWorkers(tree: Tree, paths: readonly string[]): Promise<readonly Judgement[] | undefined> {
  const threads = Math.min(availableParallelism(), MAX_THREADS);
  if (threads < 2) return undefined;
  try {
    const parts = shares(tree, paths, threads).map((share) => search({ root: tree.root, paths: share }));
    return (await Promise.all(parts)).flat();
  } catch {
    return undefined;
  }
}

/** The largest first, each to whom has least. */
function shares(tree: Tree, paths: readonly string[], count: number): readonly (readonly string[])[] {
  const all = Array.from({ length: count }, () => ({ bytes: 0, paths: [] as string[] }));
  const sized = paths.map((path) => ({ path, bytes: tree.size(path) })).sort((a, b) => b.bytes - a.bytes);
  for (const { path, bytes } of sized) {
    const least = all.reduce((a, b) => (b.bytes < a.bytes ? b : a));
    least.paths.push(path);
    least.bytes += bytes;
  }
  return all.map((share) => share.paths);
}

function search(order: SearchOrder): Promise<readonly Judgement[]> {
  const fromSources = import.meta.filename.endsWith('.ts');
  const file = join(import.meta.dirname, fromSources ? 'worker.ts' : 'search-worker.cjs');
  // A thread does not inherit the hooks that let a checkout run from its sources.
  const execArgv = fromSources ? ['--conditions=@plimsoll/source'] : [];
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: order, execArgv });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the search ended without an answer')));
  });
}
