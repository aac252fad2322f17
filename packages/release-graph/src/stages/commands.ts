import { MappedText, expandOptionsAt, expandWord, readScript, scopeAt } from '@plimsoll/documents';
import type {
  BuildArgs,
  Command,
  Dockerfile,
  Instruction,
  RunInstruction,
  Script,
  ShellWord,
  Stage,
  Word,
} from '@plimsoll/documents';
import { normalise } from '../builds/paths.ts';

/** A command of a RUN, and where in the image it runs. */
export interface StageCommand {
  readonly stage: Stage;
  readonly instruction: RunInstruction;
  readonly command: Command;
  readonly script: Script;
  /** Absolute, in the image; an unknown working directory of the base image counts as `/`. Undefined behind a `cd` to an unknown place. */
  readonly folder?: string;
  /** Values of ARG and ENV that are in scope. */
  readonly value: (name: string) => string | undefined;
}

const noArgs: BuildArgs = new Map();
const known = new WeakMap<Dockerfile, WeakMap<BuildArgs, readonly StageCommand[]>>();

/** The commands of all RUN instructions, in the order of the text. Those behind ONBUILD are not among them. */
export function stageCommands(dockerfile: Dockerfile, buildArgs: BuildArgs = noArgs): readonly StageCommand[] {
  const byArgs = known.get(dockerfile) ?? new WeakMap<BuildArgs, readonly StageCommand[]>();
  known.set(dockerfile, byArgs);
  const commands = byArgs.get(buildArgs) ?? readCommands(dockerfile, buildArgs);
  byArgs.set(buildArgs, commands);
  return commands;
}

function readCommands(dockerfile: Dockerfile, buildArgs: BuildArgs): readonly StageCommand[] {
  const ends = new Map<Stage, string | undefined>();
  return dockerfile.stages.flatMap((stage) => {
    let folder = stage.parent ? ends.get(stage.parent) : '/';
    const found = stage.instructions.flatMap((instruction) => {
      if (instruction.type === 'words' && instruction.name === 'WORKDIR')
        folder = workdir(dockerfile, instruction, buildArgs, folder);
      return instruction.type === 'run' ? commandsOfRun(dockerfile, stage, instruction, buildArgs, folder) : [];
    });
    ends.set(stage, folder);
    return found;
  });
}

function workdir(
  dockerfile: Dockerfile,
  instruction: Instruction,
  buildArgs: BuildArgs,
  from: string | undefined,
): string | undefined {
  const { value } = expandWord(
    instruction.body.text.trim(),
    scopeAt(dockerfile, instruction, buildArgs),
    expandOptionsAt(dockerfile, instruction, buildArgs),
  );
  return value === undefined ? undefined : joined(from, value);
}

/** A path of the image, counted from a folder of it. */
export function joined(from: string | undefined, path: string): string | undefined {
  if (path.startsWith('/')) return `/${normalise(path) ?? ''}`;
  return from === undefined ? undefined : `/${normalise(`${from}/${path}`) ?? ''}`;
}

function commandsOfRun(
  dockerfile: Dockerfile,
  stage: Stage,
  instruction: RunInstruction,
  buildArgs: BuildArgs,
  start: string | undefined,
): readonly StageCommand[] {
  const scope = scopeAt(dockerfile, instruction, buildArgs);
  const value = (name: string): string | undefined => scope.get(name)?.value;
  if (instruction.json) {
    const script = { text: instruction.body, commands: [commandOfWords(instruction.json, instruction)] };
    return script.commands.map((command) => ({
      stage,
      instruction,
      command,
      script,
      value,
      ...(start !== undefined && { folder: start }),
    }));
  }
  if (!instruction.script) return [];
  const script = readScript(instruction.script);
  let folder = start;
  return script.commands.map((command) => {
    const here = { stage, instruction, command, script, value, ...(folder !== undefined && { folder }) };
    if (command.name === 'cd' || command.name === 'pushd') {
      const [target] = command.words.slice(1).filter(({ text }) => !text.startsWith('-'));
      const path = target && wordValue(target, value);
      folder = path === undefined ? undefined : joined(folder, path);
    }
    return here;
  });
}

/** The text of a word with its variables replaced; undefined where one of them is not known. */
export function wordValue(word: ShellWord, value: (name: string) => string | undefined): string | undefined {
  let text = '';
  for (const part of word.parts) {
    const known =
      part.kind === 'literal' ? part.text : part.kind === 'variable' && !part.modified ? value(part.name) : undefined;
    if (known === undefined) return undefined;
    text += known;
  }
  return text;
}

function commandOfWords(json: readonly Word[], { range }: RunInstruction): Command {
  const words = json.map(({ raw, range: at }): ShellWord => ({
    raw,
    text: raw,
    parts: raw === '' ? [] : [{ kind: 'literal', text: raw }],
    range: at,
    mapped: MappedText.of(at).withText(raw),
  }));
  return {
    name: (words[0]?.text ?? '').replace(/^.*\//s, ''),
    words,
    assignments: [],
    redirections: [],
    range,
    conditional: false,
  };
}
