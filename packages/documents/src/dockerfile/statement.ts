import { MappedText } from '../text/mapped-text.ts';
import type { Segment } from '../text/mapped-text.ts';
import type { Range, SourceFile } from '../text/source-file.ts';
import { isSpace } from '../text/space.ts';

/** One instruction's text: its lines put together, as BuildKit's parser does it. */
export interface Statement {
  /** Trimmed; without comments, blank lines and line continuations. */
  readonly text: MappedText;
  /** The line behind it. */
  readonly next: number;
}

/** Bytes of a line that BuildKit's scanner takes. */
export const maxLineBytes = 65_535;

/**
 * Reads the statement that starts at `line`; undefined for a line that is blank or a comment.
 * Comments, also those between continued lines, go to `comments`.
 */
export function readStatement(
  file: SourceFile,
  line: number,
  escape: string,
  comments: Range[],
): Statement | undefined {
  const parts: Line[] = [];
  for (let at = line; ; at++) {
    const part = at <= file.lineCount ? readLine(file, at, escape, at === line) : undefined;
    if (part?.comment) comments.push(part.comment);
    if (part?.blank && at === line) return undefined;
    if (part && !part.blank) parts.push(part);
    if (part && (part.blank || part.continued)) continue;
    return { text: join(file, parts), next: at + 1 };
  }
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly continued: boolean;
  /** Nothing to keep: white space or a comment. */
  readonly blank: boolean;
  readonly comment?: Range;
}

function readLine(file: SourceFile, line: number, escape: string, first: boolean): Line {
  const { text } = file;
  const lineStart = file.lineStart(line);
  let end = file.lineEnd(line);
  while (end > lineStart && text[end - 1] === '\r') end--;
  let inner = lineStart;
  while (inner < end && isSpace(text[inner])) inner++;
  if (inner === end) return { start: inner, end, continued: false, blank: true };
  if (text[inner] === '#') return { start: inner, end, continued: false, blank: true, comment: file.range(inner, end) };
  const start = first ? inner : lineStart;
  let behind = end;
  while (behind > start && (text[behind - 1] === ' ' || text[behind - 1] === '\t')) behind--;
  const continued =
    text[behind - 1] === escape && behind > start && (behind - 1 === start || text[behind - 2] !== escape);
  return { start, end: continued ? behind - 1 : end, continued, blank: false };
}

function join(file: SourceFile, lines: readonly Line[]): MappedText {
  const kept = trim(file.text, lines);
  const segments: Segment[] = [];
  let length = 0;
  for (const { start, end } of kept) {
    if (end > start) segments.push({ at: length, source: start, length: end - start });
    length += end - start;
  }
  const first = lines[0]?.start ?? file.text.length;
  if (length === 0) return MappedText.of(file.range(first, first));
  return new MappedText(file, kept.map(({ start, end }) => file.text.slice(start, end)).join(''), segments);
}

/** Without the white space at both ends of the whole. */
function trim(text: string, lines: readonly Line[]): { start: number; end: number }[] {
  const kept = lines.map(({ start, end }) => ({ start, end }));
  for (const part of kept) {
    while (part.start < part.end && isSpace(text[part.start])) part.start++;
    if (part.start < part.end) break;
  }
  for (const part of kept.toReversed()) {
    while (part.end > part.start && isSpace(text[part.end - 1])) part.end--;
    if (part.end > part.start) break;
  }
  return kept;
}
