import type { Problem, Range } from '../text/source-file.ts';

/** Takes what BuildKit would refuse, at its place. */
export type Report = (range: Range, message: string, help?: string | (() => string | undefined)) => void;

/** Problems listed for one file; the last of them then tells how many more there are. */
const maxProblems = 25;

/** Collects problems: the first ones are kept, the others counted. */
export function collectProblems(): { report: Report; problems: () => readonly Problem[] } {
  const kept: Problem[] = [];
  let more = 0;
  let last: Range | undefined;
  const report: Report = (range, message, advice) => {
    if (kept.length < maxProblems) {
      const help = typeof advice === 'function' ? advice() : advice;
      kept.push({ rule: 'syntax/dockerfile', range, message, ...(help !== undefined && { help }) });
      return;
    }
    last ??= range;
    more++;
  };
  const problems = () => {
    if (!last) return kept;
    return [
      ...kept,
      { rule: 'syntax/dockerfile' as const, range: last, message: `This and ${more - 1} more faults follow` },
    ];
  };
  return { report, problems };
}
