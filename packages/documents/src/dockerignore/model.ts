import type { Range, SourceFile } from '../text/source-file.ts';

/** A .dockerignore file as moby/patternmatcher reads it. */
export interface IgnoreFile {
  readonly kind: 'ignoreFile';
  readonly file: SourceFile;
  readonly patterns: readonly IgnorePattern[];
}

export interface IgnorePattern {
  /** As written, trimmed, with its `!`. */
  readonly text: string;
  /** Cleaned as Go's `filepath.Clean` does, without `!` and leading slash: what is matched against a path. */
  readonly pattern: string;
  /** `!`: lets in again what an earlier pattern left out. */
  readonly negated: boolean;
  readonly range: Range;
}
