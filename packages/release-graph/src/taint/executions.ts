import type { Command } from '@plimsoll/documents';
import { normalise } from '../builds/paths.ts';

/** The text of a word with what is known of it; undefined for one that is not known. */
type Words = readonly (string | undefined)[];

/**
 * The file or folder of the workspace whose code a command runs: the scripts of a manifest or Makefile, a configuration
 * that is code, a script. Undefined for a command that runs nothing of it. `folder`: where it starts.
 */
export function executedPath(command: Command, words: Words, folder: string): string | undefined {
  const [, ...args] = words;
  const { name } = command;
  const tool = tools.get(name);
  if (tool) {
    if (!tool.runs(args)) return undefined;
    const given = tool.folder ? behind(args, tool.folder) : undefined;
    return pathFrom(folder, given ?? '');
  }
  if (interpreters.has(name)) return fileOf(args, folder);
  const written = words[0] ?? '';
  return startsAtFolder.test(written) ? pathFrom(folder, written) : undefined;
}

const startsAtFolder = /^(?:\.{1,2}|\$\{?GITHUB_WORKSPACE\}?|\$\{\{ github\.workspace \}\})?\/|^[\w.-]+\//;

/** Whether a command only builds an image: what it runs of the workspace runs in the builder's containers. */
export function buildsImage(command: Command): boolean {
  const words = command.words.map(({ text }) => text);
  switch (command.name) {
    case 'docker':
    case 'podman':
      return (
        words.some((word) => word === 'build' || word === 'bake') &&
        !words.some((word) => word === 'up' || word === 'run')
      );
    case 'docker-compose':
      return words.includes('build');
    default:
      return command.name === 'buildah' || command.name === 'pack';
  }
}

interface Tool {
  readonly runs: (args: Words) => boolean;
  /** Options that name the folder. */
  readonly folder?: readonly string[];
}

const always: Tool = { runs: () => true };

/** The first argument that is no option. */
function verb(args: Words): string {
  return args.find((word) => word !== undefined && !/^[-+]/.test(word)) ?? '';
}

function unless(pattern: RegExp, folder?: readonly string[]): Tool {
  return { runs: (args) => !pattern.test(verb(args)) && !isQuestion(args), ...(folder && { folder }) };
}

function only(pattern: RegExp, folder?: readonly string[]): Tool {
  return { runs: (args) => pattern.test(verb(args)), ...(folder && { folder }) };
}

function isQuestion(args: Words): boolean {
  return args.length === 1 && /^(?:-[vVh]|--(?:version|help))$/.test(args[0] ?? '');
}

/** Neither lifecycle scripts nor anything else of the folder runs. */
const npmReads =
  /^(?:view|info|show|config|c|get|set|whoami|login|adduser|logout|ping|search|help|root|bin|prefix|owner|access|team|dist-tag|token|profile|deprecate|unpublish|star|stars|docs|repo|bugs|completion|ls|list|outdated|cache|store|setup|env)$/;

function packageManager(folder: readonly string[]): Tool {
  return {
    folder,
    runs: (args) =>
      !isQuestion(args) &&
      !npmReads.test(verb(args)) &&
      !args.some((word) => word === '--ignore-scripts' || word === '-g' || word === '--global'),
  };
}

