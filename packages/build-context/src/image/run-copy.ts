import type { CopyInstruction, Heredoc, Word } from '@plimsoll/documents';
import type { CopyFlags, ReadSource } from './copy-instruction.ts';
import { absoluteDestination, downloadName, readCopyFlags, readSource, remoteKind } from './copy-instruction.ts';
import { copyPath } from './copy.ts';
import type { Budget, CopyOrigin, CopyRun } from './copy-run.ts';
import { keep, openCopy, spend } from './copy-run.ts';
import type { FileSystem } from './file-system.ts';
import { emptyFileSystem, makeFolder, resolvePath, writableRoot } from './file-system.ts';
import { runLocal } from './local-copy.ts';
import { overlay } from './overlay.ts';
import type { StageState } from './state.ts';
import { refusalOf, tellOpaque } from './state.ts';
import type { CopyWords, Expanded } from './words.ts';

/** Follows one COPY or ADD: changes the stage as BuildKit would, and notes what it would refuse or cannot be known. */
export function runCopy(
  state: StageState,
  instruction: CopyInstruction,
  words: CopyWords,
  origin: CopyOrigin,
  budget: Budget,
): void {
  let flags: CopyFlags | undefined;
  const refused = refusalOf(() => (flags = readCopyFlags(instruction)));
  if (!flags) {
    state.problems.push({ range: instruction.range, message: refused ?? '' });
    return;
  }
  const owner = ownerProblem(state, instruction, flags);
  if (owner !== undefined) state.problems.push({ range: instruction.range, message: owner });
  const destination = readDestination(state, instruction, words.destination);
  const target = flags.link ? emptyFileSystem() : state.fileSystem;
  const known = destination === undefined ? {} : { destination };
  const run: CopyRun = { state, instruction, origin, flags, target, budget, ...known };
  for (const { word, ...text } of words.sources) runSource(run, word, text);
  for (const heredoc of instruction.heredocs) runHeredoc(run, heredoc);
  if (flags.link) overlay(state.fileSystem, target);
  state.version = {};
}

/** A user or group by name is looked up in the stage's /etc, which must be there; a --link layer has none. */
function ownerProblem(
  { fileSystem, partial }: StageState,
  { flags }: CopyInstruction,
  { link }: CopyFlags,
): string | undefined {
  const value = flags.findLast(({ name }) => name === 'chown')?.value ?? '';
  if (value.includes('$')) return undefined;
  const [user = '', group = ''] = value.split(':');
  const isName = (text: string): boolean => text !== '' && !/^\d+$/.test(text);
  if (link && (isName(user) || isName(group))) return `--chown=${value}: names cannot be resolved with --link`;
  const missing = (isName(user) && !has(fileSystem, 'etc/passwd')) || (isName(group) && !has(fileSystem, 'etc/group'));
  return missing && !partial ? `--chown=${value}: the stage has no such user` : undefined;
}

function has(fileSystem: FileSystem, path: string): boolean {
  return resolvePath(fileSystem, path).node !== undefined;
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
  keep(run, word, () =>
    copyPath(from, `/${name}`, {}, to, destination, { leaf: (leaf) => leaf, step: () => spend(run.budget) }),
  );
}
