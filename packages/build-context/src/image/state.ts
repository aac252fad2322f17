import type { Range, Stage } from '@plimsoll/documents';
import type { ContextCopy, Remark } from '../model.ts';
import type { FileSystem } from './file-system.ts';
import { Refusal, emptyFileSystem, fork, makeFolder } from './file-system.ts';

/** A stage while its instructions are followed. */
export interface StageState {
  /** Another object after each instruction that changes files: two stages of the same version hold the same. */
  version: object;
  readonly stage: Stage;
  fileSystem: FileSystem;
  workdir: string;
  /** The base image may have set another working directory. */
  workdirAssumed: boolean;
  /** It holds files that are not known: those of an image, of a RUN, of an archive. */
  partial: boolean;
  readonly opaque: Remark[];
  readonly problems: Remark[];
  readonly copies: OpenCopy[];
}

/** A copy that is still being filled. */
export type OpenCopy = {
  -readonly [K in keyof ContextCopy]: ContextCopy[K] extends readonly (infer T)[] ? T[] : ContextCopy[K];
};

export function scratchState(stage: Stage): StageState {
  return {
    version: scratchVersion,
    stage,
    fileSystem: emptyFileSystem(),
    workdir: '/',
    workdirAssumed: false,
    partial: false,
    opaque: [],
    problems: [],
    copies: [],
  };
}

/** The version of a stage from scratch in which nothing has been done. */
export const scratchVersion = {};

/** A stage that is FROM another starts with what that one ends with; its problems stay with it. */
export function childState(stage: Stage, parent: StageState): StageState {
  return {
    ...parent,
    stage,
    fileSystem: fork(parent.fileSystem),
    opaque: [...parent.opaque],
    problems: [],
    copies: [],
  };
}

/** Folders that images of Linux distributions have (Filesystem Hierarchy Standard 3.0): a file copied to one goes into it. */
const usualFolders = [
  'bin', 'boot', 'dev', 'etc', 'home', 'lib', 'media', 'mnt', 'opt', 'proc', 'root', 'run', 'sbin', 'srv', 'sys', 'tmp',
  'usr/bin', 'usr/include', 'usr/lib', 'usr/local/bin', 'usr/local/etc', 'usr/local/lib', 'usr/local/sbin',
  'usr/local/share', 'usr/sbin', 'usr/share', 'usr/src', 'var/cache', 'var/lib', 'var/log', 'var/tmp',
]; // prettier-ignore

/** A stage from an image whose files nobody has looked at. */
export function imageState(stage: Stage, message: string): StageState {
  const state = scratchState(stage);
  for (const folder of usualFolders) makeFolder(state.fileSystem, folder);
  return {
    ...state,
    version: {},
    workdirAssumed: true,
    partial: true,
    opaque: [{ range: stage.from.image.range, message }],
  };
}

/** Does what BuildKit may refuse. Its words where it does, undefined where all is well. */
export function refusalOf(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/** Tells what cannot be known, and that the stage now holds it. */
export function tellOpaque(state: StageState, range: Range, message: string): void {
  state.opaque.push({ range, message });
  state.partial = true;
}
