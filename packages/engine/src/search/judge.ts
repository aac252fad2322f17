import { createHash } from 'node:crypto';
import { TreeReadError } from '@plimsoll/build-context';
import type { Tree } from '@plimsoll/build-context';
import { holdsSecret } from '@plimsoll/release-graph';

/** What a search says of one file. */
export interface Judgement {
  readonly path: string;
  /** The id that Git gives such contents: the SHA-1 of `blob`, the length, a zero byte, and the contents. */
  readonly blob: string;
  readonly suspect: boolean;
}

/** Searches one file; undefined where it cannot be read. */
export async function judge(tree: Tree, path: string): Promise<Judgement | undefined> {
  const bytes = readBytes(tree, path);
  return bytes && { path, blob: blobId(bytes), suspect: await holdsSecret(path, bytes) };
}

export function readBytes(tree: Tree, path: string): Uint8Array | undefined {
  try {
    return tree.read(path);
  } catch (error) {
    if (error instanceof TreeReadError) return undefined;
    throw error;
  }
}

export function blobId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
