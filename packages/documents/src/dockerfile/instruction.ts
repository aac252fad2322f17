import type { MappedText } from '../text/mapped-text.ts';
import { readCopy } from './copy.ts';
import { checkFlags } from './flags.ts';
import { readFrom } from './from.ts';
import type { HeredocText } from './heredocs.ts';
import type { Flag, Heredoc, Instruction, WordsInstruction } from './model.ts';
import type { Report } from './report.ts';
import { readRun } from './run.ts';
import { splitStatement } from './split.ts';
import type { LexedFlag, Split } from './split.ts';
import { readVariables } from './variables.ts';
import { readWords } from './words.ts';

/** What an instruction is made of, before its arguments are read. */
export interface Parts {
  readonly split: Split;
  /** Upper case. */
  readonly name: string;
  readonly escape: string;
  readonly texts: readonly HeredocText[];
  readonly report: Report;
  /** What every instruction has. */
  readonly base: Pick<Instruction, 'range' | 'nameRange' | 'flags' | 'heredocs' | 'body' | 'stage' | 'onbuild'>;
}

export interface Surroundings {
  readonly escape: string;
  readonly stage: number;
  readonly heredocs: readonly HeredocText[];
  readonly onbuild: boolean;
  readonly report: Report;
}

/** Reads one statement; what BuildKit refuses in it is reported. */
export function readInstruction(text: MappedText, surroundings: Surroundings): Instruction {
  const { escape, stage, heredocs, onbuild, report } = surroundings;
  const split = splitStatement(text, escape);
  const last = heredocs.at(-1)?.delimiter.range();
  const range = text.range();
  const parts: Parts = {
    split,
    name: split.keyword.toUpperCase(),
    escape,
    texts: heredocs,
    report,
    base: {
      range: last ? { ...range, end: last.end } : range,
      nameRange: text.range(0, split.keyword.length),
      flags: split.flags.map(toFlag),
      heredocs: heredocs.map(toHeredoc),
      body: split.body,
      stage,
      ...(onbuild && { onbuild }),
    },
  };
  checkFlags(parts.name, split.flags, report);
  return readArguments(parts, surroundings);
}

function readArguments(parts: Parts, surroundings: Surroundings): Instruction {
  switch (parts.name) {
    case 'FROM':
      return readFrom(parts);
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      return readVariables(parts, parts.name);
    case 'COPY':
    case 'ADD':
      return readCopy(parts, parts.name);
    case 'RUN':
      return readRun(parts);
    case 'ONBUILD':
      return readOnbuild(parts, surroundings);
    default:
      return readWords(parts);
  }
}

const noTriggers = new Set(['ONBUILD', 'FROM', 'MAINTAINER']);

function readOnbuild(parts: Parts, surroundings: Surroundings): WordsInstruction {
  const { base, report } = parts;
  const instruction = { ...base, type: 'words', name: 'ONBUILD', words: [] } as const;
  if (base.body.text === '') {
    report(base.nameRange, 'ONBUILD needs an instruction behind it');
    return instruction;
  }
  const keyword = splitStatement(base.body, parts.escape).keyword;
  if (surroundings.onbuild || noTriggers.has(keyword.toUpperCase())) {
    if (!surroundings.onbuild) report(base.body.range(0, keyword.length), `${keyword} cannot stand behind ONBUILD`);
    return instruction;
  }
  return { ...instruction, trigger: readInstruction(base.body, { ...surroundings, onbuild: true }) };
}

function toFlag({ name, value, range, valueRange }: LexedFlag): Flag {
  return { name, ...(value !== undefined && { value }), range, valueRange };
}

function toHeredoc({ name, expands, chomps, range, body }: HeredocText): Heredoc {
  return { name, expands, chomps, range, body };
}
