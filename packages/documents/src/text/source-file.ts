/** A position as editors and SARIF count it: both from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * One checked file: its text, and where its lines start.
 *
 * `path` is relative to the checked root, with `/`. A byte order mark is not part of `text`, so offsets and columns
 * are those of an editor. Line ends stay as they are (LF, CRLF).
 */
export class SourceFile {
  readonly path: string;
  readonly text: string;
  #starts: readonly number[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  /** Found when a line is first asked for. */
  get #lineStarts(): readonly number[] {
    return (this.#starts ??= lineStarts(this.text));
  }

  get lineCount(): number {
    return this.#lineStarts.length;
  }

  /** Where an offset of `text` stands. An offset outside of the text counts as its nearest end. */
  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (this.#lineStarts[low] ?? 0) + 1 };
  }

  /** The offset of a line's first character; lines count from 1. */
  lineStart(line: number): number {
    return this.#lineStarts[Math.max(0, Math.min(line, this.lineCount) - 1)] ?? 0;
  }

  /** The offset just behind a line's last character, without its line end. */
  lineEnd(line: number): number {
    const next = this.#lineStarts[line];
    if (next === undefined) return this.text.length;
    return this.text[next - 2] === '\r' ? next - 2 : next - 1;
  }

  /** A line without its line end; lines count from 1. */
  lineText(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineEnd(line));
  }

  /** The whole of the file, as a range. */
  range(start = 0, end = this.text.length): Range {
    return { file: this, start, end };
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** A place in a file: offsets into `file.text`, the end behind the last character. */
export interface Range {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** What could not be read, at its place. `rule` is the id that it is reported under, such as `syntax/dockerfile`. */
export interface Problem {
  readonly rule: SyntaxRule;
  readonly range: Range;
  readonly message: string;
  readonly help?: string;
}

export type SyntaxRule =
  'syntax/dockerfile' | 'syntax/dockerignore' | 'syntax/workflow' | 'syntax/manifest' | 'syntax/config';

/** What each reader returns: as much of the document as could be read, and what could not. Reading never throws. */
export interface Reading<D> {
  readonly document: D;
  readonly problems: readonly Problem[];
}

/** The text that a range covers. */
export function textOf(range: Range): string {
  return range.file.text.slice(range.start, range.end);
}

/** The smallest range that holds both; they are of one file. */
export function span(first: Range, last: Range): Range {
  return { file: first.file, start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) };
}

/** A range cut at the end of its first line, as a primary region of a finding should be. */
export function firstLine(range: Range): Range {
  const lineEnd = range.file.lineEnd(range.file.positionAt(range.start).line);
  return range.end <= lineEnd ? range : { ...range, end: Math.max(range.start, lineEnd) };
}
