import type { ContextCopy } from '../model.ts';
import { parentPath } from '../paths/clean.ts';
import { isArchive } from './archive.ts';
import { checkSource } from './check.ts';
import { copyPath, expandWildcards } from './copy.ts';
import type { Place } from './copy.ts';
import type { ReadSource } from './copy-instruction.ts';
import type { Arrival, Leaf } from './file-system.ts';
import { emptyFileSystem, makeFolder, nodeAt, resolvePath } from './file-system.ts';
import type { CopyRun } from './copy-run.ts';
import { keep, openCopy, spend } from './copy-run.ts';
import type { OpenCopy } from './state.ts';
import { refusalOf, scratchVersion, tellOpaque } from './state.ts';

/** Follows one source that is a path of the context, of another stage or of an image. */
export function runLocal(run: CopyRun, read: ReadSource): void {
  const { state, origin } = run;
  const copy = openCopy(run, read.word, read);
  if (origin.own) state.copies.push(copy);
  let paths: readonly string[] = [];
  const refused = refusalOf(() => {
    if (isChecked(run)) checkSource(origin.fileSystem, read.source, read.required);
    paths = expandWildcards(origin.fileSystem, read.source.path);
  });
  if (refused !== undefined) {
    tellMissing(run, read, refused);
    return;
  }
  const place = placing(run, copy);
  keep(run, read.word, () => {
    for (const path of paths) copyMatch(run, read, path, copy, place);
  });
  if (run.flags.parents) copy.folder = bringsFolder(run, read, copy);
  copy.files.sort((a, b) => (a.source < b.source ? -1 : 1));
  tellUnknown(run, read);
}

/**
 * BuildKit computes no cache key of what is copied from nothing, nor of what a stage copies from the very state that it
 * changes; so it checks nothing then.
 */
function isChecked({ state, origin, flags }: CopyRun): boolean {
  return origin.version !== scratchVersion && (flags.link || origin.version !== state.version);
}

/** What is missing may be among the files that nobody knows. */
function tellMissing({ state, origin, instruction }: CopyRun, read: ReadSource, refused: string): void {
  const { word, source } = read;
  const unknown =
    origin.partial ?? (isBelowOpaque(origin.fileSystem, source.path) ? 'a repository of its own' : undefined);
  if (unknown === undefined) state.problems.push({ range: word.range, message: refused });
  else
    tellOpaque(
      state,
      word.range,
      `${instruction.from ? source.path : read.path} is of ${unknown}; its files are not all known`,
    );
}

function isBelowOpaque(fileSystem: CopyRun['origin']['fileSystem'], path: string): boolean {
  const { blocked, path: at } = resolvePath(fileSystem, path);
  return blocked === true && nodeAt(fileSystem, parentPath(at)).node?.type === 'opaque';
}

function placing({ instruction, origin, budget }: CopyRun, copy: OpenCopy): Place {
  const arrivals = new Map<ContextCopy, Arrival>();
  const arrivalOf = (of: ContextCopy): Arrival => {
    const arrival = arrivals.get(of) ?? { instruction, from: origin.label, copy: of };
    arrivals.set(of, arrival);
    return arrival;
  };
  const leaf = ({ type, target, file, arrival }: Leaf): Leaf => {
    if (!arrival && file) copy.files.push(file);
    if (!file) return target === undefined ? { type } : { type, target };
    const placed = { type, file, arrival: arrivalOf(arrival?.copy ?? copy) };
    return target === undefined ? placed : { ...placed, target };
  };
  return { leaf, step: () => spend(budget) };
}

function copyMatch(run: CopyRun, { word, source }: ReadSource, path: string, copy: OpenCopy, place: Place): void {
  const { state, origin, target, destination, flags, instruction } = run;
  const { node } = resolvePath(origin.fileSystem, path);
  if (node?.type === 'folder') copy.folder = true;
  if (destination === undefined) {
    copyPath(origin.fileSystem, path, source, { fileSystem: emptyFileSystem(), partial: false }, '/', place);
    return;
  }
  const unpacks = flags.unpack ?? instruction.name === 'ADD';
  const head = unpacks && node?.type === 'file' && node.file ? origin.head(node.file.treePath) : undefined;
  if (head && node?.type === 'file' && node.file && isArchive(head)) {
    copy.files.push(node.file);
    makeFolder(target, resolvePath(target, destination).path);
    tellOpaque(state, word.range, `The contents of the archive ${node.file.source} are not known`);
    return;
  }
  copyPath(origin.fileSystem, path, source, { fileSystem: target, partial: state.partial }, destination, place);
}

/** With --parents: whether a file came by its folder, and not by its own name. */
function bringsFolder(run: CopyRun, { source, required }: ReadSource, { files }: OpenCopy): boolean {
  if (required !== undefined) return resolvePath(run.origin.fileSystem, required).node?.type === 'folder';
  const depth = source.path === '/' ? 0 : source.path.length;
  return files.some((file) => source.include?.match(file.source.slice(depth), []).matched === false);
}

/** A folder or wildcard of an origin that is not fully known brings more than what is known of it. */
function tellUnknown({ state, origin, instruction }: CopyRun, { word, source, wildcard }: ReadSource): void {
  if (origin.partial === undefined) return;
  const whole = !wildcard && resolvePath(origin.fileSystem, source.path).node?.type === 'file';
  if (!whole || instruction.name === 'ADD')
    tellOpaque(state, word.range, `${source.path} may hold files of ${origin.partial} too`);
}
