import { lastOption, optionValues, parseArguments } from '@plimsoll/documents';
import type { ArgumentSpec, Arguments, Command, ShellWord } from '@plimsoll/documents';
import type { PackageManager } from '../workspaces/model.ts';

/** A call of a package manager or a task runner. */
export interface RunnerCall {
  readonly tool: PackageManager | 'nx' | 'turbo' | 'lerna';
  /** `install`: all that the manifests ask for. `task`: a script or a target. `prune`: a part of the workspace is put apart. */
  readonly does: 'install' | 'task' | 'prune' | 'deploy' | 'add' | 'other';
  /** The script or target: `build`. */
  readonly task?: string;
  /** What chooses projects: names, folders and filters, as written. */
  readonly projects: readonly ShellWord[];
  readonly arguments: Arguments;
  readonly command: Command;
}

/** Reads `nx build api`, `pnpm --filter api build`, `npm ci -w apps/api`, also behind `npx`, `pnpm exec`, `corepack`; undefined for anything else. */
export function readRunnerCall(command: Command): RunnerCall | undefined {
  return read(command, command.words, 0);
}

const specs: Readonly<Record<PackageManager | 'nx' | 'turbo' | 'lerna' | 'npx', ArgumentSpec>> = {
  npm: {
    values:
      'w,workspace prefix C cache registry loglevel userconfig globalconfig omit include only script-shell fetch-timeout fetch-retries maxsockets tag install-strategy',
    switches: 'g,global D,save-dev P,save-prod E,save-exact',
  },
  pnpm: {
    values:
      'F,filter filter-prod C,dir reporter store-dir virtual-store-dir network-concurrency child-concurrency workspace-concurrency loglevel modules-dir registry node-linker lockfile-dir',
    switches: 'g,global r,recursive P,prod D,dev',
  },
  yarn: {
    values:
      'cwd modules-folder cache-folder network-timeout network-concurrency registry mutex include exclude from j,jobs use-yarnrc',
    switches: 'A,all p,parallel',
  },
  bun: { values: 'F,filter cwd registry cache-dir backend c,config', switches: 'g,global p,production' },
  nx: {
    values:
      'p,projects t,target,targets c,configuration parallel exclude base head runner outputStyle output-style outputPath tuiAutoExit',
    switches: '',
  },
  turbo: {
    values: 'F,filter scope cwd out-dir concurrency cache-dir env-mode output-logs log-order token team api',
    switches: '',
  },
  lerna: { values: 'scope ignore concurrency since', switches: '' },
  npx: { values: 'p,package c,call', switches: 'y,yes', stopAtPositional: true },
};

const maxDepth = 4;

