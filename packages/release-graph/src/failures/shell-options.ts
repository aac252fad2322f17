import type { Command, Script } from '@plimsoll/documents';
import type { CallSite } from '../builds/index.ts';
import type { ScriptEntry } from '../commands/script-files.ts';
import type { StepInstance } from '../lanes/model.ts';
import { scriptOf } from '../lanes/scripts.ts';

/** Whether a failing command ends the script, and whether one in the middle of a pipe fails it. */
export interface ShellOptions {
  readonly errexit: boolean;
  readonly pipefail: boolean;
  /** The command that switched `errexit` off. */
  readonly switched?: Command;
}

/** A command in the script that it stands in, with the options that its shell begins with; undefined where that is no POSIX one. */
export interface ShellPlace {
  readonly script: Script;
  readonly index: number;
  readonly start: ShellOptions | undefined;
}

/** Where a command stands, and behind it the command of the step that leads there. */
export function shellPlaces({ script, call, place }: CallSite): readonly ShellPlace[] {
  const { entry, step, via } = place;
  const own = {
    script,
    index: indexIn(script, call.command),
    start: entry ? ofEntry(entry, script) : step && ofStep(step),
  };
  const outer = entry && via && step && scriptOf(step.step);
  return outer ? [own, { script: outer, index: indexIn(outer, via), start: ofStep(step) }] : [own];
}

/** The options at a command: those that the shell begins with, then what `set` changed. */
export function optionsAt({ script, index, start }: ShellPlace): ShellOptions | undefined {
  let options = start;
  for (const command of options ? script.commands.slice(0, index) : []) {
    if (options && command.name === 'set' && command.within === undefined) options = changed(options, command);
  }
  return options;
}

/**
 * Without `shell:` the runner calls `bash -e`, with `shell: bash` `bash -eo pipefail`. Undefined where the shell is
 * another one. GitHub: `jobs.<id>.steps[*].shell`.
 */
function ofStep(step: StepInstance): ShellOptions | undefined {
  const { job, action } = step;
  const said = step.step.shell?.value ?? (action ? undefined : (job?.job.defaultShell ?? job?.workflow.defaultShell));
  if (said === undefined) return isWindows(step) ? undefined : { errexit: true, pipefail: false };
  const shell = said.trim();
  if (shell === 'bash') return { errexit: true, pipefail: true };
  if (shell === 'sh') return { errexit: true, pipefail: false };
  const [program = '', ...words] = shell.split(/\s+/);
  if (!/(?:^|\/)(?:ba|z|da|k)?sh$/.test(program)) return undefined;
  return words.reduce<ShellOptions>((options, word, at) => optionWord(options, word, words[at + 1]), {
    errexit: false,
    pipefail: false,
  });
}

/** Scripts of package.json, recipes and shell scripts. A shell script that is called for itself begins with neither option. */
function ofEntry(entry: ScriptEntry, script: Script): ShellOptions {
  if (entry.kind === 'shell') {
    const [shebang = ''] = /^#![^\n]*/.exec(script.text.text) ?? [];
    const words = shebang.split(/\s+/).slice(1);
    const start = { errexit: false, pipefail: false };
    return words.reduce<ShellOptions>((options, word, at) => optionWord(options, word, words[at + 1]), start);
  }
  const file = script.text.range().file.text;
  return { errexit: true, pipefail: /pipefail/.test(file) };
}

function isWindows({ job }: StepInstance): boolean {
  const runner = job?.job.runsOn;
  return runner !== undefined && /windows/i.test(runner.range.file.text.slice(runner.range.start, runner.range.end));
}

function changed(options: ShellOptions, command: Command): ShellOptions {
  const words = command.words.slice(1).map((word) => word.text);
  const next = words.reduce((so, word, at) => optionWord(so, word, words[at + 1]), options);
  if (options.errexit && !next.errexit) return { ...next, switched: command };
  return next.errexit ? { errexit: true, pipefail: next.pipefail } : next;
}

/** `-euo` with `pipefail` behind it, `+e`. */
function optionWord(options: ShellOptions, word: string, next: string | undefined): ShellOptions {
  if (!/^[-+][a-zA-Z]+$/.test(word)) return options;
  const on = word.startsWith('-');
  const named = word.endsWith('o') ? next : undefined;
  const errexit = word.slice(1).includes('e') || named === 'errexit' ? on : options.errexit;
  const pipefail = named === 'pipefail' ? on : options.pipefail;
  return { ...options, errexit, pipefail };
}

function indexIn(script: Script, command: Command): number {
  return script.commands.findIndex(
    ({ range }) =>
      range.start === command.range.start && range.end === command.range.end && range.file === command.range.file,
  );
}
