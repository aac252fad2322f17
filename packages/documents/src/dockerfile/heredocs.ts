import { MappedText } from '../text/mapped-text.ts';
import type { Segment } from '../text/mapped-text.ts';
import type { SourceFile } from '../text/source-file.ts';
import { lexShell } from './lex.ts';
import type { LexOptions } from './lex.ts';
import type { Heredoc } from './model.ts';

/** A `<<EOF` word, before its body is read. */
export interface HeredocWord {
  readonly name: string;
  readonly expands: boolean;
  readonly chomps: boolean;
}

/** A heredoc as the shell would need it: its lines as written, and the delimiter. */
export interface HeredocText extends Heredoc {
  readonly written: MappedText;
  readonly delimiter: MappedText;
}

export interface Heredocs {
  readonly heredocs: readonly HeredocText[];
  /** The line behind the last body. */
  readonly next: number;
  /** The one whose delimiter is missing. */
  readonly unterminated?: HeredocText;
}

const keep: LexOptions = { escape: '\\', lookup: () => ({ state: 'undeclared' }), keepUndeclared: true, splits: true };
const word = /^\d*<<(-?)([^<]*)$/;

/** Reads a word as BuildKit's `ParseHeredoc` does; undefined where it is none. */
export function parseHeredocWord(text: string): HeredocWord | undefined {
  const match = text.includes('<<') ? word.exec(text) : null;
  const rest = match?.[2];
  if (!match || !rest) return undefined;
  const { words } = lexShell(rest, keep);
  const [first] = words;
  if (!first || words.length !== 1) return undefined;
  const raw = lexShell(rest, { ...keep, rawQuotes: true }).words[0]?.text ?? '';
  return { name: first.text, expands: countQuotes(raw) === countQuotes(first.text), chomps: match[1] === '-' };
}

function countQuotes(text: string): number {
  return text.replace(/[^'"]/g, '').length;
}

/** Finds the heredocs of a statement and takes their bodies from the lines behind it. */
export function readHeredocs(file: SourceFile, statement: MappedText, next: number): Heredocs {
  const { words } = lexShell(statement.text, { ...keep, rawQuotes: true, rawEscapes: true });
  const heredocs: HeredocText[] = [];
  let line = next;
  for (const { text, start, end } of words) {
    const found = parseHeredocWord(text);
    if (!found) continue;
    const body = readBody(file, line, found);
    const heredoc = { ...found, range: statement.range(start, end), ...body.texts };
    heredocs.push(heredoc);
    line = body.next;
    if (!body.terminated) return { heredocs, next: line, unterminated: heredoc };
  }
  return { heredocs, next: line };
}

interface Body {
  readonly texts: Pick<HeredocText, 'body' | 'written' | 'delimiter'>;
  readonly next: number;
  readonly terminated: boolean;
}

function readBody(file: SourceFile, first: number, word: HeredocWord): Body {
  let line = first;
  while (line <= file.lineCount && !delimits(file.lineText(line), word)) line++;
  const terminated = line <= file.lineCount;
  const end = startOf(file, line);
  const written = MappedText.of(file.range(startOf(file, first), end));
  const name = terminated ? end + (word.chomps ? tabs(file.text, end) : 0) : end;
  const delimiter = MappedText.of(file.range(name, terminated ? name + word.name.length : name));
  const body = word.chomps ? chomp(written, first, line) : written;
  return { texts: { body, written, delimiter }, next: line + 1, terminated };
}

/** Without the tabs at the start of each line. */
function chomp(written: MappedText, first: number, behind: number): MappedText {
  const { file } = written;
  const segments: Segment[] = [];
  const parts: string[] = [];
  let length = 0;
  for (let line = first; line < behind; line++) {
    const start = startOf(file, line) + tabs(file.text, startOf(file, line));
    const part = file.text.slice(start, startOf(file, line + 1));
    segments.push({ at: length, source: start, length: part.length });
    parts.push(part);
    length += part.length;
  }
  return length === 0
    ? MappedText.of({ ...written.range(), end: written.range().start })
    : new MappedText(file, parts.join(''), segments);
}

function startOf(file: SourceFile, line: number): number {
  return line > file.lineCount ? file.text.length : file.lineStart(line);
}

function delimits(line: string, { name, chomps }: HeredocWord): boolean {
  let end = line.length;
  while (end > 0 && line[end - 1] === '\r') end--;
  return line.slice(chomps ? tabs(line, 0) : 0, end) === name;
}

function tabs(text: string, start: number): number {
  let at = start;
  while (text[at] === '\t') at++;
  return at - start;
}
