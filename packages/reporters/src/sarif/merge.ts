import type { Severity } from '@plimsoll/core';
import { visibleJson } from '../visible.ts';
import { readLog } from './log.ts';
import type { Json, LogResult, LogRun } from './log.ts';
import { cutNotification } from './notifications.ts';
import { cutNote, worst } from './worst.ts';

/** A SARIF log as it was read. */
export interface NamedLog {
  /** As messages name it: its path. */
  readonly name: string;
  readonly text: string;
}

/** What came of merging: one log, or what is wrong, a sentence each. */
export type Merged = { readonly text: string } | { readonly problems: readonly string[] };

/**
 * One SARIF log of many that Plimsoll wrote, in one run: what several say is there once (one rule, place and message),
 * in order of path, place and rule, at most 5,000 results (the worst). The order of the logs makes no difference, and one
 * whose name is given twice counts once.
 *
 * The counts of files and of suppressed findings are summed: parts that overlap count twice.
 *
 * @param category in place of that of the logs, which have to agree where it isn't given
 * @returns problems where a log is none of Plimsoll's, or two don't go together: other versions, other categories
 */
export function mergeSarif(logs: readonly NamedLog[], { category }: { readonly category?: string } = {}): Merged {
  const read = [...new Map(logs.map((log) => [log.name, log])).values()]
    .toSorted((a, b) => compare(a.text, b.text))
    .map(({ name, text }) => readLog(name, text));
  const faults = read.flatMap((log) => (typeof log === 'string' ? [log] : []));
  if (faults.length > 0) return { problems: faults.toSorted(compare) };
  const runs = read.flatMap((log) => (typeof log === 'string' ? [] : log));
  const [first] = runs;
  if (!first) return { problems: ['there is no log to merge'] };
  const problems = disagreements(runs, category);
  if (problems.length > 0) return { problems };
  return { text: visibleJson({ ...first.log, runs: [mergedRun(first, runs, category)] }) };
}

function disagreements(runs: readonly LogRun[], category: string | undefined): readonly string[] {
  const versions = distinct(runs.map(({ version }) => version));
  const categories = distinct(runs.map((run) => run.category ?? 'none'));
  return [
    ...(versions.length > 1
      ? [`the logs are of several versions of plimsoll (${versions.join(', ')}): write all of them by one`]
      : []),
    ...(category === undefined && categories.length > 1
      ? [`the logs are of several categories (${categories.join(', ')}): say which the merged one has by --category`]
      : []),
  ];
}

function mergedRun(first: LogRun, runs: readonly LogRun[], category: string | undefined): Json {
  const rules = [...new Map(runs.flatMap((run) => run.rules.map((rule) => [rule.id, rule]))).values()];
  const indexes = new Map(rules.map(({ id }, i) => [id, i]));
  const results = inOrder(once(runs.flatMap((run) => run.results)));
  const shown = worst(results, severityOf);
  const leftOut = results.length - shown.length;
  const notifications = unitedNotifications(runs, leftOut);
  const id = category === undefined ? first.category : category.endsWith('/') ? category : `${category}/`;
  return {
    tool: { driver: { ...first.driver, rules } },
    invocations: [
      {
        executionSuccessful: runs.every((run) => run.successful),
        ...(notifications.length > 0 && { toolExecutionNotifications: notifications }),
      },
    ],
    ...(id && { automationDetails: { id } }),
    ...first.constants,
    properties: {
      preset: distinct(runs.map(({ preset }) => preset)).join(', '),
      files: sum(runs.map(({ files }) => files)),
      suppressed: sum(runs.map(({ suppressed }) => suppressed)),
    },
    results: shown.map(({ json, ruleId }) => ({ ...json, ruleIndex: indexes.get(ruleId) ?? -1 })),
  };
}

/** Results of one rule, place and message once; one that is open wins over one that is suppressed. */
function once(results: readonly LogResult[]): readonly LogResult[] {
  const kept = new Map<string, LogResult>();
  for (const result of results) {
    const key = JSON.stringify([result.ruleId, result.path, result.region, result.message]);
    const before = kept.get(key);
    if (!before || (before.suppressed && !result.suppressed)) kept.set(key, result);
  }
  return [...kept.values()];
}

/** In the order of a check's own log. */
function inOrder(results: readonly LogResult[]): readonly LogResult[] {
  return results.toSorted(
    (a, b) =>
      Number(a.suppressed) - Number(b.suppressed) ||
      compare(a.path, b.path) ||
      a.region[0] - b.region[0] ||
      a.region[1] - b.region[1] ||
      compare(a.ruleId, b.ruleId) ||
      a.region[2] - b.region[2] ||
      a.region[3] - b.region[3] ||
      compare(a.message, b.message),
  );
}

function severityOf({ level }: LogResult): Severity {
  return level === 'error' || level === 'warning' ? level : 'info';
}

/** Each once, by kind and text; those which tell of results that were left out become one. */
function unitedNotifications(runs: readonly LogRun[], leftOut: number): readonly Json[] {
  const all = runs.flatMap((run) => run.notifications);
  const cut = leftOut + sum(all.map(({ text }) => cutNote.count(text)));
  const others = all.filter(({ text }) => cutNote.count(text) === 0);
  const told = cut > 0 ? [...others, { index: 1, text: '', json: cutNotification(cut) as Json }] : others;
  const byContent = new Map(told.map((one) => [JSON.stringify(one.json), one]));
  return [...byContent]
    .toSorted(([a, one], [b, other]) => one.index - other.index || compare(one.text, other.text) || compare(a, b))
    .map(([, { json }]) => json);
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted(compare);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
