import { parseArguments } from '@plimsoll/documents';
import type { Arguments, Command, Option, ShellWord } from '@plimsoll/documents';
import type { PlacedCommand } from '../model.ts';
import type { UnpinnedInstall, UnpinnedPackage } from './model.ts';
import type { InstallerRow } from './row.ts';
import { installerRows } from './rows.ts';

export { installerRows } from './rows.ts';

/**
 * The commands of images and of the lane that install or run packages at no version. `depends`: whether a package of npm is
 * one that the repository depends on, so that `npx` runs what its lockfile names.
 */
export function unpinnedInstalls(
  commands: readonly PlacedCommand[],
  depends: (name: string) => boolean,
): readonly UnpinnedInstall[] {
  return commands.flatMap(({ command, site, origin }) => {
    const found = site === 'script' ? undefined : readInstall(command);
    if (!found || site === 'script') return [];
    const [first, ...others] = found.row.local
      ? found.packages.filter((one) => one.channel !== undefined || !depends(one.name))
      : found.packages;
    if (!first) return [];
    return [{ command, site, origin, tool: found.tool, runs: found.row.runs ?? false, packages: [first, ...others] }];
  });
}

interface FoundInstall {
  readonly row: InstallerRow;
  readonly tool: string;
  readonly packages: readonly UnpinnedPackage[];
}

/** What a command installs or runs at no version; undefined for all else. */
export function readInstall(command: Command): FoundInstall | undefined {
  const words = asCalled(command);
  for (const { row, path } of callsByName.get(words[0]?.name ?? '') ?? []) {
    const call = callOf(path, words, row);
    if (!call) continue;
    const packages = [...row.packages(call).flatMap((word) => row.reads(word) ?? []), ...(row.others?.(call) ?? [])];
    if (packages.length > 0) return { row, tool: row.runs ? path.join(' ') : (path[0] ?? ''), packages };
  }
  return undefined;
}

const callsByName = Map.groupBy(
  installerRows.flatMap((row) => row.calls.map((call) => ({ row, path: call.split(' ') }))),
  ({ path }) => path[0] ?? '',
);

interface CalledWord extends ShellWord {
  readonly name: string;
}

/** The words, the first with the name that the tables know: `pip` for `pip3.12` and `python3 -m pip`. */
function asCalled({ name, words }: Command): readonly CalledWord[] {
  const [first, option, module, ...rest] = words;
  const named = (all: readonly ShellWord[], as: string): readonly CalledWord[] =>
    all.map((word, i) => ({ ...word, name: i === 0 ? as : '' }));
  if (/^python[\d.]*$/.test(name) && option?.text === '-m' && module) return named([module, ...rest], module.text);
  return first ? named(words, /^pip[\d.]*$/.test(name) ? 'pip' : name) : [];
}

/** The call without its subcommands, where it has those of the path. */
function callOf(
  path: readonly string[],
  words: readonly ShellWord[],
  { options: spec }: InstallerRow,
): Arguments | undefined {
  const before: Option[] = [];
  let left = words.slice(1);
  // `cargo +nightly install`
  if (path[0] === 'cargo' && left[0]?.text.startsWith('+')) left = left.slice(1);
  for (const subcommand of path.slice(1)) {
    const { options, positionals } = parseArguments(left, { ...spec, stopAtPositional: true });
    if (positionals[0]?.text !== subcommand) return undefined;
    before.push(...options);
    left = positionals.slice(1);
  }
  const { options, positionals } = parseArguments(left, spec);
  return { options: [...before, ...options], positionals };
}
