import type { Range, SourceFile } from './source-file.ts';

/** A run of derived text that stands in the file: `length` characters, from `at` in the derived text, from `source` in the file. */
export interface Segment {
  readonly at: number;
  readonly source: number;
  readonly length: number;
  /** The length in the file, where it differs: an escape such as `\n` is one character made of two. */
  readonly sourceLength?: number;
}

/**
 * Text derived from a file (a YAML block without its indentation, a RUN without its line continuations), which still
 * knows where each of its characters stands in the file.
 */
export class MappedText {
  readonly file: SourceFile;
  readonly text: string;
  readonly #segments: readonly Segment[];

  /** `segments` are in order of `at` and cover all of `text` that comes from the file. */
  constructor(file: SourceFile, text: string, segments: readonly Segment[]) {
    this.file = file;
    this.text = text;
    this.#segments = segments;
  }

  /** A part of the file as it is. */
  static of(range: Range): MappedText {
    const { file, start, end } = range;
    return new MappedText(file, file.text.slice(start, end), [{ at: 0, source: start, length: end - start }]);
  }

  /** Parts one behind the other, with `between` (which stands nowhere in the file) between them. */
  static join(file: SourceFile, parts: readonly MappedText[], between = ''): MappedText {
    let text = '';
    const segments: Segment[] = [];
    parts.forEach((part, i) => {
      if (i > 0) text += between;
      for (const s of part.#segments) segments.push({ ...s, at: s.at + text.length });
      text += part.text;
    });
    return new MappedText(file, text, segments);
  }

  /** The range of the file that derived characters `start` to `end` come from. */
  range(start = 0, end = this.text.length): Range {
    const first = this.#sourceAt(start, 'start');
    const last = end > start ? this.#sourceAt(end - 1, 'end') : first;
    return { file: this.file, start: first, end: Math.max(first, last) };
  }

  slice(start: number, end = this.text.length): MappedText {
    const segments: Segment[] = [];
    for (const s of this.#segments) {
      const from = Math.max(s.at, start);
      const to = Math.min(s.at + s.length, end);
      if (from >= to) continue;
      if (s.sourceLength !== undefined) segments.push({ ...s, at: s.at - start });
      else segments.push({ at: from - start, source: s.source + from - s.at, length: to - from });
    }
    return new MappedText(this.file, this.text.slice(start, end), segments);
  }

  /** Same places, other text of the same length: for masking what a parser cannot read. */
  withText(text: string): MappedText {
    if (text.length !== this.text.length) throw new RangeError('masked text must keep its length');
    return new MappedText(this.file, text, this.#segments);
  }

  #sourceAt(at: number, side: 'start' | 'end'): number {
    const segments = this.#segments;
    let low = 0;
    let high = segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((segments[middle]?.at ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    const s = segments[low];
    if (!s) return 0;
    const behind = s.source + (s.sourceLength ?? s.length);
    if (at >= s.at + s.length) return behind;
    if (s.sourceLength !== undefined) return side === 'start' ? s.source : behind;
    return s.source + Math.max(0, at - s.at) + (side === 'end' ? 1 : 0);
  }
}
