import type { Severity } from '@plimsoll/core';
import { worstFirst } from '../severity.ts';

/** GitHub code scanning shows no more results of a run. */
export const resultLimit = 5000;

/** The worst that a run may hold, in the order they came in. */
export function worst<E>(entries: readonly E[], severityOf: (entry: E) => Severity): readonly E[] {
  if (entries.length <= resultLimit) return entries;
  const ranked = entries.map((entry) => ({ entry, severity: severityOf(entry) }));
  const kept = new Set(
    worstFirst(ranked)
      .slice(0, resultLimit)
      .map(({ entry }) => entry),
  );
  return entries.filter((entry) => kept.has(entry));
}

/** How a log tells that results were left out, which a merge reads again. */
export const cutNote = {
  text: (leftOut: number): string =>
    `${leftOut} ${leftOut === 1 ? 'finding' : 'findings'} of the least severity left out: a log holds 5,000. The JSON report holds all.`,
  count: (text: string): number => Number(/^(\d+) findings? of the least severity left out/.exec(text)?.[1] ?? 0),
};
