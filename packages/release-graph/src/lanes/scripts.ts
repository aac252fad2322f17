import { readScript } from '@plimsoll/documents';
import type { Script, Step } from '@plimsoll/documents';

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
