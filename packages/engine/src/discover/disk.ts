import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The most of a configuration that is read, in bytes. */
const CONFIG_LIMIT = 256 * 1024;

/** Bytes of a configuration file, or why they cannot be had; undefined where there is no such file. */
export function readConfigBytes(path: string): Uint8Array | { readonly reason: string } | undefined {
  return readFileBytes(path, CONFIG_LIMIT);
}

/** Bytes of a file with at most `limit` bytes, or why they cannot be had; undefined where there is no such file. */
export function readFileBytes(path: string, limit: number): Uint8Array | { readonly reason: string } | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return undefined;
    if (!stats.isFile()) return { reason: 'it is no file' };
    if (stats.size > limit) return { reason: `it is larger than ${limit / 1024} KiB` };
    return readFileSync(path);
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The path without links; undefined where nothing is there. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** `path` itself where it is a folder, else the folder that holds it. */
export function folderOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path);
}

/** Whether a folder is the top of a Git work tree: `.git` is a folder, or a file in a linked work tree or submodule. */
export function isGitTop(folder: string): boolean {
  return existsSync(join(folder, '.git'));
}
