import type { Range, SourceFile } from '@plimsoll/documents';

/** A `plimsoll-ignore` comment as it is written. */
export interface Directive {
  readonly scope: 'line' | 'file';
  /** The line that it stands on, from 1. */
  readonly line: number;
  /** Whether code stands before it on its line. */
  readonly trailing: boolean;
  readonly rules: readonly { readonly id: string; readonly range: Range }[];
  readonly until?: string;
  readonly untilRange?: Range;
  readonly reason: string;
  /** From `plimsoll` to the end of the line. */
  readonly range: Range;
  /** What is wrong with its form; it then suppresses nothing. */
  readonly fault?: string;
}

const MARK = 'plimsoll-ignore';
const GRAMMAR = 'Write `# plimsoll-ignore RULE[, RULE] [until=YYYY-MM-DD] -- reason`';
export const DIRECTIVE_HELP = `${GRAMMAR}, or plimsoll-ignore-file for the whole file`;

/** The suppressions in the comments of a file, which start with `#`, or with `//` too. At most one a line. */
export function findDirectives(file: SourceFile, slashes: boolean): readonly Directive[] {
  const directives: Directive[] = [];
  const { text } = file;
  for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + 1)) {
    const comment = commentStart(text, at, slashes);
    if (comment === undefined) continue;
    const { line } = file.positionAt(at);
    directives.push(readDirective(file, at, line, text.slice(file.lineStart(line), comment).trim() !== ''));
    at = file.lineEnd(line);
  }
  return directives;
}

/** Where the comment sign stands that has nothing but blanks between it and the mark; undefined where none does. */
function commentStart(text: string, mark: number, slashes: boolean): number | undefined {
  let at = mark - 1;
  while (text[at] === ' ' || text[at] === '\t') at--;
  if (slashes && text[at] === '/' && text[at - 1] === '/') return at - 1;
  if (text[at] !== '#') return undefined;
  while (text[at - 1] === '#') at--;
  return at;
}

function readDirective(file: SourceFile, at: number, line: number, trailing: boolean): Directive {
  const end = file.lineEnd(line);
  const range = { file, start: at, end: at + file.text.slice(at, end).trimEnd().length };
  const written = file.text.slice(at, range.end);
  const word = /^[\w-]+/.exec(written)?.[0] ?? MARK;
  const scope = word === `${MARK}-file` ? 'file' : 'line';
  const base = { scope, line, trailing, range, rules: [], reason: '' } as const;
  if (scope === 'line' && word !== MARK) return { ...base, fault: `"${word}" is no directive` };
  const dashes = separator(written);
  const head = readHead({ file, start: at + word.length, end: at + (dashes ?? written.length) });
  const reason = dashes === undefined ? '' : written.slice(dashes + 2).trim();
  const fault = head.fault ?? (reason === '' ? 'the reason is missing' : undefined);
  return { ...base, ...head, reason, ...(fault !== undefined && { fault }) };
}

/** Where ` -- ` stands; undefined where it does not. */
function separator(written: string): number | undefined {
  const match = /(?<=\s)--(?=\s|$)/.exec(written);
  return match?.index;
}

type Head = Pick<Directive, 'rules' | 'until' | 'untilRange' | 'fault'>;

/** What stands between the directive's name and its reason: rules and a date. */
function readHead({ file, start, end }: Range): Head {
  const rules: { id: string; range: Range }[] = [];
  let date: { until: string; untilRange: Range } | undefined;
  for (const match of file.text.slice(start, end).matchAll(/[^\s,]+/g)) {
    const [word] = match;
    const range = { file, start: start + match.index, end: start + match.index + word.length };
    if (word.startsWith('until=')) date = { until: word.slice('until='.length), untilRange: range };
    else if (/^[a-z]+\/[a-z-]+$/.test(word)) rules.push({ id: word, range });
    else return { rules, ...date, fault: `"${word}" is no rule id` };
  }
  if (rules.length === 0) return { rules, ...date, fault: 'it names no rule' };
  return { rules, ...date, ...(date && !isDate(date.until) && { fault: `"${date.until}" is no date (YYYY-MM-DD)` }) };
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
