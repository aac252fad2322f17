import { parentPort, workerData } from 'node:worker_threads';
import { listedTree } from '@plimsoll/build-context';
import { judge } from './judge.ts';
import type { Judgement } from './judge.ts';
import type { SearchOrder } from './workers.ts';

// The thread of a search: it answers with what it could say, and ends.
const { root, paths } = workerData as SearchOrder;
const tree = listedTree(root, paths);
const judged: Judgement[] = [];
void (async () => {
  for (const path of paths) {
    const judgement = await judge(tree, path);
    if (judgement) judged.push(judgement);
  }
  parentPort?.postMessage(judged);
})();
