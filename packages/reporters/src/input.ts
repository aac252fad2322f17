import type { Finding, Severity } from '@plimsoll/core';

/** What a reporter is given: the outcome of one check. */
export interface ReportInput {
  /** In order of path, place and rule. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** Files that were left out, by reason. */
  readonly skipped: readonly SkippedFiles[];
  /** What could not be checked, so that the absence of findings proves nothing there. */
  readonly uncheckable: readonly Uncheckable[];
  /** How many files were checked. */
  readonly files: number;
  /** 0: not told. */
  readonly durationMs: number;
  readonly preset: string;
  /** The rules that ran, those of the engine among them. */
  readonly rules: readonly RuleInfo[];
  /** A semantic version. */
  readonly toolVersion: string;
  /** Anything else that a reader should know, a sentence each. */
  readonly notes: readonly string[];
}

export interface SuppressedFinding {
  readonly finding: Finding;
  readonly by: 'comment' | 'configuration' | 'baseline';
  /** Why, in the words of whoever suppressed it. */
  readonly reason?: string;
}

export interface SkippedFiles {
  /** An adjective of the files, such as `vendored` or `generated`. */
  readonly reason: string;
  readonly files: number;
}

export interface Uncheckable {
  /** The file, where it was one. */
  readonly path?: string;
  /** The rule, where one failed. */
  readonly ruleId?: string;
  readonly reason: string;
}

/** A rule as reports show it; every rule of the core or the engine is one. */
export interface RuleInfo {
  readonly id: string;
  /** The defect in one sentence. */
  readonly summary: string;
  /** Why it matters. */
  readonly why: string;
  /** What it does not see. */
  readonly limits?: string;
  readonly severity: Severity;
  readonly references: readonly string[];
  /** The presets that hold it. */
  readonly presets?: readonly string[];
  /** Its page; by default the one in the project's documentation. */
  readonly helpUri?: string;
  /** From 0.1 to 10, in place of the default of its package; `false`: its findings are no security matter. */
  readonly securitySeverity?: number | false;
}

export interface ReportOptions {
  /** Colours in `text`. Default: none. */
  readonly color?: boolean;
  /** Columns of `text`. Default: 100. */
  readonly width?: number;
  /**
   * What stands before each path: for `sarif` and `github` the way from the repository's root to the checked root
   * (`''` where they are one, `services/`), for `text` the way from the reader's folder (`../`).
   */
  readonly pathPrefix?: string;
  /** Category of a `sarif` upload, where a repository has several. */
  readonly category?: string;
  /** Puts suppressed findings into `sarif` too, which GitHub shows as open alerts. Default: no. */
  readonly includeSuppressed?: boolean;
}
