import type { CopyInstruction, Dockerfile, IgnoreFile, IgnorePattern, Range, Stage, Word } from '@plimsoll/documents';

/** Where a build takes its files from. Only a local folder has files that are known before the build. */
export type ContextSource =
  | { readonly kind: 'local'; readonly folder: string }
  | { readonly kind: 'git' | 'http'; readonly url: string }
  | { readonly kind: 'image'; readonly image: string }
  | { readonly kind: 'target'; readonly target: string }
  | { readonly kind: 'stdin' };

/** What a build is asked for; all that decides which files it takes. */
export interface BuildRequest {
  readonly dockerfile: Dockerfile;
  readonly context: ContextSource;
  /** The folder stands for a Git context: it is fetched whole, whatever the Dockerfile asks for. */
  readonly fetched?: true;
  /** The ignore file that applies (see `ignoreFileFor`); undefined where none does. */
  readonly ignoreFile?: IgnoreFile;
  /** The stage to build, by name or index; the last one where it is not given. */
  readonly target?: string;
  /** Values by name; undefined where a value is given that is not known. */
  readonly buildArgs?: ReadonlyMap<string, string | undefined>;
  readonly namedContexts?: ReadonlyMap<string, ContextSource>;
}

/** What the context sends and each stage holds. */
export interface BuildContents {
  /** Files that pass the ignore file. Empty for a context that is not local. */
  readonly sent: FileCount;
  readonly ignored: FileCount;
  readonly stages: readonly StageContents[];
  /** The stage that becomes the image. */
  readonly final?: StageContents;
  /** The copies from the build's own context, in the order of the text, of the stages that the final one needs. */
  readonly copies: readonly ContextCopy[];
}

export interface FileCount {
  readonly files: number;
  readonly bytes: number;
}

export interface StageContents {
  readonly stage: Stage;
  /** It is the final stage, or the final stage is FROM it. */
  readonly inFinal: boolean;
  /** The final stage is FROM it or copies from it, directly or not: BuildKit builds it. */
  readonly reachable: boolean;
  /** The files of the context that its file system holds at its end, sorted by path; a repository (`.git`, a submodule) is one. */
  readonly files: readonly StageFile[];
  /** What cannot be known: a base image's files, an unknown working directory, an archive's contents. */
  readonly opaque: readonly Remark[];
  /** What BuildKit would refuse. */
  readonly problems: readonly Remark[];
}

export interface Remark {
  readonly range: Range;
  readonly message: string;
}

/** One file of the context in a stage. */
export interface StageFile {
  /** Absolute, in the image. */
  readonly path: string;
  /** In the context. */
  readonly source: string;
  /** In the checked tree. */
  readonly treePath: string;
  readonly bytes: number;
  /** The COPY or ADD (of this stage) that brought it here. */
  readonly instruction: CopyInstruction;
  /** `context`; `stage:<name or index>` or `context:<name>` for a COPY --from. */
  readonly from: string;
  /** The COPY or ADD that took it from the context, in whichever stage, and its source. */
  readonly copy: ContextCopy;
}

/** One source of a COPY or ADD that reads the context. */
export interface ContextCopy {
  readonly instruction: CopyInstruction;
  readonly stage: Stage;
  readonly source: Word;
  /** Expanded and clamped to the context: `.` for all of it; undefined where a variable is not known. */
  readonly path?: string;
  /** Set where `path` has a wildcard. */
  readonly wildcard: boolean;
  /** The source is a folder, or a pattern which matches one. */
  readonly folder: boolean;
  /** The files it brings, by their path in the context, sorted. */
  readonly files: readonly { readonly source: string; readonly treePath: string; readonly bytes: number }[];
  readonly bytes: number;
  /** It is in a stage that is part of the image (`inFinal`), or a part of it is copied there from its stage. */
  readonly reachesImage: boolean;
}

/** Why a path is in the context or not. */
export interface IgnoreDecision {
  readonly ignored: boolean;
  /** The pattern that decided; undefined where none matched. */
  readonly pattern?: IgnorePattern;
}
