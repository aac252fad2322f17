import { entryOf, valueAt } from '@plimsoll/documents';
import type { SourceFile, YamlEntry, YamlMap, YamlNode } from '@plimsoll/documents';
import type { JobPermissions, LeastScope } from './job-permissions.ts';

/** A change of a file's text: offsets, and what stands there then. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The edits that give a job the `permissions:` it needs; none where it has them. Kept lines stay as they are, with their
 * comments. `reason`: why it is not written.
 */
export function permissionEdits(least: JobPermissions): {
  readonly edits: readonly TextEdit[];
  readonly reason?: string;
} {
  const { workflow, job, scopes, unknown, asGranted } = least;
  if (asGranted) return { edits: [] };
  if (unknown !== undefined) return { edits: [], reason: unknown };
  const node = valueAt(workflow.root, 'jobs', job.id);
  if (node?.type !== 'map' || !isWithin(node, job.range.start, job.range.end))
    return { edits: [], reason: 'the job is written elsewhere, behind an alias' };
  const entry = entryOf(node, 'permissions');
  const edits = entry ? replace(workflow.file, entry, scopes) : insert(workflow.file, node, scopes);
  return edits ? { edits } : { edits: [], reason: 'it is not written as a block of lines of its own' };
}

/** The text with all edits made; they may stand in any order, and do not overlap. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const { start, end, text: put } of edits.toSorted((a, b) => b.start - a.start))
    result = result.slice(0, start) + put + result.slice(end);
  return result;
}

function isWithin(node: YamlNode, start: number, end: number): boolean {
  return node.range.start >= start && node.range.end <= end;
}

function insert(file: SourceFile, job: YamlMap, scopes: readonly LeastScope[]): readonly TextEdit[] | undefined {
  const [first] = job.entries;
  if (!first || !startsLine(file, first.keyRange.start)) return undefined;
  const at = lineStartOf(file, first.keyRange.start);
  const indent = file.text.slice(at, first.keyRange.start);
  const end = lineEndOf(file);
  const lines = scopes.map(({ scope, level }) => `${indent}  ${scope}: ${level}${end}`);
  const head = scopes.length === 0 ? `${indent}permissions: {}${end}` : `${indent}permissions:${end}`;
  return [{ start: at, end: at, text: head + lines.join('') }];
}

function replace(
  file: SourceFile,
  { keyRange, value }: YamlEntry,
  scopes: readonly LeastScope[],
): readonly TextEdit[] | undefined {
  // An alias, or an anchor that others name.
  const between = file.text.slice(keyRange.end, value.range.start);
  if (value.range.start < keyRange.end || /^\s{0,5}: {1,20}[&*]/.test(between)) return undefined;
  const isBlock = value.type === 'map' && value.entries[0] && startsLine(file, value.entries[0].keyRange.start);
  if (!isBlock || scopes.length === 0 || !value.entries.every((one) => startsLine(file, one.keyRange.start))) {
    const start = keyRange.end + (file.text.slice(keyRange.end).match(/^\s{0,5}:/)?.[0].length ?? 0);
    const flow = scopes.map(({ scope, level }) => `${scope}: ${level}`).join(', ');
    return [{ start, end: value.range.end, text: flow === '' ? ' {}' : ` { ${flow} }` }];
  }
  return editEntries(file, value, scopes);
}

/** Line by line: drops what is not needed, changes levels, and adds what is missing behind the last line. */
function editEntries(file: SourceFile, { entries }: YamlMap, scopes: readonly LeastScope[]): readonly TextEdit[] {
  const wanted = new Map(scopes.map(({ scope, level }) => [scope, level]));
  const edits: TextEdit[] = [];
  for (const { key, keyRange, value } of entries) {
    const level = wanted.get(key);
    wanted.delete(key);
    if (level === undefined)
      edits.push({ start: lineStartOf(file, keyRange.start), end: nextLineOf(file, value.range.end), text: '' });
    else if (file.text.slice(value.range.start, value.range.end) !== level)
      edits.push({ start: value.range.start, end: value.range.end, text: level });
  }
  const [first] = entries;
  if (wanted.size === 0 || !first) return edits;
  const start = lineStartOf(file, first.keyRange.start);
  const indent = file.text.slice(start, first.keyRange.start);
  const added = [...wanted].map(([scope, level]) => `${indent}${scope}: ${level}${lineEndOf(file)}`).join('');
  return [
    ...edits.filter((edit) => edit.start !== start),
    ...merged(
      edits.find((edit) => edit.start === start),
      start,
      added,
    ),
  ];
}

/** What is added stands in front of the first line, in one edit with what that loses. */
function merged(edit: TextEdit | undefined, start: number, added: string): readonly TextEdit[] {
  return [edit ? { ...edit, text: added + edit.text } : { start, end: start, text: added }];
}

function startsLine(file: SourceFile, offset: number): boolean {
  return /^ *$/.test(file.text.slice(lineStartOf(file, offset), offset));
}

function lineStartOf(file: SourceFile, offset: number): number {
  return file.lineStart(file.positionAt(offset).line);
}

function nextLineOf(file: SourceFile, offset: number): number {
  const { line } = file.positionAt(offset);
  return line < file.lineCount ? file.lineStart(line + 1) : file.text.length;
}

function lineEndOf(file: SourceFile): string {
  return file.text.includes('\r\n') ? '\r\n' : '\n';
}
