import { cleanPath } from '@plimsoll/documents';
import type { Inherited, PatternList } from '../ignore/pattern-list.ts';
import { baseName, parentPath } from '../paths/clean.ts';
import { compileGlob, hasWildcard } from '../paths/glob.ts';
import type { FileSystem, Folder, Leaf, Node } from './file-system.ts';
import { Refusal, longestPath, makeFolder, resolvePath, writableChild } from './file-system.ts';

/** What is taken of a folder. */
export interface Filters {
  /** `--parents`: what to take; the source is the pivot then. */
  readonly include?: PatternList;
  /** `--exclude`, relative to each folder that is copied. */
  readonly exclude?: PatternList;
}

/** One source of a COPY or ADD, as BuildKit's copy takes it. */
export interface CopySource extends Filters {
  /** Absolute and clean. */
  readonly path: string;
}

/** Makes what is copied. */
export interface Place {
  /** The leaf that stands in the destination for one of the source. */
  leaf(this: void, leaf: Leaf): Leaf;
  /** Called for each thing in a folder; throws where there are too many. */
  step(this: void): void;
}

/** The file system that is copied to. */
export interface CopyTarget {
  readonly fileSystem: FileSystem;
  /** It holds folders that are not known. */
  readonly partial: boolean;
}

/** The paths that a source stands for; itself where it has no wildcard. */
export function expandWildcards(from: FileSystem, source: string): readonly string[] {
  const { base, pattern } = splitWildcards(source);
  if (pattern === '') return [source];
  const found = resolvePath(from, base);
  if (!found.node) throw new Refusal(`lstat ${base}: no such file or directory`);
  const glob = compileGlob(pattern);
  if (found.node.type !== 'folder' || !glob) return [];
  return matchesIn(found.node, found.path, pattern, glob);
}

/** The path before the first name with a wildcard, and the rest. */
export function splitWildcards(source: string): { readonly base: string; readonly pattern: string } {
  const names = cleanPath(source).split('/');
  const first = names.findIndex(hasWildcard);
  if (first < 0) return { base: cleanPath(source), pattern: '' };
  return { base: names.slice(0, first).join('/') || '/', pattern: names.slice(first).join('/') };
}

/** Walks as `filepath.Walk` does; what matches is not entered. */
function matchesIn(folder: Folder, path: string, pattern: string, glob: (name: string) => boolean): readonly string[] {
  const depth = hasClassWithSlash(pattern) ? Infinity : pattern.split('/').length;
  const found: string[] = [];
  const visit = (at: Folder, below: string, level: number): void => {
    for (const [name, child] of at.children) {
      const relative = below === '' ? name : `${below}/${name}`;
      if (glob(relative)) found.push(`${path === '' ? '' : `/${path}`}/${relative}`);
      else if (child.type === 'folder' && level < depth) visit(child, relative, level + 1);
    }
  };
  visit(folder, '', 1);
  return found.sort();
}

/** A class is the one thing of a pattern that can match a slash. */
function hasClassWithSlash(pattern: string): boolean {
  return pattern.includes('[');
}

/**
 * Copies what a path stands for (wildcards in it are letters) as fsutil's `Copy` does for the Dockerfile frontend: a
 * folder's contents, a file into a folder that is there; links on the way to source and destination followed inside of
 * their roots, links inside of a folder copied as links. `destination` is absolute; a `/` or `/.` at its end makes it a
 * folder.
 * @throws {Refusal} where BuildKit refuses.
 */
export function copyPath(
  from: FileSystem,
  path: string,
  filters: Filters,
  { fileSystem: to, partial }: CopyTarget,
  destination: string,
  place: Place,
): void {
  const found = resolvePath(from, path);
  const ensured = ensureDestination(to, destination);
  if (!found.node) throw new Refusal(`"${path}": not found`);
  const there = resolvePath(to, ensured);
  if (there.blocked) throw new Refusal(`not a directory: /${there.path}`);
  if (found.node.type === 'folder') {
    copyFolder(found.node, to, there, filters, place);
    return;
  }
  const name = baseName(path);
  const target = there.node?.type === 'folder' ? join(there.path, name) : there.path;
  const parent = makeFolder(to, parentPath(target));
  const leaf = place.leaf(found.node);
  const assumed = partial && !there.node && there.path === target;
  putLeaf(parent, baseName(target), assumed ? { ...leaf, nameInFolder: name } : leaf, target);
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Makes the folder that a copy goes to or into; gives the destination without what marks it as a folder. */
function ensureDestination(to: FileSystem, destination: string): string {
  const isFolder = /\/\.?$/.test(destination);
  const clean = cleanPath(destination);
  if (clean.length > longestPath) throw new Refusal('file name too long');
  const ensured = resolvePath(to, isFolder ? clean : parentPath(clean));
  if (ensured.blocked) throw new Refusal(`not a directory: /${ensured.path}`);
  makeFolder(to, ensured.path);
  return clean;
}

function putLeaf(parent: Folder, name: string, leaf: Leaf, path: string): void {
  if (parent.children.get(name)?.type === 'folder') throw new Refusal(`cannot replace to directory /${path} with file`);
  parent.children.set(name, leaf);
}

function copyFolder(
  folder: Folder,
  to: FileSystem,
  there: { readonly path: string; readonly node?: Node },
  filters: Filters,
  place: Place,
): void {
  const target = makeFolder(to, there.path);
  if (filters.include || filters.exclude) {
    mergeFiltered(folder, { path: there.path, node: target, make: () => target }, '', [], [], filters, place);
  } else merge(folder, target, there.path, place);
}

function merge(folder: Folder, target: Folder, path: string, place: Place): void {
  for (const [name, child] of folder.children) {
    place.step();
    const at = join(path, name);
    if (child.type === 'folder') merge(child, writableChild(target, name, at), at, place);
    else putLeaf(target, name, place.leaf(child), at);
  }
}

/** A folder of the destination that is made when the first thing is put into it. */
interface Target {
  readonly path: string;
  readonly node: Node | undefined;
  make(): Folder;
}

function mergeFiltered(
  folder: Folder,
  target: Target,
  below: string,
  included: Inherited,
  excluded: Inherited,
  filters: Filters,
  place: Place,
): void {
  for (const [name, child] of folder.children) {
    place.step();
    const relative = join(below, name);
    const into = filters.include?.match(relative, included);
    const out = filters.exclude?.match(relative, excluded);
    if (into?.malformed !== undefined || out?.malformed !== undefined) throw new Refusal('syntax error in pattern');
    const taken = into?.matched !== false && out?.matched !== true;
    const path = join(target.path, name);
    if (child.type !== 'folder') {
      if (taken) putLeaf(target.make(), name, place.leaf(child), path);
      continue;
    }
    if (out?.matched && !filters.include && filters.exclude?.isFinal(relative, out.inherited)) continue;
    const next = childTarget(target, name, path);
    if (taken) next.make();
    mergeFiltered(child, next, relative, into?.inherited ?? [], out?.inherited ?? [], filters, place);
  }
}

function childTarget(parent: Target, name: string, path: string): Target {
  const { node } = parent;
  if (node?.type === 'file' || node?.type === 'opaque') throw new Refusal(`not a directory: /${parent.path}`);
  let made: Folder | undefined;
  return {
    path,
    node: node?.type === 'folder' ? node.children.get(name) : undefined,
    make: () => (made ??= writableChild(parent.make(), name, path)),
  };
}
