import { posix, resolve, sep } from 'node:path';
import { TreeReadError } from '@plimsoll/build-context';
import type { Tree } from '@plimsoll/build-context';
import { readFileBytes, realPath } from '../discover/disk.ts';

/** The most of a configuration in a tree that is read, in bytes. */
export const CONFIG_LIMIT = 256 * 1024;

/** A file that another one extends, or why there is none. */
export type Extended =
  { readonly path: string; readonly bytes: Uint8Array } | { readonly fault: string; readonly help: string };

/**
 * Finds what `extends` names: a file (`./policy.yaml`, from the folder of the file that says so), or the YAML of an npm package
 * that is installed (`@acme/policy`, `@acme/policy/strict.yaml`; without a file its `plimsoll.yaml`). Nothing of it is run.
 */
export function findExtended(tree: Tree, written: string, from: string): Extended {
  const folder = posix.dirname(from) === '.' ? '' : posix.dirname(from);
  if (/^\.{1,2}\//.test(written)) {
    const path = posix.normalize(posix.join(folder, written));
    if (path.startsWith('../')) return fault(`${written} is outside of the root`);
    return readOne(tree, path) ?? fault(`there is no file ${path}`);
  }
  if (written.startsWith('/') || written.includes('..')) return fault(`${written} is no path that can be followed`);
  const [, name, file = 'plimsoll.yaml'] = /^((?:@[\w.~-]+\/)?[\w.~-]+)(?:\/(.+))?$/.exec(written) ?? [];
  if (name === undefined) return fault(`"${written}" is neither a file nor the name of a package`);
  for (let at = folder; ; at = posix.dirname(at) === '.' ? '' : posix.dirname(at)) {
    const found = readOne(tree, posix.join(at, 'node_modules', name, file));
    if (found) return found;
    if (at === '') break;
  }
  return fault(`the package ${name} is not installed, or has no ${file}`, `Install it: npm install --save-dev ${name}`);
}

function fault(text: string, help = 'Write a file as ./policy.yaml, or the name of an npm package'): Extended {
  return { fault: text, help };
}

/** Undefined where there is no such file. What Git leaves out is read too: packages are. */
function readOne(tree: Tree, path: string): Extended | undefined {
  const bytes = readBytes(tree, path);
  if (bytes === undefined) return undefined;
  return 'reason' in bytes ? fault(`${path}: ${bytes.reason}`, 'Make it a file that can be read') : { path, bytes };
}

function readBytes(tree: Tree, path: string): Uint8Array | { readonly reason: string } | undefined {
  try {
    const listed = tree.read(path, CONFIG_LIMIT + 1);
    if (listed && listed.length > CONFIG_LIMIT) return { reason: `it is larger than ${CONFIG_LIMIT / 1024} KiB` };
    if (listed || tree.root === '') return listed;
  } catch (error) {
    if (error instanceof TreeReadError) return { reason: error.message };
    throw error;
  }
  const real = realPath(resolve(tree.root, path));
  if (real === undefined) return undefined;
  // Packages of a workspace are links, which stay in the root.
  return real.startsWith(tree.root + sep)
    ? readFileBytes(real, CONFIG_LIMIT)
    : { reason: 'it is a link out of the root' };
}
