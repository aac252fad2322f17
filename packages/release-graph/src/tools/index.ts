import { optionValues, parseArguments } from '@plimsoll/documents';
import type { Command, ShellWord } from '@plimsoll/documents';
import { bakeAndCompose } from './bake-compose.ts';
import { builders } from './builders.ts';
import { dockerBuild } from './docker-build.ts';
import { launched } from './launchers.ts';
import { callTree, matches } from './match.ts';
import type { Match } from './match.ts';
import type { CallBase, DigestPlace, ToolCall } from './model.ts';
import { packages } from './packages.ts';
import { registries } from './registries.ts';
import type { ToolRow } from './row.ts';
import { signing } from './signing.ts';

export type * from './model.ts';

/** All tables. */
export const toolRows: readonly ToolRow[] = [
  ...dockerBuild,
  ...bakeAndCompose,
  ...registries,
  ...builders,
  ...signing,
  ...packages,
];

const tree = callTree(toolRows);
const maximumLaunchers = 3;

/** What a shell command does for a release; undefined where no table knows it. */
export function recogniseCommand(command: Command): ToolCall | undefined {
  let name = command.name === '' ? fallbackName(command.words[0]) : command.name;
  let words: readonly ShellWord[] = command.words;
  for (let depth = 0; depth <= maximumLaunchers; depth++) {
    for (const match of matches(tree, name, words)) {
      const call = readCall(command, match);
      if (call) return call;
    }
    const inner = launched(name, words);
    if (!inner) return undefined;
    ({ name, words } = inner);
  }
  return undefined;
}

function readCall(command: Command, { row, before, rest }: Match): ToolCall | undefined {
  const { options, positionals } = parseArguments(rest, row.options);
  const all = [...before, ...options];
  const base: CallBase = { tool: row.calls[0], command, options: all, positionals, digests: digestsOf(row, all) };
  const fields = row.read(base);
  return fields && ({ ...base, does: row.does, ...fields } as ToolCall);
}

/** `${DOCKER:-docker}` is docker unless someone says otherwise. */
function fallbackName(word: ShellWord | undefined): string {
  const [only, more] = word?.parts ?? [];
  if (only?.kind !== 'variable' || more || only.fallback === undefined) return '';
  return only.fallback.slice(only.fallback.lastIndexOf('/') + 1);
}

function digestsOf({ digests }: ToolRow, options: CallBase['options']): readonly DigestPlace[] {
  const places: DigestPlace[] = [];
  for (const [name, holds] of Object.entries(digests?.options ?? {})) {
    for (const path of optionValues({ options }, name)) places.push({ kind: 'file', path, holds });
  }
  if (digests?.file) places.push({ kind: 'fixed-file', ...digests.file });
  if (digests?.stdout) places.push({ kind: 'stdout', holds: digests.stdout });
  return places;
}
