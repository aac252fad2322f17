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
    const texts: string[] = [];
    const segments: Segment[] = [];
    let length = 0;
    parts.forEach((part, i) => {
      if (i > 0) {
        texts.push(between);
        length += between.length;
      }
      for (const s of part.#segments) segments.push(length === 0 ? s : { ...s, at: s.at + length });
      texts.push(part.text);
      length += part.text.length;
    });
    return new MappedText(file, texts.join(''), segments);
  }

  /**
   * The range of the file that derived characters `start` to `end` come from. Characters which stand nowhere in the
   * file count as standing behind what is before them. Offsets outside of the text count as its nearest end.
   */
  range(start = 0, end = this.text.length): Range {
    const first = this.#sourceAt(start, 'start');
    const last = end > start ? this.#sourceAt(end - 1, 'end') : first;
    return { file: this.file, start: first, end: Math.max(first, last) };
  }

  /** Characters `start` to `end` with their places; an empty slice still knows where it stands. */
  slice(start: number, end = this.text.length): MappedText {
    const from = Math.max(0, Math.min(start, this.text.length));
    const to = Math.max(from, Math.min(end, this.text.length));
    const segments: Segment[] = [];
    for (let i = this.#segmentAt(from); i < this.#segments.length; i++) {
      const s = this.#segments[i];
      if (!s || s.at >= to) break;
      const cut = cutSegment(s, from, to);
      if (cut) segments.push(cut);
    }
    if (segments.length === 0) segments.push({ at: 0, source: this.#sourceAt(from, 'start'), length: 0 });
    return new MappedText(this.file, this.text.slice(from, to), segments);
  }

  /** Same places, other text of the same length: for masking what a parser cannot read. */
  withText(text: string): MappedText {
    if (text.length !== this.text.length) throw new RangeError('masked text must keep its length');
    return new MappedText(this.file, text, this.#segments);
  }

  #sourceAt(at: number, side: 'start' | 'end'): number {
    const s = this.#segments[this.#segmentAt(at)];
    if (!s) return 0;
    if (at < s.at) return s.source;
    const behind = s.source + (s.sourceLength ?? s.length);
    if (at >= s.at + s.length) return behind;
    if (s.sourceLength !== undefined) return side === 'start' ? s.source : behind;
    return s.source + at - s.at + (side === 'end' ? 1 : 0);
  }

  /** The index of the last segment that starts at or before `at`; 0 where none does. */
  #segmentAt(at: number): number {
    let low = 0;
    let high = this.#segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#segments[middle]?.at ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function cutSegment(s: Segment, from: number, to: number): Segment | undefined {
  const start = Math.max(s.at, from);
  const length = Math.min(s.at + s.length, to) - start;
  if (length <= 0) return undefined;
  if (s.sourceLength !== undefined) return { ...s, at: start - from, length };
  return { at: start - from, source: s.source + start - s.at, length };
}
