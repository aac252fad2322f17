import type { MappedText } from '../text/mapped-text.ts';
import type { Range, SourceFile } from '../text/source-file.ts';

/** A YAML (or JSON) document as a tree of nodes with places. Aliases are resolved; a resolved node keeps the range of the anchor's text. */
export type YamlNode = YamlMap | YamlSequence | YamlScalar;

export interface YamlMap {
  readonly type: 'map';
  readonly range: Range;
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  readonly key: string;
  readonly keyRange: Range;
  /** A missing value is a null scalar. */
  readonly value: YamlNode;
}

export interface YamlSequence {
  readonly type: 'sequence';
  readonly range: Range;
  readonly items: readonly YamlNode[];
}

export interface YamlScalar {
  readonly type: 'scalar';
  /** With its quotes or block header. */
  readonly range: Range;
  readonly value: string | number | boolean | null;
  /** The value's text, each character with its place; for a block scalar without the indentation. */
  readonly text: MappedText;
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
  /** A tag such as `!cancelled()` in front of it, with its range. */
  readonly tag?: { readonly text: string; readonly range: Range };
}

/** One file may hold several documents. */
export interface YamlFile {
  readonly kind: 'yaml';
  readonly file: SourceFile;
  readonly documents: readonly YamlNode[];
  readonly comments: readonly YamlComment[];
}

/** A comment from its `#` to the end of its line. */
export interface YamlComment {
  readonly text: string;
  readonly range: Range;
}
