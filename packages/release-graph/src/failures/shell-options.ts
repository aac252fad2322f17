import type { Command, Script } from '@plimsoll/documents';
import type { CallSite } from '../builds/index.ts';
import type { StepInstance } from '../lanes/model.ts';

/** Whether a failing command ends the script, and whether one in the middle of a pipe fails it. */
export interface ShellOptions {
  readonly errexit: boolean;
  readonly pipefail: boolean;
  /** The command that switched `errexit` off. */
  readonly switched?: Command;
}

/**
 * The options of the shell at a command: those that the runner gives it, then what `set` changed. Without `shell:` the
 * runner calls `bash -e`, with `shell: bash` `bash -eo pipefail`. Undefined where the shell is another one.
 * GitHub: `jobs.<id>.steps[*].shell`.
 */
export function optionsAt(site: CallSite, index: number): ShellOptions | undefined {
  const { script, place } = site;
  let options = place.entry ? ofEntry(site) : place.step && ofStep(place.step);
  for (const command of options ? script.commands.slice(0, index) : []) {
    if (options && command.name === 'set' && command.within === undefined) options = changed(options, command);
  }
  return options;
}

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
function ofEntry({ place: { entry }, script }: CallSite): ShellOptions | undefined {
  if (!entry) return undefined;
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

/** The index of a command in its script. */
export function indexIn(script: Script, command: Command): number {
  return script.commands.findIndex(
    ({ range }) =>
      range.start === command.range.start && range.end === command.range.end && range.file === command.range.file,
  );
}
