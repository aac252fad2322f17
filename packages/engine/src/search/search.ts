import type { Tree } from '@plimsoll/build-context';
import type { CleanBlobs } from '../model.ts';
import { blobId, judge, readBytes } from './judge.ts';
import type { Judgement } from './judge.ts';
import { judgeInWorkers } from './workers.ts';

/** From so many bytes on it is worth while to remember what is clean: less is searched faster than it is looked up. */
const WORTH_REMEMBERING = 1024 * 1024;

/** From so many bytes on it is worth while to start threads: each takes as long as the search of some megabytes. */
const WORTH_THREADS = 8 * 1024 * 1024;

/**
 * Which of these files may hold a credential. What is known to be clean by its contents is not searched; where there is much
 * to search, threads do it. What cannot be read is left to whoever reads it next.
 */
export async function suspects(
  tree: Tree,
  paths: readonly string[],
  clean: CleanBlobs | undefined,
): Promise<readonly string[]> {
  if (bytesOf(tree, paths) < WORTH_REMEMBERING) return paths;
  const left = clean && clean.size > 0 ? paths.filter((path) => !isClean(tree, path, clean)) : paths;
  const threads = tree.onDisk === true && bytesOf(tree, left) >= WORTH_THREADS;
  const judged = (threads ? await judgeInWorkers(tree, left) : undefined) ?? (await judgeHere(tree, left));
  for (const { blob, suspect } of judged) if (!suspect) clean?.add(blob);
  const cleared = new Set(judged.filter(({ suspect }) => !suspect).map(({ path }) => path));
  return left.filter((path) => !cleared.has(path));
}

function bytesOf(tree: Tree, paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + tree.size(path), 0);
}

function isClean(tree: Tree, path: string, clean: CleanBlobs): boolean {
  const bytes = readBytes(tree, path);
  return bytes !== undefined && clean.has(blobId(bytes));
}

async function judgeHere(tree: Tree, paths: readonly string[]): Promise<readonly Judgement[]> {
  const judged: Judgement[] = [];
  for (const path of paths) {
    const judgement = await judge(tree, path);
    if (judgement) judged.push(judgement);
  }
  return judged;
}
