import type { StageFile } from '@plimsoll/build-context';
import type { BuildContext } from '../boundary/context.ts';
import { joined, stageCommands, wordValue } from './commands.ts';

/** Whether a RUN of the image deletes a file again that an earlier layer keeps. A wildcard in the name is not followed. */
export function isRemovedLater({ dockerfile, contents, request }: BuildContext, file: StageFile): boolean {
  const stages = new Set(contents.stages.flatMap(({ inFinal, stage }) => (inFinal ? [stage] : [])));
  return stageCommands(dockerfile, request.buildArgs).some(({ command, stage, instruction, folder, value }) => {
    if (command.name !== 'rm' || !stages.has(stage)) return false;
    if (instruction.range.start < file.instruction.range.start) return false;
    return command.words.slice(1).some((word) => {
      const text = word.text.startsWith('-') ? undefined : wordValue(word, value);
      const path = text === undefined ? undefined : joined(folder, text);
      return path !== undefined && (file.path === path || file.path.startsWith(`${path}/`));
    });
  });
}
