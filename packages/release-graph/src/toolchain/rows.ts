import { optionValues } from '@plimsoll/documents';
import type { Arguments, ShellWord } from '@plimsoll/documents';
import {
  cargoPackage,
  composerPackage,
  gemPackage,
  goPackage,
  npmPackage,
  pythonPackage,
  uvPackage,
} from './packages.ts';
import { given } from './row.ts';
import type { InstallerRow } from './row.ts';

const noPackages: readonly ShellWord[] = [];
const all = ({ positionals }: Arguments): readonly ShellWord[] => positionals;
const first = ({ positionals }: Arguments): readonly ShellWord[] => positionals.slice(0, 1);
const globals = (call: Arguments): readonly ShellWord[] =>
  given(call, 'global') || optionValues(call, 'location').some(({ text }) => text === 'global')
    ? call.positionals
    : noPackages;

const node = {
  values: 'C,prefix,dir w,workspace registry loglevel userconfig cache location allow-build',
  switches: 'g,global',
};
const pip = {
  values:
    'r,requirement,requirements c,constraint,constraints e,editable i,index-url extra-index-url index default-index f,find-links t,target prefix root ' +
    'platform python-version implementation abi src cache-dir timeout trusted-host proxy retries progress-bar log ' +
    'global-option C,config-settings upgrade-strategy no-binary only-binary p,python report exists-action cert client-cert ' +
    'override build-constraint group extra index-strategy link-mode keyring-provider python-preference resolution prerelease ' +
    'exclude-newer torch-backend refresh-package upgrade-package reinstall-package no-build-package allow-insecure-host use-feature',
};
const uvTool = {
  values:
    'p,python from with with-editable with-requirements c,constraints overrides index default-index i,index-url extra-index-url ' +
    'f,find-links env-file directory project w',
};

const javascript: readonly InstallerRow[] = [
  {
    calls: ['npm install', 'npm i', 'npm add', 'pnpm add', 'pnpm install', 'pnpm i', 'bun add', 'bun install', 'bun i'],
    options: node,
    packages: globals,
    reads: npmPackage,
    examples: {
      is: [
        'npm i -g pnpm',
        'npm install --global npm@latest',
        'pnpm add -g @acme/cli',
        'npm --location=global i serve',
      ],
      isNot: ['npm i -g pnpm@9.1.0', 'npm i -g "pnpm@$PNPM"', 'npm install left-pad', 'npm i -g ./tool.tgz'],
    },
  },
  {
    calls: ['yarn global add'],
    options: node,
    packages: all,
    reads: npmPackage,
    examples: { is: ['yarn global add serve'], isNot: ['yarn global add serve@14.2.0', 'yarn add serve'] },
  },
  {
    calls: ['corepack prepare', 'corepack use', 'corepack install'],
    options: { values: 'o,output', switches: 'g,global' },
    packages: all,
    reads: npmPackage,
    examples: {
      is: ['corepack prepare pnpm@latest --activate', 'corepack use yarn@stable', 'corepack install -g pnpm'],
      isNot: ['corepack prepare pnpm@9.1.0 --activate', 'corepack enable', 'corepack prepare --activate'],
    },
  },
  {
    calls: ['yarn set version'],
    options: { values: '' },
    packages: () => noPackages,
    reads: npmPackage,
    others: ({ positionals: [version] }) =>
      version && /^(?:latest|stable|berry|canary)$/.test(version.text)
        ? [{ name: 'yarn', channel: version.text, range: version.range, pinned: '<version>' }]
        : [],
    examples: { is: ['yarn set version stable'], isNot: ['yarn set version 4.5.0', 'yarn set version from sources'] },
  },
  {
    calls: ['pnpm dlx', 'yarn dlx', 'pnpx'],
    options: { values: 'p,package allow-build C,dir F,filter', stopAtPositional: true },
    runs: true,
    packages: (call) => (given(call, 'package') ? optionValues(call, 'package') : first(call)),
    reads: npmPackage,
    examples: {
      is: ['pnpm dlx create-acme', 'pnpm --package=@acme/cli dlx acme', 'yarn dlx @acme/cli@latest'],
      isNot: ['pnpm dlx create-acme@1.2.3', 'yarn acme'],
    },
  },
  {
    calls: ['npx', 'bunx', 'npm exec', 'bun x'],
    options: { values: 'p,package c,call w,workspace', switches: 'y,yes', stopAtPositional: true },
    runs: true,
    local: true,
    // Without a version it runs what the project has installed, where it has; only `--yes` says that it means to fetch.
    packages: (call) => {
      const named = given(call, 'package') ? optionValues(call, 'package') : first(call);
      return given(call, 'yes', 'package') ? named : named.filter(({ text }) => text.includes('@', 1));
    },
    reads: npmPackage,
    examples: {
      is: ['npx --yes create-acme', 'npx acme@latest run', 'npx -p @acme/cli acme', 'npm exec -y -- acme'],
      isNot: ['npx acme run', 'npx -y acme@1.2.3', 'npx --no acme'],
    },
  },
];

/** Packages of the Python index; not where a list or constraints say which versions, nor from a folder. */
const listed = (call: Arguments): readonly ShellWord[] =>
  given(call, 'constraint', 'constraints', 'no-index', 'dry-run', 'help', 'version', 'override')
    ? noPackages
    : call.positionals;

