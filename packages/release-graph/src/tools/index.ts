import { literalText, optionValues, parseArguments } from '@plimsoll/documents';
import type { Command, ShellWord } from '@plimsoll/documents';
import { bakeAndCompose } from './bake-compose.ts';
import { builders } from './builders.ts';
import { deployments } from './deploy.ts';
import { dockerBuild } from './docker-build.ts';
import { launched } from './launchers.ts';
import { callTree, matches } from './match.ts';
import type { CallTree, Match } from './match.ts';
import type { CallBase, DigestPlace, ToolCall } from './model.ts';
import { packages } from './packages.ts';
import { registries } from './registries.ts';
import { remoteAndEdits, remoteDocker } from './remote.ts';
import { releaseTools } from './release-tools.ts';
import type { ToolRow } from './row.ts';
import { scanners } from './scan.ts';
import { signing } from './signing.ts';

export type * from './model.ts';

/** All tables. */
export const toolRows: readonly ToolRow[] = [
  ...dockerBuild,
  ...bakeAndCompose,
  ...registries,
  ...builders,
  ...signing,
  ...scanners,
  ...deployments,
  ...remoteAndEdits,
  ...packages,
  ...releaseTools,
];

const tree = callTree(toolRows);
const remoteTree = callTree([...remoteDocker, ...toolRows]);
const maximumLaunchers = 3;

/** What a shell command does for a release; undefined where no table knows it. */
export function recogniseCommand(command: Command): ToolCall | undefined {
  return recognise(command, tree);
}

/** The same for a command that runs on another machine, or speaks to the Docker of one: `docker run` deploys there. */
export function recogniseRemote(command: Command): ToolCall | undefined {
  return recognise(command, remoteTree);
}

function recognise(command: Command, tree: CallTree): ToolCall | undefined {
  let { name, words } = start(command);
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

/**
 * `${DOCKER:-docker}` is docker unless someone says otherwise, and a variable before the name of a tool is `sudo` or
 * nothing: `$SUDO docker push`. A binary may still have the name of its download: `cosign-linux-amd64`.
 */
function start(command: Command): { name: string; words: readonly ShellWord[] } {
  const { words } = command;
  const name = command.name.replace(/[-_](?:linux|darwin)[-_](?:amd64|arm64|x86_64|aarch64)$/, '');
  const [first, second] = words;
  const [only, more] = first?.parts ?? [];
  if (name !== '' || only?.kind !== 'variable' || more) return { name, words };
  if (only.fallback) return { name: only.fallback.slice(only.fallback.lastIndexOf('/') + 1), words };
  const behind = second && literalText(second);
  return behind !== undefined && tree.children.has(behind) ? { name: behind, words: words.slice(1) } : { name, words };
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
