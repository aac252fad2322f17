import type { Problem, SourceFile, SyntaxRule } from '../text/source-file.ts';

/** The most problems that one file is given. */
const PROBLEM_LIMIT = 20;

/** Collects problems of one file under one rule. */
export interface ProblemList {
  add(start: number, end: number, message: string, help?: string): void;
  /** In order of their places, one a line. */
  problems(): readonly Problem[];
}

export function problemList(file: SourceFile, rule: SyntaxRule): ProblemList {
  const found: Problem[] = [];
  return {
    add(start, end, message, help) {
      const range = {
        file,
        start: Math.min(start, file.text.length),
        end: Math.min(Math.max(start, end), file.text.length),
      };
      found.push({ rule, range, message, ...(help !== undefined && { help }) });
    },
    problems: () => onePerLine(file, found).slice(0, PROBLEM_LIMIT),
  };
}

/** What follows the first fault of a line is mostly its consequence. */
function onePerLine(file: SourceFile, found: readonly Problem[]): Problem[] {
  const sorted = found.toSorted((a, b) => a.range.start - b.range.start);
  let last = 0;
  return sorted.filter(({ range }) => {
    const { line } = file.positionAt(range.start);
    const first = line !== last;
    last = line;
    return first;
  });
}