const python: readonly InstallerRow[] = [
  {
    calls: ['pip install', 'uv pip install'],
    options: pip,
    packages: listed,
    reads: pythonPackage,
    examples: {
      is: [
        'pip install gunicorn',
        'pip3 install --no-cache-dir -U pip',
        'python3 -m pip install "uvicorn[standard]>=0.30"',
        'uv pip install --system ruff',
      ],
      isNot: [
        'pip install -r requirements.txt',
        'pip install .',
        'pip install -e ".[dev]"',
        'pip install gunicorn==23.0.0',
        'pip install -c constraints.txt gunicorn',
        'pip install dist/*.whl',
        'uv pip install --python-preference system --requirements r.txt',
      ],
    },
  },
  {
    calls: ['pipx install', 'pipx run'],
    options: { values: 'spec python pip-args index-url i suffix preinstall', stopAtPositional: true },
    packages: (call) => (given(call, 'spec') ? optionValues(call, 'spec') : first(call)),
    reads: pythonPackage,
    examples: { is: ['pipx install poetry', 'pipx run build'], isNot: ['pipx install poetry==2.1.0', 'pipx list'] },
  },
  {
    calls: ['uv tool install'],
    options: uvTool,
    packages: (call) =>
      given(call, 'constraints') ? noPackages : given(call, 'from') ? optionValues(call, 'from') : first(call),
    reads: uvPackage,
    examples: {
      is: ['uv tool install ruff', 'uv tool install ruff@latest'],
      isNot: ['uv tool install ruff==0.8.1', 'uv tool install ruff@0.8.1'],
    },
  },
  {
    calls: ['uvx', 'uv tool run'],
    options: { ...uvTool, stopAtPositional: true },
    runs: true,
    packages: (call) => (given(call, 'from') ? optionValues(call, 'from') : first(call)),
    reads: uvPackage,
    examples: { is: ['uvx ruff check', 'uvx --from ruff ruff'], isNot: ['uvx ruff@0.8.1 check', 'uv run ruff'] },
  },
];

const go = { values: 'C mod modfile tags ldflags gcflags asmflags exec o p overlay', singleDash: true };

const others: readonly InstallerRow[] = [
  {
    calls: ['go install'],
    options: go,
    packages: all,
    reads: goPackage,
    examples: {
      is: ['go install golang.org/x/tools/cmd/goimports@latest'],
      isNot: ['go install github.com/acme/gen@v1.2.3', 'go install ./cmd/gen', 'go install "github.com/acme/gen@$V"'],
    },
  },
  {
    calls: ['go run'],
    options: { ...go, stopAtPositional: true },
    runs: true,
    packages: first,
    reads: goPackage,
    examples: { is: ['go run github.com/acme/gen@main ./...'], isNot: ['go run ./cmd/mail me@example'] },
  },
  {
    calls: ['cargo install', 'cargo binstall'],
    options: {
      values:
        'version vers git branch tag rev path root registry index F,features target target-dir profile j,jobs Z config',
    },
    packages: (call) => (given(call, 'version', 'vers', 'git', 'path', 'list') ? noPackages : call.positionals),
    reads: cargoPackage,
    others: (call) =>
      given(call, 'rev', 'tag')
        ? []
        : optionValues(call, 'git').map((word) => ({ name: word.text, range: word.range, pinned: '--rev <commit>' })),
    examples: {
      is: ['cargo install --locked cargo-audit', 'cargo install --git https://github.com/acme/tool'],
      isNot: [
        'cargo install cargo-audit --version 0.21.0',
        'cargo install cargo-audit@0.21.0',
        'cargo install --path .',
        'cargo install --git https://github.com/acme/tool --rev 3f9c2ab',
      ],
    },
  },
  {
    calls: ['gem install'],
    options: {
      values: 'v,version i,install-dir n,bindir s,source P,trust-policy p,http-proxy B,bulk-threshold platform g,file',
    },
    packages: (call) => (given(call, 'version', 'file') ? noPackages : call.positionals),
    reads: gemPackage,
    examples: {
      is: ['gem install bundler', 'gem install --no-document fpm'],
      isNot: ['gem install bundler -v 2.5.4', 'gem install fpm:1.16.0', 'gem install ./tool.gem'],
    },
  },
  {
    calls: ['dotnet tool install'],
    options: {
      values: 'version tool-path add-source configfile framework v,verbosity a,arch source tool-manifest',
      switches: 'g,global',
    },
    packages: (call) => (given(call, 'version') || !given(call, 'global', 'tool-path') ? noPackages : first(call)),
    reads: (word) => {
      const one = npmPackage(word);
      return one && { ...one, pinned: `${one.name} --version <version>` };
    },
    examples: {
      is: ['dotnet tool install -g dotnet-ef', 'dotnet tool install --tool-path /tools dotnet-trace'],
      isNot: ['dotnet tool install -g dotnet-ef --version 9.0.0', 'dotnet tool restore'],
    },
  },
  {
    calls: ['composer global require'],
    options: { values: 'd,working-dir' },
    packages: all,
    reads: composerPackage,
    examples: {
      is: ['composer global require acme/tool'],
      isNot: ['composer global require acme/tool:1.2.3', 'composer require acme/lib'],
    },
  },
];

/** All tables. */
export const installerRows: readonly InstallerRow[] = [...javascript, ...python, ...others];
