import type { MappedText } from '../text/mapped-text.ts';
import type { SourceFile } from '../text/source-file.ts';
import { linesOf } from './flow-scalar.ts';
import type { Line, LineBreak } from './flow-scalar.ts';
import { textBuilder } from './text-builder.ts';
import type { TextBuilder } from './text-builder.ts';

/** A literal or folded scalar as it stands in the file. */
export interface BlockScalar {
  /** `|` or `>` with its indicators, such as `>2-`. */
  readonly header: string;
  /** The first character below the header's line. */
  readonly start: number;
  readonly end: number;
  /** The indentation of the collection that holds it. */
  readonly parentIndent: number;
}

interface BlockLine extends Line {
  /** Spaces at its start. */
  readonly indent: number;
  /** Holds nothing but spaces. */
  readonly blank: boolean;
}

/** The text of a block scalar without its indentation (YAML 1.2.2, 8.1). */
export function blockText(file: SourceFile, scalar: BlockScalar): MappedText {
  const { header, start, end } = scalar;
  const out = textBuilder(file, start);
  const lines = end > start ? linesOf(file.text, start, end).map((line) => blockLine(file.text, line)) : [];
  const keeps = header.includes('+');
  const first = lines.findIndex((line) => !line.blank);
  if (first < 0) {
    if (keeps) for (const line of lines) writeBreak(line.break, out);
    return out.build();
  }
  const indent = contentIndent(scalar, lines[first]?.indent ?? 0);
  const stop = contentEnd(lines, indent);
  for (const line of lines.slice(0, first)) {
    copyFrom(line, indent, out);
    writeBreak(line.break, out);
  }
  const content = lines.slice(first, stop);
  if (header.startsWith('>')) folded(file.text, content, indent, out);
  else literal(content, indent, out);
  if (!header.includes('-')) writeBreak(lines[stop - 1]?.break ?? { at: end, length: 0 }, out);
  if (keeps) keepRest(lines.slice(stop), indent, out);
  return out.build();
}

function blockLine(text: string, line: Line): BlockLine {
  let at = line.start;
  while (at < line.end && text[at] === ' ') at += 1;
  return { ...line, indent: at - line.start, blank: at === line.end };
}

function contentIndent({ header, parentIndent }: BlockScalar, first: number): number {
  const digit = [...header].find((char) => char >= '1' && char <= '9');
  return digit ? parentIndent + Number(digit) : first;
}

/** Behind the last line that is content: blank lines with more than the indentation are. */
function contentEnd(lines: readonly BlockLine[], indent: number): number {
  return lines.findLastIndex((line) => !line.blank || line.indent > indent) + 1;
}

function copyFrom(line: BlockLine, indent: number, out: TextBuilder): void {
  const from = line.start + Math.min(indent, line.indent);
  out.copy(from, line.end - from);
}

function writeBreak(at: LineBreak | undefined, out: TextBuilder): void {
  if (at?.length === 1) out.copy(at.at, 1);
  else if (at) out.replace('\n', at.at, at.length);
}

function literal(lines: readonly BlockLine[], indent: number, out: TextBuilder): void {
  lines.forEach((line, i) => {
    if (i > 0) writeBreak(lines[i - 1]?.break, out);
    copyFrom(line, indent, out);
  });
}

/** A break between two lines at the indentation folds; breaks beside blank or more indented lines stay. */
function folded(text: string, lines: readonly BlockLine[], indent: number, out: TextBuilder): void {
  let breaks: LineBreak[] = [];
  let previousIndented = false;
  lines.forEach((line, i) => {
    const indented = line.indent > indent || text[line.start + line.indent] === '\t';
    if (i > 0 && (indented || !line.blank)) {
      const [first, ...others] = breaks;
      if (indented || previousIndented) for (const one of breaks) writeBreak(one, out);
      else if (first && others.length === 0) out.replace(' ', first.at, first.length);
      else for (const one of others) writeBreak(one, out);
      breaks = [];
    }
    copyFrom(line, indent, out);
    if (indented || !line.blank) previousIndented = indented;
    if (line.break) breaks.push(line.break);
  });
}

function keepRest(lines: readonly BlockLine[], indent: number, out: TextBuilder): void {
  lines.forEach((line) => {
    copyFrom(line, indent, out);
    writeBreak(line.break, out);
  });
}
