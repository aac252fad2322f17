import type { Tree } from '@plimsoll/build-context';
import { lastOption, parseArguments } from '@plimsoll/documents';
import type { Arguments, Command, ShellWord } from '@plimsoll/documents';
import { packageJsonAt } from '../workspaces/package-json.ts';
import { readTextOf, stringIn } from '../workspaces/read.ts';
import type { StageCommand } from './commands.ts';
import { readRunnerCall } from './runner-call.ts';

/** How one installer treats its lockfile. */
export interface InstallKind {
  readonly tool: 'npm' | 'pnpm' | 'yarn' | 'bun' | 'uv' | 'poetry' | 'pipenv' | 'bundle' | 'composer';
  readonly manifest: string;
  /** The first is the usual one. */
  readonly lockfiles: readonly [string, ...string[]];
  /** By its own words alone. Undefined: settings decide. */
  readonly frozen: boolean | undefined;
  /** A frozen install goes on where there is no lockfile. */
  readonly runsWithoutLockfile: boolean;
  /** The command that keeps to the lockfile. */
  readonly instead: string;
  /** Only in the branch of a condition. */
  readonly conditional: boolean;
  /** The folder that an option names. */
  readonly folderOption?: ShellWord;
  readonly options: Arguments;
}

/** Reads a command that installs what a manifest asks for; undefined for all else: single packages, global tools, dry runs. */
export function installKind(command: Command): InstallKind | undefined {
  const node = nodeInstall(command);
  if (node) return node;
  const read = others[command.name];
  return read?.(command);
}

const node = {
  npm: { lockfiles: ['package-lock.json', 'npm-shrinkwrap.json'], instead: 'npm ci' },
  pnpm: { lockfiles: ['pnpm-lock.yaml'], instead: 'pnpm install --frozen-lockfile' },
  yarn: { lockfiles: ['yarn.lock'], instead: 'yarn install --immutable (--frozen-lockfile in Yarn 1)' },
  bun: { lockfiles: ['bun.lock', 'bun.lockb'], instead: 'bun install --frozen-lockfile' },
} as const;

function nodeInstall(command: Command): InstallKind | undefined {
  const call = readRunnerCall(command);
  if (call?.does !== 'install' || call.tool === 'nx' || call.tool === 'turbo' || call.tool === 'lerna')
    return undefined;
  const { tool, arguments: given } = call;
  const has = (...names: readonly string[]): boolean => given.options.some(({ name }) => names.includes(name));
  if (has('global', 'lockfile-only', 'package-lock-only', 'dry-run', 'version', 'v', 'help', 'h')) return undefined;
  const verb = given.positionals[0]?.text ?? 'install';
  const folderOption = lastOption(given, 'prefix', 'dir', 'cwd')?.value;
  return {
    tool,
    manifest: 'package.json',
    ...node[tool],
    frozen: nodeFrozen(tool, verb, given),
    runsWithoutLockfile: tool === 'yarn' && !has('immutable'),
    conditional: command.conditional,
    options: given,
    ...(folderOption && { folderOption }),
  };
}

function nodeFrozen(tool: 'npm' | 'pnpm' | 'yarn' | 'bun', verb: string, given: Arguments): boolean | undefined {
  if (tool === 'npm') return /^(?:ci|clean-install|ic|install-clean|install-ci-test|cit)$/.test(verb);
  if (verb === 'ci' || verb === 'clean-install' || verb === 'workspaces') return true;
  const flag = given.options.findLast(({ name }) => /^(?:no-)?(?:frozen-lockfile|immutable)$/.test(name));
  if (flag) return !flag.name.startsWith('no-') && flag.value?.text !== 'false';
  return given.options.some(({ name }) => name === 'no-lockfile') ? false : undefined;
}

type Reader = (command: Command) => InstallKind | undefined;

/** Installers of other languages, by the command's name. */
const others: Readonly<Record<string, Reader | undefined>> = {
  __proto__: null as never,
  uv: (command) =>
    other(command, 'uv', 'sync', {
      manifest: 'pyproject.toml',
      lockfile: 'uv.lock',
      instead: 'uv sync --locked',
      frozenBy: ['locked', 'frozen'],
    }),
  poetry: (command) =>
    other(command, 'poetry', 'install', {
      manifest: 'pyproject.toml',
      lockfile: 'poetry.lock',
      instead: 'poetry install',
      always: true,
    }),
  pipenv: (command) =>
    other(command, 'pipenv', 'install', {
      manifest: 'Pipfile',
      lockfile: 'Pipfile.lock',
      instead: 'pipenv install --deploy',
      frozenBy: ['deploy', 'ignore-pipfile'],
    }),
  bundle: (command) =>
    other(command, 'bundle', 'install', {
      manifest: 'Gemfile',
      lockfile: 'Gemfile.lock',
      instead: 'BUNDLE_FROZEN=true bundle install',
      frozenBy: ['frozen', 'deployment'],
    }),
  composer: (command) =>
    other(command, 'composer', 'install', {
      manifest: 'composer.json',
      lockfile: 'composer.lock',
      instead: 'composer install',
      always: true,
    }),
};

