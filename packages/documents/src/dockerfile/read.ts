import type { Problem, Range, Reading, SourceFile } from '../text/source-file.ts';
import { readDirectives } from './directives.ts';
import { readHeredocs } from './heredocs.ts';
import type { Heredocs } from './heredocs.ts';
import { readInstruction } from './instruction.ts';
import { readJsonForm } from './json-form.ts';
import type { Dockerfile, Instruction, VariableInstruction } from './model.ts';
import { collectProblems } from './report.ts';
import type { Report } from './report.ts';
import { splitStatement } from './split.ts';
import { buildStages } from './stages.ts';
import { maxLineBytes, readStatement } from './statement.ts';
import type { Statement } from './statement.ts';

/** Characters of a file; a larger one is refused. BuildKit's own bound is 16 MiB. */
const maxLength = 2 * 1024 * 1024;

/**
 * Reads a Dockerfile as BuildKit does (its parser and its instructions, release 0.34): what BuildKit refuses there is a problem at
 * its place, and the rest of the file is read all the same.
 *
 * Words stay as written: `expandWord` replaces variables and removes quotes. A file of more than 2,097,152 characters is not read.
 */
export function readDockerfile(file: SourceFile): Reading<Dockerfile> {
  const { report, problems } = collectProblems();
  if (file.text.length > maxLength) {
    report(file.range(0, file.lineEnd(1)), `The file is larger than ${maxLength} characters; it was not read`);
    return { document: emptyDockerfile(file), problems: problems() };
  }
  const { directives, escape } = readDirectives(file, report);
  checkLines(file, report);
  const comments: Range[] = [];
  const instructions = readInstructions(file, escape, comments, report);
  const document: Dockerfile = {
    kind: 'dockerfile',
    file,
    directives,
    escape,
    instructions,
    comments: comments.filter((comment) => !directives.some((directive) => directive.range.start === comment.start)),
    globalArgs: instructions.filter(isGlobalArg),
    stages: buildStages(instructions),
  };
  checkOrder(document, report);
  return { document, problems: inOrder(problems()) };
}

function emptyDockerfile(file: SourceFile): Dockerfile {
  const none = { directives: [], instructions: [], comments: [], globalArgs: [], stages: [] };
  return { kind: 'dockerfile', file, escape: '\\', ...none };
}

function readInstructions(file: SourceFile, escape: string, comments: Range[], report: Report): Instruction[] {
  const instructions: Instruction[] = [];
  let stage = -1;
  for (let line = 1; line <= file.lineCount;) {
    const statement = readStatement(file, line, escape, comments);
    if (!statement) {
      line++;
      continue;
    }
    const { heredocs, next, unterminated } = heredocsOf(file, statement, escape);
    line = next;
    const keyword = splitStatement(statement.text, escape).keyword.toUpperCase();
    if (keyword === 'FROM') stage++;
    instructions.push(readInstruction(statement.text, { escape, stage, heredocs, onbuild: false, report }));
    if (!unterminated) continue;
    report(unterminated.range, `The heredoc has no end: no line is "${unterminated.name}"`);
  }
  return instructions;
}

const takesHeredocs = new Set(['RUN', 'COPY', 'ADD']);

function heredocsOf(file: SourceFile, { text, next }: Statement, escape: string): Heredocs {
  const none = { heredocs: [], next };
  if (!text.text.includes('<<')) return none;
  const outer = splitStatement(text, escape);
  const inner = outer.keyword.toUpperCase() === 'ONBUILD' ? splitStatement(outer.body, escape) : outer;
  if (!takesHeredocs.has(inner.keyword.toUpperCase()) || readJsonForm(inner.body)) return none;
  return readHeredocs(file, text, next);
}

function isGlobalArg(instruction: Instruction): instruction is VariableInstruction {
  return instruction.stage === -1 && instruction.name === 'ARG';
}

function checkOrder({ file, instructions, stages }: Dockerfile, report: Report): void {
  const [first] = instructions;
  if (!first) return report(file.range(0, 0), 'The file holds no instruction');
  if (stages.length === 0) return report(first.nameRange, 'The file has no FROM, so it builds nothing');
  const early = instructions.find((each) => each.stage === -1 && each.name !== 'ARG');
  if (early) report(early.nameRange, `${early.name} stands before the first FROM, where only ARG may`);
}

function checkLines(file: SourceFile, report: Report): void {
  for (let line = 1; line <= file.lineCount; line++) {
    if (Buffer.byteLength(file.lineText(line)) <= maxLineBytes) continue;
    const start = file.lineStart(line);
    return report(
      file.range(start, start + 1),
      `The line is longer than ${maxLineBytes} bytes, which BuildKit refuses`,
    );
  }
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((one, other) => one.range.start - other.range.start);
}