const pip: Tool = {
  runs: (args) =>
    /^(?:install|wheel|download)$/.test(verb(args)) &&
    args.some(
      (word, index) =>
        /^(?:-r|-e|--requirement|--editable|-c)$/.test(args[index - 1] ?? '') ||
        /^(?:\.|\.{0,2}\/.*|\.\[.*|-r.+|-e.+)$/.test(word ?? ''),
    ),
};

const docker: Tool = {
  runs: (args) => {
    const [first, second, third] = args.filter((word) => word === undefined || !word.startsWith('-'));
    if (first === 'build' || first === 'bake') return true;
    if (first === 'buildx' || first === 'builder' || first === 'image') return second === 'build' || second === 'bake';
    return first === 'compose' && [second, third].some((word) => /^(?:up|build|run|create)$/.test(word ?? ''));
  },
};

const rows: readonly (readonly [names: string, tool: Tool])[] = [
  ['make gmake', { runs: (args) => !isQuestion(args), folder: ['-C', '--directory'] }],
  ['npm', packageManager(['--prefix', '-C'])],
  ['pnpm', packageManager(['-C', '--dir'])],
  ['yarn', packageManager(['--cwd'])],
  ['bun', packageManager(['--cwd'])],
  [
    'npx bunx pnpx nx turbo lerna ng tsx ts-node jest vitest mocha ava eslint stylelint prettier webpack vite rollup next nuxt astro playwright cypress rush wireit',
    always,
  ],
  ['pip pip3', pip],
  ['pipenv pdm hatch tox nox pytest py.test rye', unless(/^(?:--version|config|self)$/)],
  ['poetry', only(/^(?:install|run|build|publish|update|sync)$/, ['-C', '--directory'])],
  ['uv', only(/^(?:sync|run|build|publish|lock|pip)$/, ['--directory', '--project'])],
  [
    'cargo',
    only(
      /^(?:build|b|test|t|run|r|check|c|clippy|bench|doc|package|publish|nextest|llvm-cov|tarpaulin|xtask|make|fix)$/,
    ),
  ],
  ['go', only(/^(?:run|test|generate|build|tool)$/, ['-C'])],
  [
    'mage just task rake earthly dagger bazel bazelisk buck2 pants scons waf meson ninja cmake ctest autoreconf',
    unless(/^--version$/),
  ],
  ['bundle', only(/^(?:install|exec|update|check)$/)],
  ['rails rspec rubocop jekyll mix rebar3 lein sbt mill stack cabal ant', unless(/^version$/)],
  ['composer', only(/^(?:install|i|update|u|run|run-script|test|exec)$/, ['-d', '--working-dir'])],
  ['mvn mvnw', { ...unless(/^--version$/), folder: ['-f', '--file'] }],
  ['gradle gradlew', { ...unless(/^--version$/), folder: ['-p', '--project-dir'] }],
  ['dotnet', only(/^(?:build|test|run|publish|restore|pack|msbuild|tool|cake|nuke)$/)],
  ['msbuild nuget', unless(/^(?:sources|push)$/)],
  ['swift', only(/^(?:build|test|run|package)$/)],
  ['flutter dart', only(/^(?:run|test|build|pub)$/)],
  [
    'pre-commit mkdocs sphinx-build cibuildwheel goreleaser ko skaffold pulumi cdk serverless sls sam ansible-playbook molecule tflint checkov golangci-lint pylint mypy act',
    unless(/^(?:version|login|check|help|--version)$/),
  ],
  ['terraform tofu terragrunt', only(/^(?:plan|apply|init|test|validate|destroy)$/)],
  ['docker podman', docker],
  ['docker-compose', only(/^(?:up|build|run|create)$/)],
  ['buildah', only(/^(?:bud|build)$/)],
  ['pack', only(/^build$/)],
];

const tools: ReadonlyMap<string, Tool> = new Map(
  rows.flatMap(([names, tool]) => names.split(' ').map((name) => [name, tool] as const)),
);

const interpreters: ReadonlySet<string> = new Set([
  'bash',
  'sh',
  'zsh',
  'dash',
  'ksh',
  'source',
  '.',
  'node',
  'nodejs',
  'deno',
  'python',
  'python3',
  'ruby',
  'perl',
  'php',
  'Rscript',
  'pwsh',
  'java',
  'lua',
  'julia',
  'elixir',
]);

/** The script that an interpreter is given; `python -m build` and `-c` text run what stands in the folder, or nothing of it. */
function fileOf(args: Words, folder: string): string | undefined {
  const first = args.findIndex(
    (word) => word === undefined || !/^-/.test(word) || word === '-m' || word === '-c' || word === '-e',
  );
  const word = args[first];
  if (word === undefined || word === '-c' || word === '-e') return undefined;
  if (word === '-m') return /^(?:build|pytest|tox|nox|unittest|pip)$/.test(args[first + 1] ?? '') ? folder : undefined;
  const named = /^(?:run|task|test|-File)$/.test(word) ? args[first + 1] : word;
  if (named === undefined) return undefined;
  return pathFrom(folder, named) ?? (isDynamic(named) ? folder : undefined);
}

/** A script whose name the shell puts together, such as `$(find . -name 'test_*.sh')`: it is looked for where the command starts. */
function isDynamic(name: string): boolean {
  return (
    /^[$`]/.test(name) &&
    !/RUNNER_TEMP|runner\.|HOME|ACTION_PATH|action_path|TOOL_CACHE|mktemp|which|\bcurl\b|\bwget\b/.test(name)
  );
}

function behind(args: Words, options: readonly string[]): string | undefined {
  for (const [index, word] of args.entries()) {
    if (word === undefined) continue;
    if (options.includes(word)) return args[index + 1];
    const option = options.find((one) => one.startsWith('--') && word.startsWith(`${one}=`));
    if (option !== undefined) return word.slice(option.length + 1);
  }
  return undefined;
}

/** The file of the workspace that a script of JavaScript loads: `require('./.github/scripts/x.js')`. */
export function requiredPath(script: string): string | undefined {
  const loaded =
    /\b(?:require|import)\(\s*[`'"](?:\.\/|\$\{\{ ?github\.workspace ?\}\}\/|\$\{process\.env\.GITHUB_WORKSPACE\}\/)([\w./-]+)/.exec(
      script,
    )?.[1];
  return loaded === undefined ? undefined : pathFrom('', loaded);
}

/** A path in the workspace; undefined for one outside of it, or one that is not known. */
export function pathFrom(folder: string, written: string): string | undefined {
  const inside = written.replace(/^(?:\$\{?GITHUB_WORKSPACE\}?|\$\{\{ ?github\.workspace ?\}\})(?:\/|$)/, '\0/');
  if (/^[/~]|[$`]/.test(inside)) return undefined;
  return normalise(inside.startsWith('\0') ? inside.slice(2) : `${folder}/${inside}`);
}
