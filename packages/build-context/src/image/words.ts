import { expandOptionsAt, expandWord, scopeAt } from '@plimsoll/documents';
import type { CopyInstruction, Dockerfile, Instruction, Stage, Word, WordsInstruction } from '@plimsoll/documents';
import type { BuildRequest } from '../model.ts';

/** A word after expansion; `value` is undefined where it cannot be known, and `reason` says why; `refused` where BuildKit refuses it. */
export interface Expanded {
  readonly value?: string;
  readonly reason?: string;
  readonly refused?: true;
}

/** The sources and destination of a COPY or ADD, expanded. */
export interface CopyWords {
  readonly sources: readonly (Expanded & { readonly word: Word })[];
  readonly destination: Expanded;
}

/** What instructions say once their variables are replaced. */
export interface WordReader {
  copy(instruction: CopyInstruction): CopyWords;
  workdir(instruction: WordsInstruction): Expanded;
  /** The image or stage that a stage is from. */
  base(stage: Stage): Expanded;
}

/** Reads words in the scope of a build. */
export function wordReader({ dockerfile, buildArgs = noArgs }: BuildRequest): WordReader {
  const read = (instruction: Instruction, word: Word | string): Expanded => {
    const at = instruction.onbuild ? triggered(dockerfile, instruction) : instruction;
    const options = expandOptionsAt(dockerfile, at, buildArgs);
    const { value, reason, refused } = expandWord(word, scopeAt(dockerfile, at, buildArgs), options);
    return {
      ...(value !== undefined && { value }),
      ...(reason !== undefined && { reason }),
      ...(refused && { refused }),
    };
  };
  return {
    copy: (instruction) => ({
      sources: instruction.sources.map((word) => ({ word, ...read(instruction, word) })),
      destination: read(instruction, instruction.destination),
    }),
    workdir: (instruction) => read(instruction, instruction.body.text.trim()),
    base: (stage) => read(stage.from, stage.from.image),
  };
}

const noArgs: ReadonlyMap<string, string | undefined> = new Map();

/** An instruction behind ONBUILD, as the stage that it is triggered in runs it: at its start. */
function triggered({ stages }: Dockerfile, { onbuild: _, ...instruction }: Instruction): Instruction {
  const range = stages[instruction.stage]?.from.range ?? instruction.range;
  return { ...instruction, range };
}
