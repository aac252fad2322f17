import type { JobInstance } from '../lanes/model.ts';
import { withCalledSteps } from '../lanes/instances.ts';
import { onlyValue } from '../values/resolved.ts';
import type { PackageIndex } from './model.ts';
import { toolName, toolWords, viewOf } from './step-view.ts';
import type { CommandView, StepView } from './step-view.ts';

/**
 * The package indexes that a step publishes to, as far as its commands and its action tell. A script whose name says
 * that it publishes or releases (`npm run release`, `./scripts/publish.sh`) counts for all of them.
 */
export function publishesTo(view: StepView): ReadonlySet<PackageIndex> {
  const found = new Set<PackageIndex>();
  for (const command of view.commands) for (const index of indexesOf(command)) found.add(index);
  return found;
}

const known = new WeakMap<JobInstance, ReadonlySet<PackageIndex>>();

/** The same for all steps of a job. */
export function jobPublishesTo(job: JobInstance): ReadonlySet<PackageIndex> {
  const indexes =
    known.get(job) ?? new Set(withCalledSteps(job.steps).flatMap((step) => [...publishesTo(viewOf(step))]));
  known.set(job, indexes);
  return indexes;
}

const ALL: readonly PackageIndex[] = ['npm', 'pypi', 'crates', 'rubygems', 'nuget', 'maven', 'pub'];

/** Release tools, by the words that publish. */
const RELEASE_TOOLS: readonly { readonly words: readonly string[]; readonly index: PackageIndex }[] = [
  { words: ['semantic-release'], index: 'npm' },
  { words: ['changeset', 'publish'], index: 'npm' },
  { words: ['lerna', 'publish'], index: 'npm' },
  { words: ['nx', 'release', 'publish'], index: 'npm' },
  { words: ['nx', 'release'], index: 'npm' },
  { words: ['release-it'], index: 'npm' },
  { words: ['beachball', 'publish'], index: 'npm' },
  { words: ['rush', 'publish'], index: 'npm' },
  { words: ['auto', 'shipit'], index: 'npm' },
  { words: ['np'], index: 'npm' },
  { words: ['hatch', 'publish'], index: 'pypi' },
  { words: ['flit', 'publish'], index: 'pypi' },
  { words: ['maturin', 'publish'], index: 'pypi' },
  { words: ['maturin', 'upload'], index: 'pypi' },
  { words: ['pdm', 'publish'], index: 'pypi' },
  { words: ['cargo', 'release'], index: 'crates' },
  { words: ['release-plz', 'release'], index: 'crates' },
  { words: ['dart', 'pub', 'publish'], index: 'pub' },
  { words: ['flutter', 'pub', 'publish'], index: 'pub' },
];

const SCRIPT_RUNNERS: ReadonlySet<string> = new Set([
  'npm',
  'pnpm',
  'yarn',
  'bun',
  'make',
  'just',
  'task',
  'nx',
  'turbo',
  'bash',
  'sh',
  'node',
  'rake',
]);
const PUBLISHING_NAME = /(?:^|[/:._-])(?:publish|release)(?:[/:._-]|$)/i;
const CANNOT_PUBLISH = /dry[-_]?run|snapshot|check|notes|version/i;

function indexesOf({ command, call }: CommandView): readonly PackageIndex[] {
  if (call?.does === 'publish') {
    const { ecosystem } = call;
    if (call.dryRun || ecosystem === 'helm' || ecosystem === 'goreleaser') return [];
    return [ecosystem];
  }
  const words = [
    toolName(command),
    ...toolWords(command)
      .map((word) => word.text)
      .slice(1),
  ];
  const tool = RELEASE_TOOLS.find(
    (row) => beginsWith(words, row.words) || (MANAGERS.has(command.name) && beginsWith(words.slice(1), row.words)),
  );
  if (tool) return words.includes('--dry-run') ? [] : [tool.index];
  return runsPublishingScript(words, command.words[0]?.text ?? '') ? ALL : [];
}

