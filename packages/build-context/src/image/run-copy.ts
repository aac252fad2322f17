import type { CopyInstruction, Heredoc, Word } from '@plimsoll/documents';
import type { CopyFlags, ReadSource } from './copy-instruction.ts';
import { absoluteDestination, downloadName, readCopyFlags, readSource, remoteKind } from './copy-instruction.ts';
import { copyPath } from './copy.ts';
import type { FileSystem } from './file-system.ts';
import { emptyFileSystem, makeFolder, resolvePath, writableRoot } from './file-system.ts';
import { openCopy, runLocal } from './local-copy.ts';
import { overlay } from './overlay.ts';
import type { StageState } from './state.ts';
import { refusalOf, tellOpaque } from './state.ts';
import type { CopyWords, Expanded } from './words.ts';

/** What a COPY or ADD reads from. */
export interface CopyOrigin {
  readonly fileSystem: FileSystem;
  /** `context`, `stage:NAME` or `context:NAME`. */
  readonly label: string;
  /** Set where it holds files that are not known: whose they are. */
  readonly partial?: string;
  /** The build's own context. */
  readonly own?: boolean;
  /** A stage's version; see there. */
  readonly version?: object;
  /** The first bytes of a file of the tree; undefined where they cannot be read. */
  head(treePath: string): Uint8Array | undefined;
}

/** One COPY or ADD that is being followed. */
export interface CopyRun {
  readonly state: StageState;
  readonly instruction: CopyInstruction;
  readonly origin: CopyOrigin;
  readonly flags: CopyFlags;
  /** What is copied into: the stage, or for --link a layer of its own. */
  readonly target: FileSystem;
  /** Undefined where it is not known. */
  readonly destination?: string;
}

/** Follows one COPY or ADD: changes the stage as BuildKit would, and notes what it would refuse or cannot be known. */
export function runCopy(state: StageState, instruction: CopyInstruction, words: CopyWords, origin: CopyOrigin): void {
  let flags: CopyFlags | undefined;
  const refused = refusalOf(() => (flags = readCopyFlags(instruction)));
  if (!flags) {
    state.problems.push({ range: instruction.range, message: refused ?? '' });
    return;
  }
  const destination = readDestination(state, instruction, words.destination);
  const target = flags.link ? emptyFileSystem() : state.fileSystem;
  const run: CopyRun = { state, instruction, origin, flags, target, ...(destination !== undefined && { destination }) };
  for (const { word, ...text } of words.sources) runSource(run, word, text);
  for (const heredoc of instruction.heredocs) runHeredoc(run, heredoc);
  if (flags.link) overlay(state.fileSystem, target);
  state.version = {};
}

function readDestination(
  state: StageState,
  { destination: { range } }: CopyInstruction,
  { value, reason = '', refused }: Expanded,
): string | undefined {
  if (value === undefined) {
    if (refused) state.problems.push({ range, message: reason });
    else tellOpaque(state, range, `The destination is not known: ${reason}`);
    return undefined;
  }
  if (!value.startsWith('/') && state.workdirAssumed) {
    state.opaque.push({ range, message: "The base image's working directory is not known; / is assumed" });
  }
  return absoluteDestination(state.workdir, value);
}

function runSource(run: CopyRun, word: Word, { value, reason = '', refused }: Expanded): void {
  const { state, instruction, origin } = run;
  if (value === undefined) {
    if (origin.own) state.copies.push(openCopy(run, word));
    if (refused) state.problems.push({ range: word.range, message: reason });
    else tellOpaque(state, word.range, `The source is not known: ${reason}`);
    return;
  }
  const remote = remoteKind(value);
  if (remote) {
    if (instruction.name === 'ADD') runRemote(run, word, value, remote);
    else
      state.problems.push({
        range: word.range,
        message: `source can't be a ${remote === 'git' ? 'git ref' : 'URL'} for COPY`,
      });
    return;
  }
  let read: ReadSource | undefined;
  const fault = refusalOf(() => (read = readSource(word, value, run.flags)));
  if (read) runLocal(run, read);
  else state.problems.push({ range: word.range, message: fault ?? '' });
}

/** A repository's files, or those of an archive that is unpacked, are not known; a downloaded file is one file. */
function runRemote(run: CopyRun, word: Word, url: string, kind: 'http' | 'git'): void {
  const { state, destination, flags } = run;
  const isFile = kind === 'http' && flags.unpack !== true;
  tellOpaque(state, word.range, isFile ? 'A file of the web' : `The files of ${url} are not known`);
  if (destination === undefined) return;
  if (isFile) putFile(run, word, downloadName(url));
  else keep(run, word, () => void makeFolder(run.target, resolvePath(run.target, destination).path));
}

function runHeredoc(run: CopyRun, { name, range }: Heredoc): void {
  putFile(run, { raw: name, range }, name);
}

/** Puts a file that no context has. */
function putFile(run: CopyRun, word: Word, name: string): void {
  const { destination } = run;
  if (destination === undefined) return;
  const from = emptyFileSystem();
  writableRoot(from).children.set(name, { type: 'file' });
  const to = { fileSystem: run.target, partial: run.state.partial };
  keep(run, word, () => copyPath(from, `/${name}`, {}, to, destination, (leaf) => leaf));
}

/** Changes the stage; in one whose files are not all known, what stands in the way may not be there. */
export function keep({ state }: CopyRun, { range }: Word, act: () => void): void {
  const refused = refusalOf(act);
  if (refused === undefined) return;
  if (state.partial) tellOpaque(state, range, `Where this goes depends on files that are not known (${refused})`);
  else state.problems.push({ range, message: refused });
}
