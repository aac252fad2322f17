import type { CopyInstruction, Word } from '@plimsoll/documents';
import type { CopyFlags, ReadSource } from './copy-instruction.ts';
import { Refusal } from './file-system.ts';
import type { FileSystem } from './file-system.ts';
import { refusalOf, tellOpaque } from './state.ts';
import type { OpenCopy, StageState } from './state.ts';

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
  readonly budget: Budget;
}

/** How many files and folders are still followed: stages that copy each other twice would grow without end. */
export interface Budget {
  left: number;
}

export function spend(budget: Budget): void {
  if (--budget.left < 0) throw new Refusal('more files than Plimsoll follows');
}

/** Changes the stage; in one whose files are not all known, what stands in the way may not be there. */
export function keep({ state, budget }: CopyRun, { range }: Word, act: () => void): void {
  const refused = refusalOf(act);
  if (refused === undefined) return;
  if (budget.left < 0) tellOpaque(state, range, refused);
  else if (state.partial) tellOpaque(state, range, `Where this goes depends on files that are not known (${refused})`);
  else state.problems.push({ range, message: refused });
}

/** A copy with nothing in it yet. */
export function openCopy({ state, instruction }: CopyRun, source: Word, read?: ReadSource): OpenCopy {
  const files: OpenCopy['files'] = [];
  return {
    instruction,
    stage: state.stage,
    source,
    ...(read && { path: read.path }),
    wildcard: read?.wildcard ?? false,
    folder: false,
    files,
    get bytes() {
      return files.reduce((sum, file) => sum + file.bytes, 0);
    },
    reachesImage: false,
  };
}
