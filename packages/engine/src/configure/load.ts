import { posix, relative, resolve, sep } from 'node:path';
import { TreeReadError } from '@plimsoll/build-context';
import type { Tree } from '@plimsoll/build-context';
import { decodeFile, SourceFile } from '@plimsoll/documents';
import { readConfigBytes, realPath } from '../discover/disk.ts';
import { CONFIG_NAME } from '../discover/root.ts';
import { skippedByPath } from '../discover/skipped.ts';
import type { CheckOptions, ConfigProblem } from '../model.ts';
import { emptyConfiguration } from './configuration.ts';
import type { Configuration } from './configuration.ts';
import { readConfiguration, saysRoot } from './read.ts';
import type { KnownRules } from './rule-settings.ts';

/** The most of a configuration in a tree that is read, in bytes. */
const CONFIG_LIMIT = 256 * 1024;

type Bytes = Uint8Array | { readonly reason: string } | undefined;

/** The configuration that holds for a check: the named file, else `plimsoll.yaml` at the root, else an empty one. */
export function loadConfiguration(
  tree: Tree,
  { cwd, configFile, tree: given }: CheckOptions,
  known: KnownRules,
): Configuration {
  if (configFile !== undefined) {
    const at = given ? posix.normalize(configFile) : resolve(cwd, configFile);
    const path = given
      ? at
      : relative(tree.root, realPath(at) ?? at)
          .split(sep)
          .join('/');
    const bytes = given ? readFromTree(tree, at) : readConfigBytes(at);
    return bytes
      ? readBytes(path, bytes, { known, tree })
      : failed({ message: `${configFile}: there is no such file` });
  }
  const bytes = tree.entry(CONFIG_NAME) || given ? readFromTree(tree, CONFIG_NAME) : readUnlisted(tree.root);
  if (bytes) return readBytes(CONFIG_NAME, bytes, { known, tree });
  return tree.entry('plimsoll.yml')
    ? failed(atStart('plimsoll.yml', `This file is not read: its name must be ${CONFIG_NAME}`))
    : emptyConfiguration;
}

/** Configurations below the root that have no effect, each as a problem at its first line. */
export function idleConfigurations(tree: Tree): readonly ConfigProblem[] {
  return tree.files.flatMap(({ path }) => {
    if (!path.endsWith(`/${CONFIG_NAME}`) || skippedByPath('manifest', path)) return [];
    const bytes = readFromTree(tree, path);
    if (!(bytes instanceof Uint8Array)) return [];
    const { file } = decodeFile(path, bytes, 'syntax/config');
    if (saysRoot(file)) return [];
    const help =
      'Move its settings there, under `overrides`; or write `root: true` into it and check its folder by itself';
    return [
      {
        message: `This has no effect: only ${CONFIG_NAME} at the root is read`,
        help,
        at: file.range(0, file.lineEnd(1)),
      },
    ];
  });
}

/** One that Git leaves out, as the list of files does not have it. */
function readUnlisted(root: string): Bytes {
  const path = realPath(resolve(root, CONFIG_NAME));
  if (path === undefined) return undefined;
  return path === resolve(root, CONFIG_NAME) ? readConfigBytes(path) : { reason: 'it is a link out of the root' };
}

function readFromTree(tree: Tree, path: string): Bytes {
  try {
    const bytes = tree.read(path, CONFIG_LIMIT + 1);
    return bytes && bytes.length > CONFIG_LIMIT ? { reason: `it is larger than ${CONFIG_LIMIT / 1024} KiB` } : bytes;
  } catch (error) {
    if (error instanceof TreeReadError) return { reason: error.message };
    throw error;
  }
}

function readBytes(
  path: string,
  bytes: Uint8Array | { readonly reason: string },
  { known, tree }: { readonly known: KnownRules; readonly tree: Tree },
): Configuration {
  if ('reason' in bytes) return failed(atStart(path, `This file was not read: ${bytes.reason}`));
  const { file, problems } = decodeFile(path, bytes, 'syntax/config');
  const configuration = readConfiguration(file, known, tree);
  const faults = problems.map(({ message, help, range }) => ({
    message,
    ...(help !== undefined && { help }),
    at: range,
  }));
  return { ...configuration, problems: [...faults, ...configuration.problems] };
}

function failed(problem: ConfigProblem): Configuration {
  return { ...emptyConfiguration, problems: [problem] };
}

function atStart(path: string, message: string): ConfigProblem {
  const file = new SourceFile(path, '');
  return { message, at: file.range() };
}
