import { readScript } from '@plimsoll/documents';
import type { Script, Step } from '@plimsoll/documents';
import type { StepInstance } from './model.ts';

const scripts = new WeakMap<Step, Script>();

/** The script of a `run:` step, read once. Undefined for a step without one, and where another language than a shell's is run. */
export function scriptOf(step: Step): Script | undefined {
  if (!step.run) return undefined;
  if (step.shell && !/^(?:ba|z|da|k)?sh\b/.test(step.shell.value.trim()) && !step.shell.value.includes('${{'))
    return undefined;
  const known = scripts.get(step);
  if (known) return known;
  const script = readScript(step.run.text);
  scripts.set(step, script);
  return script;
}

/** Whether a step runs PowerShell: it says so, its job or workflow does, or it runs on Windows and nobody says otherwise. */
export function isPowerShell({ step, job, action }: StepInstance): boolean {
  if (!step.run) return false;
  const said = step.shell?.value ?? (action ? undefined : (job?.job.defaultShell ?? job?.workflow.defaultShell));
  if (said !== undefined) return /^(?:pwsh|powershell)\b/.test(said.trim());
  const runner = job?.job.runsOn;
  return runner?.type === 'scalar' && /^windows-/.test(String(runner.value));
}
