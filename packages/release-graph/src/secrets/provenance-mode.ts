import type { Build } from '../model.ts';
import { recogniseCommand } from '../tools/index.ts';

/** Whether BuildKit's provenance of a build holds all build-args (`mode=max`); with a word on why. */
export function keepsBuildArgs(build: Build): string | undefined {
  if (build.how === 'build-push-action' || build.how === 'bake-action') return modeOfAction(build);
  return build.how === 'command' ? modeOfCommand(build) : undefined;
}

const defaultOfActions = 'mode=max, the default for a public repository';

/** docker/actions-toolkit: without an input, `mode=max` in a public repository; `true` leaves the mode to BuildKit, which takes max. */
function modeOfAction({ origin }: Build): string | undefined {
  const input = (name: string): string =>
    origin.step?.with.find((entry) => entry.name.toLowerCase() === name)?.value.trim() ?? '';
  const attest =
    input('attests')
      .split('\n')
      .find((line) => line.includes('type=provenance')) ?? '';
  const provenance = input('provenance');
  if (provenance !== '') return modeOf(provenance, 'provenance');
  if (attest !== '') return modeOf(attest, 'attests');
  return defaultOfActions;
}

/** buildx alone takes `mode=min`, which holds no build-args. */
function modeOfCommand({ origin }: Build): string | undefined {
  const call = origin.command && recogniseCommand(origin.command);
  if (!call || !('attestations' in call)) return undefined;
  for (const { name, value } of call.attestations) {
    const text = value?.text ?? 'true';
    if (name === 'provenance') return modeOf(text, '--provenance');
    if (name === 'attest' && text.includes('type=provenance')) return modeOf(text, '--attest');
  }
  return undefined;
}

function modeOf(text: string, by: string): string | undefined {
  if (/^(?:false|0|no)$/i.test(text) || /disabled=(?:true|1)|mode=min/i.test(text)) return undefined;
  if (text.includes('${{') || text.includes('$')) return undefined;
  return /mode=max/.test(text) ? `mode=max, by ${by}` : `mode=max, which ${by} asks for when it names no mode`;
}
