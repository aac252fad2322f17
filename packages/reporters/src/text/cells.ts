import stringWidth from 'fast-string-width';
import { visible } from '../visible.ts';

/** What a terminal shows as one character, and the columns it takes. */
export interface Cell {
  readonly text: string;
  readonly width: number;
}

const tab: Cell = { text: '    ', width: 4 };
const ellipsis: Cell = { text: '…', width: 1 };
let segmenter: Intl.Segmenter | undefined;

/** A line of a checked file as cells: a tab takes four columns, what would act on the terminal is named. */
export function cellsOf(line: string): readonly Cell[] {
  if (/^[\t\x20-\x7e]*$/.test(line)) return Array.from(line, (text) => (text === '\t' ? tab : { text, width: 1 }));
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(line), ({ segment }) => {
    if (segment === '\t') return tab;
    const text = visible(segment);
    return { text, width: stringWidth(text) };
  });
}

export function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

export function textOfCells(cells: readonly Cell[]): string {
  return cells.map(({ text }) => text).join('');
}

/** As many cells from the start as fit, with `…` behind them where that isn't all. */
export function head(cells: readonly Cell[], columns: number): readonly Cell[] {
  if (widthOf(cells) <= columns) return cells;
  const kept: Cell[] = [];
  let left = columns - ellipsis.width;
  for (const cell of cells) {
    if ((left -= cell.width) < 0) break;
    kept.push(cell);
  }
  return columns < 1 ? [] : [...kept, ellipsis];
}

/** The same from the end. */
export function tail(cells: readonly Cell[], columns: number): readonly Cell[] {
  return head(cells.toReversed(), columns).toReversed();
}