function read(command: Command, words: readonly ShellWord[], depth: number): RunnerCall | undefined {
  const name = (words[0]?.text ?? '').replace(/^.*\//s, '').replace(/@[\w.^~-]+$/, '');
  const rest = words.slice(1);
  if (depth > maxDepth) return undefined;
  switch (name) {
    case 'corepack':
      return read(command, rest, depth + 1);
    case 'npx':
    case 'bunx':
    case 'pnpx':
      return read(command, parseArguments(rest, specs.npx).positionals, depth + 1);
    case 'npm':
    case 'pnpm':
    case 'yarn':
    case 'bun':
      return packageManager(name, command, rest, depth);
    case 'nx':
    case 'turbo':
    case 'lerna':
      return taskRunner(name, command, rest);
    default:
      return undefined;
  }
}

const installs: Readonly<Record<PackageManager, RegExp>> = {
  npm: /^(?:install|i|in|ins|inst|insta|instal|isntall|ci|clean-install|ic|install-clean|install-test|it|install-ci-test|cit)$/,
  pnpm: /^(?:install|i|ci|clean-install)$/,
  yarn: /^install$/,
  bun: /^(?:install|i|ci)$/,
};

const adds =
  /^(?:add|a|update|up|upgrade|remove|rm|uninstall|un|dedupe|link|import|audit|rebuild|prune|fetch|store|config|cache|set|setup|env|self-update|get|login|whoami|publish|pack|version|init|create|dlx|why|ls|list|outdated|root|bin|view|info|x|pm|plugin|constraints|explain|node|policies|global|patch|patch-commit)$/;

function packageManager(
  tool: PackageManager,
  command: Command,
  words: readonly ShellWord[],
  depth: number,
): RunnerCall | undefined {
  const given = parseArguments(words, specs[tool]);
  const [first, second, third] = given.positionals;
  const inner = innerWords(tool, given, words);
  if (inner) {
    const call = read(command, inner, depth + 1);
    if (call) return { ...call, projects: [...chosen(tool, given), ...call.projects] };
  }
  const base = { tool, arguments: given, command, projects: chosen(tool, given) };
  const verb = first?.text ?? (tool === 'yarn' ? 'install' : '');
  if (tool === 'yarn' && verb === 'workspace' && second)
    return { ...base, does: 'task', projects: [second], ...(third && { task: taskOf(third, given.positionals[3]) }) };
  if (tool === 'yarn' && verb === 'workspaces') return yarnWorkspaces(base, given);
  if (installs[tool].test(verb)) return { ...base, does: tool !== 'yarn' && second ? 'add' : 'install' };
  if (verb === 'run' || verb === 'run-script' || verb === 'exec')
    return { ...base, does: verb === 'exec' ? 'other' : 'task', ...(second && { task: second.text }) };
  if (tool === 'pnpm' && verb === 'deploy') return { ...base, does: 'deploy' };
  if (verb === '' || adds.test(verb)) return { ...base, does: 'add' };
  return { ...base, does: 'task', task: verb };
}

/** `run build` and `build` name the same script. */
function taskOf(first: ShellWord, second: ShellWord | undefined): string {
  return first.text === 'run' && second ? second.text : first.text;
}

function yarnWorkspaces(base: Omit<RunnerCall, 'does'>, given: Arguments): RunnerCall {
  const [, verb, ...rest] = given.positionals;
  if (verb?.text === 'focus') return { ...base, does: 'install', projects: rest };
  const task = rest.find(({ text }) => text !== 'run');
  return { ...base, does: 'task', projects: optionValues(given, 'include', 'from'), ...(task && { task: task.text }) };
}

/** The command behind `pnpm exec`, `npm exec --`, `yarn nx …`. */
function innerWords(
  tool: PackageManager,
  { positionals }: Arguments,
  words: readonly ShellWord[],
): readonly ShellWord[] | undefined {
  const [first, second] = positionals;
  const start = /^(?:exec|x|dlx)$/.test(first?.text ?? '')
    ? second
    : tool !== 'npm' && /^(?:nx|turbo|lerna)$/.test(first?.text ?? '')
      ? first
      : undefined;
  return start && words.slice(words.indexOf(start));
}

function chosen(tool: PackageManager, given: Arguments): readonly ShellWord[] {
  switch (tool) {
    case 'npm':
      return optionValues(given, 'workspace', 'prefix');
    case 'pnpm':
      return optionValues(given, 'filter', 'filter-prod', 'dir');
    case 'yarn':
    case 'bun':
      return optionValues(given, 'cwd', 'filter');
  }
}

function taskRunner(tool: 'nx' | 'turbo' | 'lerna', command: Command, words: readonly ShellWord[]): RunnerCall {
  const given = parseArguments(words, specs[tool]);
  const [first, second] = given.positionals;
  const base = { tool, arguments: given, command };
  if (tool === 'turbo') {
    const scoped = optionValues(given, 'filter', 'scope');
    if (first?.text === 'prune')
      return { ...base, does: 'prune', projects: [...scoped, ...given.positionals.slice(1)] };
    const task = first?.text === 'run' ? second : first;
    return { ...base, does: 'task', projects: scoped, ...(task && { task: task.text }) };
  }
  if (tool === 'lerna')
    return { ...base, does: 'task', projects: optionValues(given, 'scope'), ...(second && { task: second.text }) };
  if (first?.text === 'run-many' || first?.text === 'affected') {
    const task = lastOption(given, 'targets')?.value;
    return { ...base, does: 'task', projects: optionValues(given, 'projects'), ...(task && { task: task.text }) };
  }
  if (first?.text === 'run')
    return {
      ...base,
      does: 'task',
      projects: second ? [second] : [],
      ...(second && { task: second.text.split(':')[1] ?? '' }),
    };
  if (!second) return { ...base, does: 'other', projects: [] };
  return { ...base, does: 'task', projects: [second], ...(first && { task: first.text }) };
}
