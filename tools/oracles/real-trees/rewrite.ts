import { textOf } from '@plimsoll/documents';
import type { Dockerfile, Instruction, Stage } from '@plimsoll/documents';

/** A Dockerfile of which only the copies from the context are left, in stages from scratch. */
export interface Rewritten {
  readonly text: string;
  readonly targets: readonly string[];
}

/**
 * Leaves out what needs a network, an image or a shell: external bases become scratch; RUN, copies from stages and
 * images, downloads, heredocs and owners by name go. `drop` takes out more.
 */
export function rewrite(dockerfile: Dockerfile, drop: (instruction: Instruction) => boolean): Rewritten {
  const lines = dockerfile.globalArgs.map((instruction) => textOf(instruction.range));
  for (const stage of dockerfile.stages) {
    lines.push(`FROM ${stage.parent ? nameOf(stage.parent) : 'scratch'} AS ${nameOf(stage)}`);
    for (const instruction of stage.instructions) {
      if (isKept(instruction) && !drop(instruction)) lines.push(withoutOwner(instruction));
    }
  }
  const directive = dockerfile.escape === '`' ? '# escape=`\n' : '';
  return { text: `${directive}${lines.join('\n')}\n`, targets: dockerfile.stages.map(nameOf) };
}

function nameOf({ index }: Stage): string {
  return `stage${index}`;
}

function isKept(instruction: Instruction): boolean {
  if (instruction.heredocs.length > 0) return false;
  if (instruction.type === 'copy')
    return !instruction.from && !instruction.sources.some(({ raw }) => /^(?:https?|git|ssh):|^git@/.test(raw));
  return instruction.name === 'WORKDIR' || instruction.name === 'ARG' || instruction.name === 'ENV';
}

function withoutOwner(instruction: Instruction): string {
  return textOf(instruction.range).replace(/--chown=\S+/g, '');
}
