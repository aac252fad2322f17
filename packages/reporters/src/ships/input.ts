import type { ContextCopy, PathAnswer, Remark, ShipsSubject, StageFile } from '@plimsoll/core';
import type { Range } from '@plimsoll/documents';
import { prefixed } from '../place.ts';

/** A build and what it carries, as `plimsoll ships` shows it. */
export interface ShipsInput {
  readonly subject: ShipsSubject;
  readonly target?: string;
  /** Where the repository declares it; empty for one that someone asked for. */
  readonly declaredBy: readonly Range[];
  /** What makes BuildKit refuse the Dockerfile as a whole. */
  readonly refused: readonly Remark[];
}

export type { PathAnswer };

/** The files of the image, by the copy that took them from the context, in the order of the text. */
export function filesByCopy({ contents }: ShipsSubject): readonly (readonly [ContextCopy, readonly StageFile[]])[] {
  const groups = Map.groupBy(contents.final?.files ?? [], ({ copy }) => copy);
  return contents.copies.map((copy) => [copy, groups.get(copy) ?? []] as const);
}

export function lineOf({ file, start }: Range): number {
  return file.positionAt(start).line;
}

/** How text is shown. */
export interface ShipsTextOptions {
  /** Stands before each path of the repository, as `examples/leaky/`. */
  readonly pathPrefix?: string;
}

export function placeText(range: Range, { pathPrefix }: ShipsTextOptions): string {
  return `${prefixed(range.file.path, pathPrefix)}:${lineOf(range)}`;
}

/** The context's folder, as people write it. */
export function contextText({ kind, folder }: ShipsSubject, { pathPrefix }: ShipsTextOptions): string {
  const name = prefixed(folder, pathPrefix).replace(/(?<=.)\/$/, '') || '.';
  return kind === 'git' ? `the Git context${folder === '' ? '' : ` at ${name}`}` : name;
}

/** `COPY src /app/`, cut to a length that fits a line. */
export function copyText({ instruction, source }: ContextCopy): string {
  const others = instruction.sources.length > 1 ? ' …' : '';
  return `${instruction.name} ${source.raw}${others} ${instruction.destination.raw}`;
}

/** Remarks in the order of the lines that they are about. */
export function byLine(remarks: readonly Remark[]): readonly Remark[] {
  return remarks.toSorted((a, b) => a.range.start - b.range.start);
}
