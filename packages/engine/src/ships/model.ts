import type { Remark, Tree } from '@plimsoll/build-context';
import type { Range } from '@plimsoll/documents';
import type { Build, ShipsSubject } from '@plimsoll/release-graph';

export interface ShipsOptions {
  /** Relative paths start here; absolute. Not used with `tree`. */
  readonly cwd: string;
  /** The Dockerfile, or the folder that it stands in; without it every build that the repository declares. */
  readonly dockerfile?: string;
  /** The context's folder, in place of what the build of the repository says. */
  readonly context?: string;
  readonly target?: string;
  /** By name; undefined for a variable that is not set. They come on top of those of the build of the repository. */
  readonly buildArgs?: ReadonlyMap<string, string | undefined>;
  /** Answers for the disk, not for what Git has or would take. */
  readonly worktree?: boolean;
  /** In place of the disk; paths are then relative to its root. */
  readonly tree?: Tree;
}

export interface ShipsResult {
  /** Absolute; '' for a tree in memory. */
  readonly root: string;
  /** Those that are known well enough, in the order of the files that declare them; one where a Dockerfile was named. */
  readonly builds: readonly ShippedBuild[];
  /** What is wrong with the command, a sentence each; `builds` is then empty. */
  readonly problems: readonly string[];
  /** What else a reader should know, a sentence each: the builds that are not known, a context that is assumed. */
  readonly notes: readonly string[];
}

/** A build with what it carries. */
export interface ShippedBuild {
  readonly subject: ShipsSubject;
  /** As it was declared or asked for. */
  readonly target?: string;
  /** Where the repository declares it; several where they are told to build the same. Empty for one that someone asked for. */
  readonly declaredBy: readonly Range[];
  readonly builds: readonly Build[];
  /** What makes BuildKit refuse the Dockerfile as a whole, whichever stage is built. */
  readonly refused: readonly Remark[];
}
