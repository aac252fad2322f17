import type { Mount, RunInstruction, ShellWord } from '@plimsoll/documents';
import { normalise } from '../builds/paths.ts';
import type { StageCommand } from '../stages/commands.ts';
import { joined, wordValue } from '../stages/commands.ts';
import { covers } from './removals.ts';
import type { Surroundings } from './script-flow.ts';
import type { Tracked } from './tracked.ts';

/** What a RUN finds around it: its secret mounts, and the ARGs and ENVs that hold secrets. */
export function surroundingsOfRun(
  { mounts }: RunInstruction,
  commands: readonly StageCommand[],
  variables: ReadonlyMap<string, Tracked>,
): Surroundings {
  const byCommand = new Map(commands.map((one) => [one.command, one]));
  const secrets = mounts.filter(isSecret).map((mount) => ({ tracked: trackedMount(mount), ...placesOf(mount) }));
  return {
    variable: (name) => secrets.find(({ env }) => env === name)?.tracked ?? variables.get(name),
    expression: () => undefined,
    file: (path) => secrets.find(({ target }) => target !== undefined && covers(path, target))?.tracked,
    anyVariable: () => secrets.find(({ env }) => env !== undefined)?.tracked ?? [...variables.values()][0],
    pathOf: (path, command) => pathIn(path, byCommand.get(command)),
  };
}

export function isSecret({ type }: Mount): boolean {
  return type.toLowerCase() === 'secret';
}

export function optionOf({ options }: Mount, ...keys: readonly string[]): string | undefined {
  return options.findLast(({ key }) => keys.includes(key))?.value;
}

/** Where a secret mount puts its content: with `env` alone in no file. [BuildKit: convert_secrets.go] */
export function placesOf(mount: Mount): { readonly env?: string; readonly target?: string; readonly id?: string } {
  const env = optionOf(mount, 'env');
  const given = optionOf(mount, 'target');
  const id = optionOf(mount, 'id', 'source') ?? given?.slice(given.lastIndexOf('/') + 1);
  const target = given ?? (env === undefined && id !== undefined ? `/run/secrets/${id}` : undefined);
  return {
    ...(id !== undefined && { id }),
    ...(env !== undefined && { env }),
    ...(target !== undefined && { target: target.startsWith('/') ? `/${normalise(target) ?? ''}` : target }),
  };
}

function trackedMount(mount: Mount): Tracked {
  const { id } = placesOf(mount);
  const text = id === undefined ? 'a secret mount' : `the secret mount ${id}`;
  return {
    source: { text, kind: 'mount', range: mount.range },
    path: [{ at: mount.range, label: `${text} is given here` }],
  };
}

/** A path of the image, as a command names it. */
export function pathIn(path: ShellWord | string, at: StageCommand | undefined): string {
  const value = (name: string): string | undefined => (name === 'HOME' ? '/root' : at?.value(name));
  const text = typeof path === 'string' ? path : (wordValue(path, value) ?? path.text);
  if (text === '') return '';
  const absolute = text.replace(/^(?:~|\$HOME|\$\{HOME\})(?=\/|$)/, '/root');
  return joined(at?.folder, absolute) ?? absolute;
}

/** Whether a file stays when the RUN ends: nothing is mounted over it. */
export function isKept({ mounts }: RunInstruction, path: string): boolean {
  return !mounts.some((mount) => {
    const target = isSecret(mount) ? placesOf(mount).target : optionOf(mount, 'target');
    return target !== undefined && covers(target.startsWith('/') ? `/${normalise(target) ?? ''}` : target, path);
  });
}
