import type { IgnorePattern } from '../dockerignore/model.ts';
import type { Range, SourceFile } from '../text/source-file.ts';

/**
 * `plimsoll.contract.yaml` beside a Dockerfile: which files of the repository its images may, must and must not carry.
 * Its schema is `schema/contract.schema.json`.
 */
export interface Contract {
  readonly kind: 'contract';
  readonly file: SourceFile;
  /** What stands at the top: it holds for every image whose target has no terms of its own. */
  readonly terms: ContractTerms;
  /** By the names under `targets`: a stage's name, or its index. */
  readonly targets: ReadonlyMap<string, ContractTerms>;
}

/** Patterns match paths in the image, in the syntax of an ignore file: a leading `/` says nothing, a folder covers what is in it. */
export interface ContractTerms {
  /** The name under `targets`, or the first key of the file. */
  readonly range: Range;
  /** Undefined: whatever is not forbidden is allowed. */
  readonly allow?: ContractPatterns;
  readonly require: readonly IgnorePattern[];
  readonly forbid?: ContractPatterns;
  readonly maxFiles?: ContractLimit;
  readonly maxBytes?: ContractLimit;
}

/** Patterns in their order: the last one that matches decides, and `!` takes back. */
export interface ContractPatterns {
  /** The key. */
  readonly range: Range;
  readonly patterns: readonly IgnorePattern[];
}

export interface ContractLimit {
  readonly value: number;
  /** The number. */
  readonly range: Range;
}

/** `plimsoll.ships.txt` beside a Dockerfile: the files that its images carry, as `plimsoll ships --update` wrote them. */
export interface ShipsList {
  readonly kind: 'shipsList';
  readonly file: SourceFile;
  readonly sections: readonly ShipsSection[];
}

/** What one target carries when it is built from one context. */
export interface ShipsSection {
  /** The stage's name; the index of one that has none, and `last stage` where that is the last. */
  readonly target: string;
  /** The context's folder in the repository; `.` for its root. */
  readonly context: string;
  /** The heading. */
  readonly range: Range;
  /** Absolute, in the image; in the order of the file. */
  readonly paths: readonly { readonly path: string; readonly range: Range }[];
}
