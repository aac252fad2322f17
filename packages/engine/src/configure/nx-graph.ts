import { resolve } from 'node:path';
import { TreeReadError } from '@plimsoll/build-context';
import type { Tree } from '@plimsoll/build-context';
import { firstLine, stringOf } from '@plimsoll/documents';
import type { YamlNode } from '@plimsoll/documents';
import { isNxGraph } from '@plimsoll/release-graph';
import type { NxGraphFile } from '@plimsoll/release-graph';
import { readFileBytes, realPath } from '../discover/disk.ts';
import type { ConfigProblem } from '../model.ts';

/** The most of a graph file that is read, in bytes: that of a workspace of thousands of projects has some megabytes. */
const LIMIT = 64 * 1024 * 1024;

/** The Nx graph file that `nxGraph` names. What is wrong with it goes to `problems`. Git need not have it: it is made. */
export function readNxGraphFile(
  node: YamlNode | undefined,
  tree: Tree,
  problems: ConfigProblem[],
): NxGraphFile | undefined {
  const path = stringOf(node)?.trim().replace(/^\.\//, '');
  if (!node || !path) return undefined;
  const bytes = readBytes(tree, path);
  const text = bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : undefined;
  if (text !== undefined && isNxGraph(text)) return { path, text };
  const fault = bytes === undefined ? 'there is no such file' : 'reason' in bytes ? bytes.reason : 'it is no Nx graph';
  problems.push({
    message: `nxGraph: ${path}: ${fault}`,
    help: `Write it with \`nx graph --file=${path}\`; the path counts from the root`,
    at: firstLine(node.range),
  });
  return undefined;
}

function readBytes(tree: Tree, path: string): Uint8Array | { readonly reason: string } | undefined {
  if (path.startsWith('/') || path.split('/').includes('..')) return { reason: 'it is outside of the root' };
  try {
    const listed = tree.read(path, LIMIT);
    if (listed || tree.root === '') return listed;
  } catch (error) {
    if (error instanceof TreeReadError) return { reason: error.message };
    throw error;
  }
  const at = resolve(tree.root, path);
  const real = realPath(at);
  if (real === undefined) return undefined;
  return real === at ? readFileBytes(at, LIMIT) : { reason: 'it is behind a link' };
}
