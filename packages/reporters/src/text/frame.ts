import { firstLine } from '@plimsoll/documents';
import type { Range } from '@plimsoll/documents';
import { placeOf } from '../place.ts';
import { cellsOf, head, tail, textOfCells, widthOf } from './cells.ts';
import type { Cell } from './cells.ts';
import { maskSecrets } from './mask.ts';

/** A line of a file, cut so that a place in it can be seen, and the columns that the place takes. */
export interface Frame {
  readonly line: number;
  readonly before: string;
  readonly marked: string;
  readonly after: string;
  /** Columns in front of the place. */
  readonly indent: number;
  /** Columns of the place, at least 1. */
  readonly width: number;
}

/** Characters of a line that are looked at on either side of the place, by columns to fill. */
const reach = 4;
/** And beyond that, for what tells a credential. */
const margin = 4000;

/** The line where `range` starts, in at most `columns` columns. `secret`: the place may hold a secret's value. */
export function frameOf(range: Range, columns: number, secret: boolean): Frame {
  const { line, column, endColumn } = placeOf(firstLine(range));
  const start = column - 1;
  const end = endColumn - 1;
  const bound = columns * reach;
  const markedEnd = Math.min(end, start + bound);
  const from = Math.max(0, start - bound - margin);
  const near = range.file.lineText(line).slice(from, markedEnd + bound + margin);
  const text = maskSecrets(near, secret ? { start: start - from, end: markedEnd - from } : undefined);
  const [before, marked, after] = fit(
    cellsOf(text.slice(Math.max(0, start - bound - from), start - from)),
    cellsOf(text.slice(start - from, markedEnd - from)),
    cellsOf(text.slice(markedEnd - from, markedEnd - from + bound)),
    columns,
  );
  return {
    line,
    before: textOfCells(before),
    marked: textOfCells(marked),
    after: textOfCells(after).trimEnd(),
    indent: widthOf(before),
    width: Math.max(1, widthOf(marked)),
  };
}

type Parts = readonly [readonly Cell[], readonly Cell[], readonly Cell[]];

/** Room goes to the place first, then to what stands behind it, a third at least to what stands before it. */
function fit(before: readonly Cell[], marked: readonly Cell[], after: readonly Cell[], columns: number): Parts {
  if (widthOf(before) + widthOf(marked) + widthOf(after) <= columns) return [before, marked, after];
  const shownMarked = head(marked, Math.max(10, Math.floor(columns * 0.7)));
  const room = Math.max(0, columns - widthOf(shownMarked));
  const shownBefore = tail(before, Math.max(Math.floor(room / 3), room - widthOf(after)));
  return [shownBefore, shownMarked, head(after, room - widthOf(shownBefore))];
}
