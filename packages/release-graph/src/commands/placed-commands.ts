import { readScript } from '@plimsoll/documents';
import type { Dockerfile, Instruction, Script, Step } from '@plimsoll/documents';
import { scriptOf } from '../lanes/scripts.ts';
import type { Documents, Origin, PlacedCommand } from '../model.ts';
import type { ScriptEntry } from './script-files.ts';

/** Every shell command of Dockerfiles, workflows, actions and script files, once, where it stands. */
export function placedCommands(documents: Documents, entries: readonly ScriptEntry[]): readonly PlacedCommand[] {
  return [
    ...[...documents.dockerfiles.values()].flatMap(runCommands),
    ...[...documents.workflows.values()].flatMap((workflow) =>
      workflow.jobs.flatMap((job) =>
        job.steps.flatMap((step) => stepCommands(step, { workflow, job, step, callers: [] })),
      ),
    ),
    ...[...documents.actions.values()].flatMap((action) =>
      action.steps.flatMap((step) => stepCommands(step, { action, step, callers: [] })),
    ),
    ...scriptsOf(entries).flatMap((script) => placed(script, 'script', { callers: [] })),
  ];
}

/** Each once: the same file may be included by several Makefiles. */
function scriptsOf(entries: readonly ScriptEntry[]): readonly Script[] {
  const places = new Map(
    entries
      .filter(({ releases }) => releases)
      .map(({ path, script }) => [`${path}:${script.commands[0]?.range.start ?? ''}`, script]),
  );
  return [...places.values()];
}

function placed(script: Script, site: PlacedCommand['site'], origin: Origin): readonly PlacedCommand[] {
  return script.commands.map((command) => ({ command, script, site, origin: { ...origin, command } }));
}

function stepCommands(step: Step, origin: Origin): readonly PlacedCommand[] {
  const script = scriptOf(step);
  return script ? placed(script, 'step', origin) : [];
}

function runCommands(dockerfile: Dockerfile): readonly PlacedCommand[] {
  const commands: PlacedCommand[] = [];
  let shell = true;
  for (const instruction of dockerfile.instructions) {
    if (instruction.type === 'from') shell = true;
    if (instruction.type === 'words' && instruction.name === 'SHELL') shell = isPosix(instruction.json?.[0]?.raw ?? '');
    const run = triggered(instruction);
    if (shell && run.type === 'run' && run.script)
      commands.push(...placed(readScript(run.script), 'RUN', { callers: [] }));
  }
  return commands;
}

/** The instruction itself, or that behind ONBUILD. */
function triggered(instruction: Instruction): Instruction {
  return instruction.type === 'words' && instruction.trigger ? instruction.trigger : instruction;
}

/** `["/bin/bash", "-c"]`; cmd and PowerShell speak other languages. */
function isPosix(word: string): boolean {
  return /(?:^|[/"])(?:ba|da|[akz])?sh"?$/.test(word);
}
