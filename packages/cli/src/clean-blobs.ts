import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { searchVersion } from '@plimsoll/engine';
import type { CleanBlobs } from '@plimsoll/engine';
import envPaths from 'env-paths';
import { version } from './version.ts';
import { writeFileWhole } from './write.ts';

/** What is remembered between runs. */
export interface KeptBlobs extends CleanBlobs {
  /** Writes what was added. That it cannot be written is no fault of the check. */
  save(): void;
}

/** As many ids are kept, the latest ones: some megabytes. */
const MAX_IDS = 100_000;

/**
 * The ids of contents that hold no credential, as this version judges them. They stand in the user's own cache, never in the
 * checked tree: a pull request could bring a list of its own there. No contents and no paths are written.
 */
export function keptBlobs(folder = envPaths('plimsoll', { suffix: '' }).cache): KeptBlobs {
  const file = join(folder, `clean-blobs-${version}-${searchVersion}.txt`);
  let known: Set<string> | undefined;
  let before = 0;
  const ids = (): Set<string> => {
    if (!known) {
      known = new Set(readIds(file));
      before = known.size;
    }
    return known;
  };
  return {
    get size() {
      return ids().size;
    },
    has: (id) => ids().has(id),
    add: (id) => ids().add(id),
    save() {
      if (!known || known.size === before) return;
      try {
        mkdirSync(folder, { recursive: true });
      } catch {
        return;
      }
      writeFileWhole(file, [...known].slice(-MAX_IDS).join('\n'));
    },
  };
}

function readIds(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => /^[\da-f]{40}$/.test(line));
  } catch {
    return [];
  }
}
