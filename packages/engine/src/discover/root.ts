import { dirname, join } from 'node:path';
import { decodeFile } from '@plimsoll/documents';
import { saysRoot } from '../configure/read.ts';
import { isGitTop, readConfigBytes } from './disk.ts';

export const CONFIG_NAME = 'plimsoll.yaml';

/**
 * The root of what is checked: the nearest folder at or above `folder` whose `plimsoll.yaml` says `root: true`, else
 * Git's top level, else `folder`. The search ends at Git's top level, so that nothing outside of a clone decides on it.
 */
export function findRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (isMarkedRoot(at) || isGitTop(at)) return at;
    if (dirname(at) === at) return folder;
  }
}

export function isMarkedRoot(folder: string): boolean {
  const bytes = readConfigBytes(join(folder, CONFIG_NAME));
  return bytes instanceof Uint8Array && saysRoot(decodeFile(CONFIG_NAME, bytes, 'syntax/config').file);
}
