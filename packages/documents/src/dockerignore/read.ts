import type { Problem, Reading, SourceFile } from '../text/source-file.ts';
import { isSpace, trimSpace } from '../text/space.ts';
import { cleanPath } from './clean.ts';
import type { IgnoreFile, IgnorePattern } from './model.ts';
import { patternFault } from './pattern.ts';

/** Bytes of a line that the builder's scanner takes. */
const maxLineBytes = 65_535;
/** Characters of a file; a larger one is refused. */
const maxFileLength = 2 * 1024 * 1024;
const maxProblems = 20;
/** Patterns with a wildcard elsewhere than as a leading or trailing double star: each path below a folder has to be tried against them. */
const maxWildcards = 500;

/**
 * Reads an ignore file as moby/patternmatcher's `ignorefile` does: a comment only where `#` is the first character of the
 * line; white space trimmed at both ends, also behind `!`; each pattern cleaned as Go's `filepath.Clean` does, on Linux;
 * one leading slash dropped.
 *
 * Problems are what makes the build fail: a `!` that stands alone, a malformed pattern, a line of more than 65,535
 * bytes. A pattern with a problem is not among the patterns. More than 500 patterns with wildcards for one folder are a problem too.
 */
export function readIgnoreFile(file: SourceFile): Reading<IgnoreFile> {
  const problems: Problem[] = [];
  const patterns: IgnorePattern[] = [];
  const document = { kind: 'ignoreFile', file, patterns } as const;
  if (file.text.length > maxFileLength) {
    problems.push(problem(file, 0, 0, `The file is larger than ${maxFileLength} characters; it was not read`));
    return { document, problems };
  }
  const wildcards = new Map<string, number>();
  for (let line = 1; line <= file.lineCount && problems.length < maxProblems; line++) {
    const pattern = readLine(file, line, problems);
    if (pattern && countWildcard(pattern, wildcards) > maxWildcards) {
      const message = `The file has more than ${maxWildcards} patterns with wildcards for one folder; from here they are not read`;
      problems.push({ rule: 'syntax/dockerignore', range: pattern.range, message });
      break;
    }
    if (pattern) patterns.push(pattern);
  }
  return { document, problems };
}

/** How many patterns with inner wildcards there are by now for the folder that this one starts with; 0 for another pattern. */
function countWildcard({ pattern }: IgnorePattern, counts: Map<string, number>): number {
  if (!/[*?[]/.test(pattern.replace(/^\*\*\//, '').replace(/\/\*\*$/, ''))) return 0;
  const folder = /^[^*?[\\/]+\//.exec(pattern)?.[0] ?? '';
  const count = (counts.get(folder) ?? 0) + 1;
  counts.set(folder, count);
  return count;
}

function readLine(file: SourceFile, line: number, problems: Problem[]): IgnorePattern | undefined {
  const start = file.lineStart(line);
  const written = file.lineText(line);
  if (Buffer.byteLength(written) > maxLineBytes) {
    const message = `The line is longer than ${maxLineBytes} bytes, which the builder refuses`;
    problems.push(problem(file, start, start + 1, message));
    return undefined;
  }
  if (written.startsWith('#')) return undefined;
  const text = trimSpace(written);
  if (text === '') return undefined;
  let from = start;
  while (isSpace(file.text[from])) from++;
  const range = file.range(from, from + text.length);
  const { negated, pattern } = cleaned(text);
  if (pattern === '') {
    const message = 'A "!" stands alone: the builder refuses the whole ignore file';
    const help = 'Write the path that the "!" lets in, or delete the line';
    problems.push(problem(file, range.start, range.end, message, help));
    return undefined;
  }
  const fault = patternFault(pattern);
  if (fault) {
    const message = `The pattern "${text}" is malformed: ${fault}; the builder refuses the whole ignore file`;
    problems.push(problem(file, range.start, range.end, message));
    return undefined;
  }
  return { text, pattern, negated, range };
}

/**
 * The file's reader cleans a pattern without its `!`; the matcher trims and cleans the outcome once more, and only then looks for
 * a `!`. So `./!a` is `!a`, and `!/` is a lone `!`.
 */
function cleaned(text: string): { negated: boolean; pattern: string } {
  const marked = text.startsWith('!');
  const rest = marked ? trimSpace(text.slice(1)) : text;
  const path = rest === '' ? '' : cleanPath(rest);
  const relative = path.length > 1 && path.startsWith('/') ? path.slice(1) : path;
  const pattern = cleanPath(trimSpace(marked ? `!${relative}` : relative));
  return pattern.startsWith('!') ? { negated: true, pattern: pattern.slice(1) } : { negated: false, pattern };
}

function problem(file: SourceFile, start: number, end: number, message: string, help?: string): Problem {
  return { rule: 'syntax/dockerignore', range: file.range(start, end), message, ...(help !== undefined && { help }) };
}
