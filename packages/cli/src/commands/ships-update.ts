import { resolve } from 'node:path';
import { formatCount } from '@plimsoll/core';
import { openShips, shipsLists } from '@plimsoll/engine';
import type { OpenedShips, ShipsListFile, ShipsOptions } from '@plimsoll/engine';
import { visible } from '@plimsoll/reporters';
import { complain } from '../say.ts';
import { writeFileWhole } from '../write.ts';

/** Writes the recorded lists; returns the exit code. */
export function updateLists(opened: OpenedShips, options: ShipsOptions): number {
  const { lists, problems } = shipsLists(opened, options);
  if (problems.length > 0) return complain(problems);
  const isNew = lists.some(({ path }) => opened.tree.entry(path) === undefined);
  const code = write(opened.root, lists);
  if (code !== 0 || !isNew) return told(lists, code);
  // A new list can ship itself, which is known once it is there.
  const again = shipsLists(openShips(options), options).lists;
  return told(again, write(opened.root, again));
}

function write(root: string, lists: readonly ShipsListFile[]): 0 | 2 {
  for (const { path, text } of lists) {
    const failure = writeFileWhole(resolve(root, path), text);
    if (failure !== undefined) return complain([`${path} could not be written: ${failure}`]);
  }
  return 0;
}

function told(lists: readonly ShipsListFile[], code: 0 | 2): number {
  if (code !== 0) return code;
  for (const { path, files, sections } of lists) {
    process.stdout.write(`${visible(path)}: ${formatCount(files, 'file')} of ${formatCount(sections, 'target')}\n`);
  }
  return 0;
}
