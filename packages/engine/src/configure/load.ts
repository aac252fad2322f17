import { posix, relative, resolve, sep } from 'node:path';
import { TreeReadError } from '@plimsoll/build-context';
import type { Tree } from '@plimsoll/build-context';
import { decodeFile, SourceFile } from '@plimsoll/documents';
import { readConfigBytes, realPath } from '../discover/disk.ts';
import { CONFIG_NAME } from '../discover/root.ts';
import { skippedByPath } from '../discover/skipped.ts';
import type { CheckOptions, ConfigProblem } from '../model.ts';
import type { Configuration, Layer } from './configuration.ts';
import { CONFIG_LIMIT, findExtended } from './extends.ts';
import { readNxGraphFile } from './nx-graph.ts';
import { readConfigFile } from './read.ts';
import type { ConfigFile } from './read.ts';
import type { KnownRules } from './rule-settings.ts';

type Bytes = Uint8Array | { readonly reason: string } | undefined;

/**
 * The configuration that holds for a check: the named file, else `plimsoll.yaml` at the root; then those in the folders below,
 * each for its folder. What a file extends comes before it.
 */
export function loadConfiguration(tree: Tree, options: CheckOptions, known: KnownRules): Configuration {
  const problems: ConfigProblem[] = [];
  const reading: Reading = { tree, known, problems };
  const files: PlacedFile[] = [];
  const root = rootFile(reading, options);
  if (root) files.push(...withExtended(reading, root.path, '', root.bytes));
  const atRoot = files.length;
  for (const path of nearerFiles(tree)) {
    const bytes = readFromTree(tree, path);
    if (bytes) files.push(...withExtended(reading, path, posix.dirname(path), bytes));
  }
  for (const { file } of files.slice(atRoot)) problems.push(...misplaced(file));
  const whole = files.slice(0, atRoot).map(({ file }) => file);
  const nxGraph = readNxGraphFile(whole.findLast((file) => file.nxGraph)?.nxGraph, tree, problems);
  const trustedOwners = whole.findLast((file) => file.trustedOwners)?.trustedOwners;
  return {
    layers: files.map(layerOf),
    lane: Object.assign({}, ...whole.map(({ lane }) => lane)) as Configuration['lane'],
    ...(trustedOwners && { trustedOwners }),
    ...(nxGraph && { nxGraph }),
    problems,
  };
}

interface Reading {
  readonly tree: Tree;
  readonly known: KnownRules;
  readonly problems: ConfigProblem[];
}

interface PlacedFile {
  readonly folder: string;
  readonly file: ConfigFile;
}

function layerOf({ folder, file: { root, preset, rules, overrides, ignores } }: PlacedFile): Layer {
  return { folder, root, ...(preset && { preset }), rules, overrides, ignores };
}

function rootFile(
  { tree, problems }: Reading,
  { cwd, configFile, tree: given }: CheckOptions,
): { readonly path: string; readonly bytes: Uint8Array | { readonly reason: string } } | undefined {
  if (configFile !== undefined) {
    const at = given ? posix.normalize(configFile) : resolve(cwd, configFile);
    const path = given
      ? at
      : relative(tree.root, realPath(at) ?? at)
          .split(sep)
          .join('/');
    const bytes = given ? readFromTree(tree, at) : readConfigBytes(at);
    if (!bytes) problems.push({ message: `${configFile}: there is no such file` });
    return bytes && { path, bytes };
  }
  const bytes = tree.entry(CONFIG_NAME) || given ? readFromTree(tree, CONFIG_NAME) : readUnlisted(tree.root);
  if (bytes) return { path: CONFIG_NAME, bytes };
  if (tree.entry('plimsoll.yml'))
    problems.push(atStart('plimsoll.yml', `This file is not read: its name must be ${CONFIG_NAME}`));
  return undefined;
}

/** Those below the root, a folder before what is in it. */
function nearerFiles(tree: Tree): readonly string[] {
  return tree.files
    .flatMap(({ path }) => (path.endsWith(`/${CONFIG_NAME}`) && !skippedByPath('manifest', path) ? [path] : []))
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
}

/** One file would be enough for each level of an organisation. */
const MAX_DEPTH = 10;

/** A file behind all that it extends, for the folder of the first. */
function withExtended(
  reading: Reading,
  path: string,
  folder: string,
  bytes: Uint8Array | { readonly reason: string },
  chain: readonly string[] = [],
): readonly PlacedFile[] {
  const { tree, known, problems } = reading;
  if ('reason' in bytes) {
    problems.push(atStart(path, `This file was not read: ${bytes.reason}`));
    return [];
  }
  const { file, problems: faults } = decodeFile(path, bytes, 'syntax/config');
  for (const { message, help, range } of faults)
    problems.push({ message, ...(help !== undefined && { help }), at: range });
  const read = readConfigFile(file, folder, known, problems);
  const before = read.extends.flatMap(({ written, at }) => {
    const found = findExtended(tree, written, path);
    const upTo = [...chain, path];
    if ('fault' in found) problems.push({ message: `extends: ${found.fault}`, help: found.help, at });
    else if (upTo.includes(found.path))
      problems.push({ message: `extends: ${[...upTo, found.path].join(' extends ')}: this is a circle`, at });
    else if (upTo.length >= MAX_DEPTH) problems.push({ message: `extends: more than ${MAX_DEPTH} files deep`, at });
    else return withExtended(reading, found.path, folder, found.bytes, upTo);
    return [];
  });
  return [...before, { folder, file: chain.length === 0 ? read : { ...read, root: false } }];
}

/** What is said of all of the repository cannot be said for a part of it. A folder that is a root by itself may. */
function misplaced({ root, repositoryKeys }: ConfigFile): readonly ConfigProblem[] {
  if (root) return [];
  return repositoryKeys.map(({ key, at }) => ({
    message: `${key} holds for all of the repository, and this file for its folder alone`,
    help: `Move it to ${CONFIG_NAME} at the root`,
    at,
  }));
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

function atStart(path: string, message: string): ConfigProblem {
  const file = new SourceFile(path, '');
  return { message, at: file.range() };
}