interface OtherKind {
  readonly manifest: string;
  readonly lockfile: string;
  readonly instead: string;
  readonly frozenBy?: readonly string[];
  /** It keeps to the lockfile where there is one, and makes up its own versions where there is none. */
  readonly always?: true;
}

function other(command: Command, tool: InstallKind['tool'], verb: string, kind: OtherKind): InstallKind | undefined {
  const options = parseArguments(command.words.slice(1), {
    values: 'j,jobs d,working-dir C,directory extra group python only with without',
    switches: '',
  });
  const [first, second] = options.positionals;
  if (!first || first.text !== verb || second) return undefined;
  const frozen = kind.always ?? (options.options.some(({ name }) => kind.frozenBy?.includes(name)) || undefined);
  const folderOption = lastOption(options, 'working-dir', 'directory')?.value;
  const base = {
    tool,
    manifest: kind.manifest,
    lockfiles: [kind.lockfile] as const,
    instead: kind.instead,
    frozen,
    options,
  };
  return {
    ...base,
    runsWithoutLockfile: kind.always ?? false,
    conditional: command.conditional,
    ...(folderOption && { folderOption }),
  };
}

/** The variables that make an install of a tool frozen. */
const frozenBy: Readonly<Partial<Record<InstallKind['tool'], readonly string[]>>> = {
  pnpm: ['CI', 'npm_config_frozen_lockfile', 'pnpm_config_frozen_lockfile'],
  yarn: ['YARN_ENABLE_IMMUTABLE_INSTALLS'],
  uv: ['UV_LOCKED', 'UV_FROZEN'],
  bundle: ['BUNDLE_FROZEN', 'BUNDLE_DEPLOYMENT'],
};

/** Whether an install is frozen, by its words or by what is set around it. */
export function frozenState(
  kind: InstallKind,
  { command, value }: StageCommand,
  earlier: readonly StageCommand[],
  tree: Tree | undefined,
): boolean {
  if (kind.frozen !== undefined) return kind.frozen;
  const set = (name: string): boolean => {
    const given = command.assignments.find((one) => one.name === name)?.value.text ?? value(name);
    return given !== undefined && !/^(?:0|false|no)?$/i.test(given);
  };
  if (frozenBy[kind.tool]?.some(set)) return true;
  switch (kind.tool) {
    case 'pnpm':
      return fetched(kind, earlier) || saysFrozen(tree, '.npmrc', /^frozen-lockfile\s*=\s*true\s*$/m);
    case 'yarn':
      return (set('CI') && isBerry(tree)) || saysFrozen(tree, '.yarnrc.yml', /^enableImmutableInstalls:\s*true\s*$/m);
    case 'bundle':
      return earlier.some((one) => isFrozenConfig(one.command));
    default:
      return false;
  }
}

/** `bundle config set frozen true` */
function isFrozenConfig({ name, words }: Command): boolean {
  const settings = words.slice(2).map(({ text }) => text);
  return (
    name === 'bundle' &&
    words[1]?.text === 'config' &&
    settings.some((text) => text === 'frozen' || text === 'deployment')
  );
}

/** `pnpm fetch` takes what the lockfile names, and `--offline` keeps to what was fetched. */
function fetched({ options }: InstallKind, earlier: readonly StageCommand[]): boolean {
  return (
    options.options.some(({ name }) => name === 'offline') &&
    earlier.some(({ command: { name, words } }) => name === 'pnpm' && words.some(({ text }) => text === 'fetch'))
  );
}

function isBerry(tree: Tree | undefined): boolean {
  return (
    tree?.entry('.yarnrc.yml') !== undefined ||
    /^yarn@[2-9]/.test(stringIn(tree && packageJsonAt(tree, 'package.json')?.raw, 'packageManager') ?? '')
  );
}

function saysFrozen(tree: Tree | undefined, path: string, pattern: RegExp): boolean {
  return tree !== undefined && pattern.test(readTextOf(tree, path, 100_000) ?? '');
}
