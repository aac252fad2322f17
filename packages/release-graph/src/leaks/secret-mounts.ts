import type { Command, Dockerfile, RunInstruction, Script } from '@plimsoll/documents';
import { stageCommands } from '../stages/commands.ts';
import type { SecretMount } from './model.ts';
import { isSecret, pathIn, placesOf } from './run-surroundings.ts';

/** The secret mounts of a Dockerfile. */
export function secretMounts(dockerfile: Dockerfile): readonly SecretMount[] {
  const commands = Map.groupBy(stageCommands(dockerfile), ({ instruction }) => instruction);
  return dockerfile.stages.flatMap(({ instructions }) =>
    instructions.flatMap((instruction) => {
      if (instruction.type !== 'run') return [];
      return instruction.mounts.filter(isSecret).map((mount): SecretMount => {
        const { id, env, target } = placesOf(mount);
        const required = mount.options.findLast(({ key }) => key === 'required');
        const own = commands.get(instruction) ?? [];
        return {
          dockerfile,
          instruction,
          mount,
          ...(id !== undefined && { id }),
          required: required !== undefined && /^(?:1|t|true)$/i.test(required.value ?? 'true'),
          noticed: own.some(
            (one, i) =>
              (env !== undefined && asksForVariable(one.command, env)) ||
              (target !== undefined &&
                namesFile(one.command, target, (word) => pathIn(word, one)) &&
                (ASKING.test(one.command.name) ||
                  failureShows(one.script, one.command, i === own.length - 1, instruction))),
          ),
        };
      });
    }),
  );
}

/** `[ -f /run/secrets/x ]`, `test -n "$TOKEN"` */
const ASKING = /^(?:test|\[|\[\[)$/;

function asksForVariable(command: Command, name: string): boolean {
  const reads = command.words.some(({ parts }) =>
    parts.some(
      (part) => part.kind === 'variable' && part.name === name && (ASKING.test(command.name) || /:?\?/.test(part.text)),
    ),
  );
  const isStrict =
    command.name === 'set' && command.words.some(({ text }) => /^-\w*u/.test(text) || text === 'nounset');
  return reads || isStrict;
}

function namesFile(command: Command, target: string, pathOf: (word: Command['words'][number]) => string): boolean {
  const words = [
    ...command.words.slice(1),
    ...command.redirections.flatMap((one) => (one.operator === '<' && one.target ? [one.target] : [])),
  ];
  return words.some((word) => pathOf(word) === target);
}

/** A command that cannot find its file fails; whether the RUN does then. */
function failureShows(script: Script, command: Command, isLast: boolean, run: RunInstruction): boolean {
  if (run.json) return true;
  if (command.onFailure !== undefined || command.tested) return command.tested === true;
  const outer = command.within === undefined ? undefined : script.commands[command.within];
  if (outer) {
    // The status of `$(…)` is lost in the words of a command; that of `A=$(…)` alone is the command's.
    if (outer.words.length > 0) return false;
    return failureShows(script, outer, script.commands.at(-1) === outer, run);
  }
  const { pipeline } = command;
  const strict = script.commands
    .filter(({ name }) => name === 'set')
    .flatMap(({ words }) => words.map(({ text }) => text));
  const isEnd = !pipeline || pipeline.position === pipeline.commands.length - 1;
  if (!isEnd && !strict.includes('pipefail')) return false;
  return isLast || command.followedBy === '&&' || strict.some((text) => /^-\w*e/.test(text) || text === 'errexit');
}
