import type { Dockerfile, SourceFile } from '@plimsoll/documents';
import type { FileKind } from '../model.ts';
import type { AnyDocument } from '../parse/documents.ts';
import type { Directive } from './directives.ts';

/** The lines that a suppression holds for, from 1, both included; or why it holds for none. */
export type Coverage = { readonly first: number; readonly last: number } | { readonly fault: string };

/** A file as suppressions see it. */
export interface SuppressibleFile {
  readonly file: SourceFile;
  /** Undefined for a file that is none of Plimsoll's, such as a source file which ships. */
  readonly kind?: FileKind;
  readonly document?: AnyDocument;
}

/**
 * Tells which lines a directive of the file covers:
 * - `plimsoll-ignore-file`: all of the file.
 * - at the end of a line: that line.
 * - on a line of its own: the next line that is neither empty nor a comment, with what starts on it: in a Dockerfile
 *   all of the instruction, in YAML the block scalar (`run: |`), in a script the lines joined by `\`.
 */
export function coverage(target: SuppressibleFile): (directive: Directive) => Coverage {
  const { file, document } = target;
  let next: readonly number[] | undefined;
  return (directive) => {
    const misplaced = placeFault(directive, target);
    if (misplaced) return { fault: misplaced };
    if (directive.scope === 'file') return { first: 1, last: file.lineCount };
    if (directive.trailing) return { first: directive.line, last: directive.line };
    next ??= nextCodeLines(file);
    const first = next[directive.line + 1] ?? 0;
    return first === 0 ? { fault: 'nothing follows it' } : { first, last: lastLine(first, file, document) };
  };
}

function placeFault({ line, trailing }: Directive, { file, kind, document }: SuppressibleFile): string | undefined {
  if (kind === 'ignoreFile' && !file.lineText(line).startsWith('#')) {
    return 'in an ignore file a comment starts in the first column; this is part of a pattern';
  }
  if (!trailing || document?.kind !== 'dockerfile') return undefined;
  const instruction = instructionAt(document, line);
  if (!instruction || instruction.name === 'RUN' || instruction.heredocs.length > 0) return undefined;
  return `${instruction.name} takes this as an argument: in a Dockerfile a comment has a line of its own`;
}

/** For each line, from 1, the first line from there on that is neither empty nor a comment; 0 where there is none. */
function nextCodeLines(file: SourceFile): readonly number[] {
  const next = new Array<number>(file.lineCount + 2).fill(0);
  for (let line = file.lineCount; line > 0; line--) {
    const text = file.lineText(line).trimStart();
    const isCode = text !== '' && !text.startsWith('#') && !text.startsWith('//');
    next[line] = isCode ? line : (next[line + 1] ?? 0);
  }
  return next;
}

function lastLine(first: number, file: SourceFile, document: AnyDocument | undefined): number {
  if (document?.kind === 'dockerfile') {
    const instruction = instructionAt(document, first);
    if (!instruction || file.positionAt(instruction.range.start).line !== first) return first;
    return Math.max(first, file.positionAt(instruction.range.end).line);
  }
  if (document?.kind === 'ignoreFile') return first;
  return Math.max(continuedEnd(first, file), blockScalarEnd(first, file));
}

function instructionAt(
  { file, instructions }: Dockerfile,
  line: number,
): Dockerfile['instructions'][number] | undefined {
  const end = file.lineEnd(line);
  let low = 0;
  let high = instructions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instructions[middle]?.range.start ?? 0) <= end) low = middle + 1;
    else high = middle;
  }
  const instruction = instructions[low - 1];
  return instruction && instruction.range.end >= file.lineStart(line) ? instruction : undefined;
}

/** The last of the lines that `\` joins. */
function continuedEnd(first: number, file: SourceFile): number {
  let line = first;
  while (line < file.lineCount && file.lineText(line).endsWith('\\')) line++;
  return line;
}

/** The last line of the block scalar that a line opens; the line itself where it opens none. */
function blockScalarEnd(first: number, file: SourceFile): number {
  const text = file.lineText(first);
  if (!/(?:^|[\s:-])[|>][+\-\d]{0,2}[ \t]*(?:#.*)?$/.test(text)) return first;
  const indent = /^[ \t]*(?:-[ \t]+)*/.exec(text)?.[0].length ?? 0;
  let last = first;
  for (let line = first + 1; line <= file.lineCount; line++) {
    const content = file.lineText(line);
    const depth = content.length - content.trimStart().length;
    if (depth === content.length) continue;
    if (depth <= indent) break;
    last = line;
  }
  return last;
}
