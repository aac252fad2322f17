import { createHash } from 'node:crypto';
import { TreeReadError } from '@plimsoll/build-context';
import type { Tree } from '@plimsoll/build-context';
import type { Finding } from '@plimsoll/core';
import { SourceFile } from '@plimsoll/documents';
import type { ConfigProblem } from '../model.ts';

export const BASELINE_NAME = 'plimsoll.baseline.json';

/** Findings that were there when someone decided to mend them later. */
export interface Baseline {
  readonly entries: readonly BaselineEntry[];
}

/** Findings of one rule on lines with one content, in one file. */
export interface BaselineEntry {
  readonly rule: string;
  readonly path: string;
  /** A hash of the lines that are marked, without the spaces around and between words: no line number, so that it does not drift. */
  readonly content: string;
  readonly count: number;
}

/** What a baseline says of findings. */
export interface Compared<F extends Finding> {
  readonly fresh: readonly F[];
  readonly known: readonly F[];
  /** Entries, or a part of their count, for which there is no finding any more. */
  readonly gone: readonly BaselineEntry[];
}

/** Records findings, sorted by path, rule and content. Those on the configuration are not recorded: they have to be mended. */
export function baselineOf(findings: readonly Finding[]): Baseline {
  const groups = Map.groupBy(findings.filter(isRecorded), keyOf);
  const entries = [...groups.values()].flatMap(([first, ...others]) =>
    first
      ? [{ rule: first.ruleId, path: first.at.file.path, content: contentOf(first), count: others.length + 1 }]
      : [],
  );
  return { entries: entries.sort(byPlace) };
}

/** Of findings that look alike, as many as are recorded are known, in order; the others are new. */
export function compare<F extends Finding>(findings: readonly F[], { entries }: Baseline): Compared<F> {
  const left = new Map(entries.map((entry) => [entryKey(entry), entry.count]));
  const fresh: F[] = [];
  const known: F[] = [];
  for (const finding of findings) {
    const key = keyOf(finding);
    const count = isRecorded(finding) ? (left.get(key) ?? 0) : 0;
    if (count > 0) left.set(key, count - 1);
    (count > 0 ? known : fresh).push(finding);
  }
  const gone = entries.flatMap((entry) => {
    const count = left.get(entryKey(entry)) ?? 0;
    return count > 0 ? [{ ...entry, count }] : [];
  });
  return { fresh, known, gone };
}

/** Without what is gone. */
export function pruned(baseline: Baseline, gone: readonly BaselineEntry[]): Baseline {
  const less = new Map(gone.map((entry) => [entryKey(entry), entry.count]));
  return {
    entries: baseline.entries.flatMap((entry) => {
      const count = entry.count - (less.get(entryKey(entry)) ?? 0);
      return count > 0 ? [{ ...entry, count }] : [];
    }),
  };
}

/** The text of a baseline file: an entry a line, so that it merges well. */
export function baselineText({ entries }: Baseline): string {
  const lines = entries.map(({ rule, path, content, count }) => JSON.stringify({ rule, path, content, count }));
  return `{\n  "version": 1,\n  "findings": [${lines.map((line) => `\n    ${line}`).join(',')}${lines.length > 0 ? '\n  ' : ''}]\n}\n`;
}

const MAX_BYTES = 16 * 1024 * 1024;

/** The baseline at the root of a tree; undefined where there is none. One that cannot be read is a problem. */
export function readBaseline(tree: Tree, problems: ConfigProblem[]): Baseline | undefined {
  const say = (message: string): undefined => {
    const help = 'Write it anew with `plimsoll baseline`';
    problems.push({ message, help, at: new SourceFile(BASELINE_NAME, '').range() });
    return undefined;
  };
  try {
    const bytes = tree.read(BASELINE_NAME, MAX_BYTES + 1);
    if (!bytes) return undefined;
    if (bytes.length > MAX_BYTES) return say('This baseline is larger than 16 MiB');
    return parse(new TextDecoder().decode(bytes)) ?? say('This is no baseline, or one of another version');
  } catch (error) {
    if (error instanceof TreeReadError) return say(`This baseline was not read: ${error.message}`);
    throw error;
  }
}

function parse(text: string): Baseline | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { version, findings } = (data ?? {}) as { version?: unknown; findings?: unknown };
  if (version !== 1 || !Array.isArray(findings)) return undefined;
  return findings.every(isEntry) ? { entries: findings } : undefined;
}

function isEntry(value: unknown): value is BaselineEntry {
  const { rule, path, content, count } = (value ?? {}) as Partial<Record<keyof BaselineEntry, unknown>>;
  return (
    [rule, path, content].every((each) => typeof each === 'string') && Number.isInteger(count) && Number(count) > 0
  );
}

function isRecorded({ ruleId }: Finding): boolean {
  return ruleId !== 'syntax/config';
}

const MAX_LINES = 5;

/** The lines that are marked, and not where they stand. */
function contentOf({ at: { file, start, end } }: Finding): string {
  const first = file.positionAt(start).line;
  const last = Math.min(file.positionAt(Math.max(start, end)).line, first + MAX_LINES - 1);
  const lines = Array.from({ length: last - first + 1 }, (_, i) => file.lineText(first + i));
  const words = lines.join(' ').split(/\s+/).filter(Boolean).join(' ');
  return createHash('sha256').update(words).digest('hex').slice(0, 16);
}

function keyOf(finding: Finding): string {
  return entryKey({ rule: finding.ruleId, path: finding.at.file.path, content: contentOf(finding) });
}

function entryKey({ rule, path, content }: Omit<BaselineEntry, 'count'>): string {
  return `${rule}\n${path}\n${content}`;
}

function byPlace(a: BaselineEntry, b: BaselineEntry): number {
  const [x, y] = [a, b].map(({ path, rule, content }) => `${path}\n${rule}\n${content}`) as [string, string];
  return x < y ? -1 : x > y ? 1 : 0;
}
