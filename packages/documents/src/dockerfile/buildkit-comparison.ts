import type { Dockerfile, Instruction, Problem, Variable } from '../index.ts';

/** What the oracle program says of a Dockerfile. */
export interface DockerfileFacts {
  readonly escape: string;
  readonly failedAt?: number;
  readonly instructions: readonly InstructionFact[];
  readonly order?: number;
}

interface InstructionFact {
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  readonly flags?: readonly string[];
  readonly args?: readonly string[];
  readonly json?: boolean;
  readonly heredocs?: readonly { name: string; expand?: boolean; chomp?: boolean; content?: string }[];
  readonly fault?: string;
}

/** Where a document and BuildKit's answer differ, a line each. */
export function compareWithBuildKit(
  document: Dockerfile,
  problems: readonly Problem[],
  facts: DockerfileFacts,
): string[] {
  const { instructions } = document;
  const differences: string[] = [];
  const differ = (what: string, ours: unknown, theirs: unknown) => {
    const [one, other] = [JSON.stringify(ours), JSON.stringify(theirs)];
    if (one !== other) differences.push(`${what}: ${one}, BuildKit: ${other}`);
  };
  if (facts.failedAt === undefined) {
    differ('escape', document.escape, facts.escape);
    differ('count', instructions.length, facts.instructions.length);
  } else if (!problems.some((problem) => within(problem, instructions, facts.failedAt ?? 0))) {
    differences.push(`no problem at line ${facts.failedAt}`);
  }
  facts.instructions.forEach((fact, i) => {
    const instruction = instructions[i];
    if (!instruction) return differences.push(`line ${fact.line} is not there`);
    const at = `line ${fact.line}`;
    differ(`${at} name`, instruction.name, fact.name);
    compareLines(instruction, fact, differ);
    differ(`${at} flags`, instruction.flags.map(flagText), (fact.flags ?? []).map(lowerName));
    differ(`${at} heredocs`, heredocsOf(instruction), (fact.heredocs ?? []).map(heredocText));
    compareArguments(instruction, fact, differ);
    const faulty = problems.some((problem) => inside(problem, instruction));
    // BuildKit tells a missing FROM without a place; here it stands at the first instruction.
    const misplaced = document.stages.length === 0 ? i === 0 : fact.line === facts.order;
    const refused = fact.fault !== undefined || misplaced;
    if (faulty !== refused)
      differ(
        `${at} fault`,
        problems.map(({ message }) => message),
        fact.fault ?? '',
      );
  });
  return differences;
}

type Differ = (what: string, ours: unknown, theirs: unknown) => void;

function compareLines({ range }: Instruction, { line, endLine }: InstructionFact, differ: Differ): void {
  const start = range.file.positionAt(range.start).line;
  const end = range.file.positionAt(range.end).line;
  // A line with nothing but a continuation counts for BuildKit, as do comments behind the last continuation.
  const continuation = /^\s*(?:\\\s*)?$/.test(range.file.lineText(line));
  differ(`line ${line} starts`, continuation ? line : start, line);
  differ(`line ${line} ends`, Math.max(end, line) <= endLine, true);
}

function compareArguments(instruction: Instruction, fact: InstructionFact, differ: Differ): void {
  const theirs = fact.args ?? [];
  const what = `line ${fact.line} arguments`;
  if (fact.fault !== undefined) return;
  if (instruction.type === 'copy') {
    differ(`${what} (JSON)`, instruction.json, fact.json ?? false);
    const names = new Set((fact.heredocs ?? []).map(({ name }) => `<<${name}`));
    const sources = theirs.slice(0, -1).filter((word) => !names.has(bareHeredoc(word)));
    differ(what, [...instruction.sources, instruction.destination].map(rawOf), [...sources, theirs.at(-1)]);
  } else if (instruction.type === 'words' && instruction.trigger) {
    differ(what, argumentsOf(instruction), [theirs[0]?.toUpperCase(), ...theirs.slice(1)]);
  } else differ(what, argumentsOf(instruction), theirs);
}

/** `3<<-"EOF"` is `<<EOF`. */
function bareHeredoc(word: string): string {
  return word.replace(/^\d*<<-?/, '<<').replace(/["'\\]/g, '');
}

function argumentsOf(instruction: Instruction): string[] {
  switch (instruction.type) {
    case 'from':
      return instruction.body.text.split(/[\t\v\f\r ]+/);
    case 'variables':
      return instruction.variables.flatMap((variable) => variableText(variable, instruction));
    case 'copy':
      return instruction.body.text.split(/[\t\v\f\r ]+/);
    case 'run':
      return instruction.json?.map(rawOf) ?? [instruction.body.text].filter((text) => text !== '');
    case 'words': {
      const { trigger } = instruction;
      if (!trigger) return instruction.words.map(rawOf);
      return [trigger.name, ...trigger.flags.map(flagText), ...argumentsOf(trigger)];
    }
  }
}

function variableText({ name, value }: Variable, { name: kind, body }: Instruction): string[] {
  if (kind === 'ARG') return [value ? `${name}=${value.raw}` : name];
  const old = kind !== 'ARG' && /^[^=]*$/.test(body.text.split(/[\t\v\f\r ]/, 1)[0] ?? '') && !/^["']/.test(body.text);
  return [name, value?.raw ?? '', old ? '' : '='];
}

function heredocsOf({ heredocs }: Instruction): unknown[] {
  return heredocs.map(({ name, expands, chomps, body }) => [name, expands, chomps, body.text]);
}

function heredocText({
  name,
  expand = false,
  chomp = false,
  content = '',
}: NonNullable<InstructionFact['heredocs']>[number]) {
  return [name, expand, chomp, content];
}

function flagText({ name, value }: { readonly name: string; readonly value?: string }): string {
  return `--${name}${value === undefined ? '' : `=${value}`}`;
}

function lowerName(flag: string): string {
  const [name = '', ...value] = flag.split('=');
  return [name.toLowerCase(), ...value].join('=');
}

function rawOf(word: { readonly raw: string }): string {
  return word.raw;
}

/** Whether a problem stands in the instruction that a line belongs to. */
function within(problem: Problem, instructions: readonly Instruction[], line: number): boolean {
  const { file } = problem.range;
  const start = file.positionAt(problem.range.start).line;
  const owner = instructions.find((each) => inside(problem, each));
  // The parser counts a directive's line from 0, and tells the end of a file without instructions.
  if (!owner) return start === line || start === line + 1 || instructions.length === 0;
  return file.positionAt(owner.range.start).line <= line && line <= file.positionAt(owner.range.end).line + 1;
}

function inside({ range }: Problem, instruction: Instruction): boolean {
  return instruction.range.start <= range.start && range.start <= instruction.range.end;
}
