import type { Tree } from '@plimsoll/build-context';
import type { Finding, Preset, Rule, Severity } from '@plimsoll/core';
import type { Range } from '@plimsoll/documents';

export interface CheckOptions {
  /** Relative paths start here; absolute. Not used with `tree`. */
  readonly cwd: string;
  /** Files and folders whose findings are wanted; all of the root where empty. */
  readonly paths?: readonly string[];
  readonly rules: readonly Rule[];
  /** Wins over that of the configuration; `recommended` where neither gives one. */
  readonly preset?: Preset;
  /** In place of `plimsoll.yaml` at the root; relative to `cwd`. */
  readonly configFile?: string;
  /** The lowest severity that makes the exit code 1; `error` by default. */
  readonly failOn?: Severity;
  /** The day on which `until=` of a suppression is judged; today by default. */
  readonly now?: Date;
  /** What is staged is checked, not what is on the disk. Not used with `tree`. */
  readonly staged?: boolean;
  /** Only findings that were not there where this change left that revision: of what is changed, and of what the change causes elsewhere. */
  readonly since?: string;
  /** Takes out the findings that `plimsoll.baseline.json` records; on by default. */
  readonly baseline?: boolean;
  /** Comments, `ignore`, rules that are switched off, and the baseline suppress findings; on by default. */
  readonly suppressions?: boolean;
  /** Reports suppressions that suppress nothing; on by default. */
  readonly reportUnusedSuppressions?: boolean;
  /** Checked in place of the disk; paths and `configFile` are then relative to its root. */
  readonly tree?: Tree;
  /** Contents that hold no credential; those that are found to hold none are added. */
  readonly cleanBlobs?: CleanBlobs;
  /** Told what is being done, in words, each time that something else is. */
  readonly onProgress?: (step: string) => void;
}

/** Ids that Git gives contents. */
export interface CleanBlobs {
  readonly size: number;
  has(id: string): boolean;
  add(id: string): unknown;
}

export interface CheckResult {
  /** What was checked. */
  readonly tree: Tree;
  /** Absolute; '' for a tree in memory. */
  readonly root: string;
  readonly preset: Preset;
  /** Sorted by path, place and rule. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** How many files were checked. All zero: there was nothing to check. */
  readonly checked: Readonly<Record<FileKind, number>>;
  /** How many candidate files were left out, by reason. */
  readonly skipped: Readonly<Record<SkipReason, number>>;
  readonly uncheckable: readonly Uncheckable[];
  /** What is wrong with the command or the configuration. Those with a place are findings of `syntax/config` too. */
  readonly configProblems: readonly ConfigProblem[];
  /** What else a reader should know, a sentence each: that Git could not be asked … */
  readonly notes: readonly string[];
  readonly durationMs: number;
  readonly exitCode: ExitCode;
}

/** 0 clean · 1 findings at or above `failOn` · 2 command or configuration wrong · 3 something could not be checked. */
export type ExitCode = 0 | 1 | 2 | 3;

export type FileKind = 'dockerfile' | 'ignoreFile' | 'workflow' | 'action' | 'manifest' | 'contract' | 'shipsList';

/** `vendored` and `template` files are never judged; the others are under the strict preset. `example`: a manifest of the documentation. */
export type SkipReason = 'vendored' | 'generated' | 'testData' | 'template' | 'example';

export interface SuppressedFinding extends Finding {
  readonly suppression: Suppression;
}

export interface Suppression {
  /** A comment in the file, the configuration, or the baseline. */
  readonly by: 'inline' | 'config' | 'baseline';
  readonly reason: string;
}

/** A file that could not be read, or a rule that could not finish. */
export interface Uncheckable {
  readonly path?: string;
  readonly ruleId?: string;
  readonly reason: string;
}

export interface ConfigProblem {
  readonly message: string;
  readonly help?: string;
  /** In the configuration file; undefined where the command line is wrong. */
  readonly at?: Range;
}
