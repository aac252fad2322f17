import { firstLine } from '@plimsoll/documents';
import type { Dockerfile, Instruction, Range, Stage } from '@plimsoll/documents';
import { lineageOf } from '../stages/stage-files.ts';
import { stageCommands } from '../stages/commands.ts';
import { removedBy } from './removals.ts';
import { pathIn } from './run-surroundings.ts';

/** Where a file is deleted again by a later RUN of its stage, or of one that is FROM it. */
export type Deletion = (stage: Stage, path: string, behind: Instruction) => Range | undefined;

const known = new WeakMap<Dockerfile, Deletion>();

export function deletionsOf(dockerfile: Dockerfile): Deletion {
  const deletion = known.get(dockerfile) ?? readDeletions(dockerfile);
  known.set(dockerfile, deletion);
  return deletion;
}

function readDeletions(dockerfile: Dockerfile): Deletion {
  const removals = stageCommands(dockerfile).flatMap((one) => {
    const removed = removedBy(one.command, (word) => pathIn(word, one));
    return removed ? [{ ...one, removed }] : [];
  });
  return (stage, path, behind) => {
    const found = removals.find(
      (one) =>
        one.instruction !== behind &&
        one.command.range.start > behind.range.start &&
        lineageOf(one.stage).includes(stage) &&
        one.removed({ kind: 'file', path }),
    );
    return found && firstLine(found.command.range);
  };
}
