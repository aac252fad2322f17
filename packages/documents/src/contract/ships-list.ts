import type { Problem, Range, Reading, SourceFile } from '../text/source-file.ts';
import type { ShipsList, ShipsSection } from './model.ts';

const maxProblems = 20;

/**
 * Reads a `plimsoll.ships.txt`. Order and repeated paths say nothing, since merges change them. Problems (a conflict's
 * marks, a path before the first heading) are told under `syntax/manifest`.
 */
export function readShipsList(file: SourceFile): Reading<ShipsList> {
  const problems: Problem[] = [];
  const sections: { target: string; context: string; range: Range; paths: ShipsSection['paths'][number][] }[] = [];
  const headings = new Set<string>();
  for (let line = 1; line <= file.lineCount && problems.length < maxProblems; line++) {
    const text = file.lineText(line).trimEnd();
    if (text === '' || text.startsWith('#')) continue;
    const range = file.range(file.lineStart(line), file.lineStart(line) + text.length);
    const tell = (message: string): unknown => problems.push({ rule: 'syntax/manifest', range, message, help });
    const heading = readHeading(text);
    const path = heading ? undefined : readName(text);
    if (heading) {
      if (headings.has(text)) tell('This heading stands here twice');
      headings.add(text);
      sections.push({ ...heading, range, paths: [] });
    } else if (path?.startsWith('/') !== true) tell('This is neither a path in the image nor the heading of a target');
    else if (sections.length === 0) tell('This path stands before the first heading, so it belongs to no target');
    else sections.at(-1)?.paths.push({ path, range });
  }
  return { document: { kind: 'shipsList', file, sections }, problems };
}

const help = 'Let `plimsoll ships --update` write the file';

/** The text of a `plimsoll.ships.txt`: sections and paths are sorted, each once, so that two changes of it merge well. */
export function shipsListText(sections: readonly WrittenSection[]): string {
  const parts = sections.map(({ target, context, paths }) => [
    `[${target}] from ${written(context)}`,
    ...[...new Set(paths)].sort().map(written),
  ]);
  const sorted = parts.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return [
    '# The files of the repository that ship, by target. Written by `plimsoll ships --update`.\n',
    ...sorted.map((lines) => `${lines.join('\n')}\n`),
  ].join('\n');
}

/** A section of a list that is to be written. */
export interface WrittenSection extends Pick<ShipsSection, 'target' | 'context'> {
  readonly paths: Iterable<string>;
}

function readHeading(text: string): Pick<ShipsSection, 'target' | 'context'> | undefined {
  const [, target, rest] = /^\[([^\]]+)\] from (.+)$/.exec(text) ?? [];
  const context = rest === undefined ? undefined : readName(rest);
  return target === undefined || context === undefined ? undefined : { target, context };
}

/** Characters that would break a line, act on a terminal, or be lost at its end. */
const unplain = /[\p{C}\p{Zl}\p{Zp}\\]|^"|\s$/u;

function written(name: string): string {
  if (!unplain.test(name)) return name;
  return JSON.stringify(name).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (char) =>
    Array.from({ length: char.length }, (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  );
}

function readName(text: string): string | undefined {
  if (!text.startsWith('"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
