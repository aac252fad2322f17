import type { CallSite } from '../builds/index.ts';
import type { Related } from '../model.ts';

/** What lets a step go on though this command failed: what stands behind `||`, and `continue-on-error`. */
export function swallowOf({ call, script, place }: CallSite): Related | undefined {
  const { command } = call;
  const otherwise = command.onFailure === undefined ? undefined : script.commands[command.onFailure];
  if (otherwise && /^(?:true|:|echo|printf)$/.test(otherwise.name))
    return { at: otherwise.range, label: 'a failure goes on here' };
  const { step } = place;
  const setting = step?.step.continueOnError ?? step?.job?.job.continueOnError;
  return setting?.value === 'true' ? { at: setting.range, label: 'a failure is passed over' } : undefined;
}