/** They run a tool of the project by its bare name. */
const MANAGERS: ReadonlySet<string> = new Set(['pnpm', 'yarn', 'bun']);

function beginsWith(words: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((word, i) => words[i] === word);
}

function runsPublishingScript([name = '', ...args]: readonly string[], program: string): boolean {
  const named = SCRIPT_RUNNERS.has(name) ? args : program.includes('/') ? [program] : [];
  return named.some((word) => !word.startsWith('-') && PUBLISHING_NAME.test(word) && !CANNOT_PUBLISH.test(word));
}

const PUBLIC_HOSTS: Readonly<Record<PackageIndex, RegExp>> = {
  npm: /^registry\.npmjs\.(?:org|com)$|^registry\.yarnpkg\.com$/,
  pypi: /^(?:(?:upload|test)\.)?pypi\.org$/,
  crates: /^(?:static\.|index\.)?crates\.io$/,
  rubygems: /^rubygems\.org$/,
  nuget: /^(?:api|www)\.nuget\.org$/,
  maven: /(?:^|\.)(?:sonatype\.(?:org|com)|maven\.org)$/,
  pub: /^pub\.dev$/,
};

/** Whether a step publishes to the public index itself, not to a private registry or one of GitHub's. Undefined registries are the public one. */
export function usesPublicIndex(view: StepView, index: PackageIndex): boolean {
  const registry = registryOf(view, index);
  return registry === undefined || isPublicIndex(registry, index);
}

/** Whether a registry, as it is written, is the public index. */
export function isPublicIndex(registry: string, index: PackageIndex): boolean {
  const host = /^[a-z+]+:\/\/(?:[^/@]*@)?([^/:]+)/i.exec(registry)?.[1];
  return host === undefined
    ? !/github|gitlab|artifactory|private/i.test(registry)
    : PUBLIC_HOSTS[index].test(host.toLowerCase());
}

/** Variables that name the index. */
const REGISTRY_VARIABLES: Readonly<Partial<Record<PackageIndex, readonly string[]>>> = {
  npm: ['NPM_CONFIG_REGISTRY', 'npm_config_registry', 'NPM_REGISTRY'],
  pypi: [
    'TWINE_REPOSITORY_URL',
    'UV_PUBLISH_URL',
    'HATCH_INDEX_REPO',
    'FLIT_INDEX_URL',
    'MATURIN_REPOSITORY_URL',
    'PDM_PUBLISH_REPO',
  ],
  rubygems: ['RUBYGEMS_HOST'],
};

/** The registry that a step says it publishes to, as it is written; undefined where it says none. */
export function registryOf(view: StepView, index: PackageIndex): string | undefined {
  for (const command of view.commands) {
    const { call } = command;
    if (call?.does !== 'publish' || call.ecosystem !== index || !call.registry) continue;
    const value = command.value(call.registry);
    return onlyValue(value) ?? value.written;
  }
  const action = ['repository-url', 'repository_url', 'registry', 'NUGET_SOURCE']
    .map((name) => view.input(name))
    .find(Boolean);
  if (action && view.action !== undefined) return onlyValue(action.value) ?? action.value.written;
  for (const name of REGISTRY_VARIABLES[index] ?? []) {
    const found = view.variable(name);
    if (found) return onlyValue(found.value) ?? found.value.written;
  }
  return index === 'npm' ? registryOfSetup(view) : undefined;
}

/** The registry that the last setup-node before the step wrote into .npmrc. */
function registryOfSetup({ step }: StepView): string | undefined {
  let registry: string | undefined;
  const before = step.job ? withCalledSteps(step.job.steps) : step.siblings;
  for (const one of before) {
    if (one === step) break;
    const view = viewOf(one);
    if (view.action !== 'actions/setup-node') continue;
    const input = view.input('registry-url');
    if (input) registry = onlyValue(input.value) ?? input.value.written;
  }
  return registry;
}
