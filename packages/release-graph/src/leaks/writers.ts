import type { Command, ShellWord } from '@plimsoll/documents';

/** What a command prints of what it is given: its words, its input and files, or variables; undefined: nothing that is known. */
export function passesOn({ name, words }: Command): 'words' | 'input' | 'environment' | undefined {
  if (name === 'echo' || name === 'printf' || name === 'print') return 'words';
  if (name === 'printenv' || (name === 'env' && words.length === 1)) return 'environment';
  if (isInPlace({ name, words })) return undefined;
  if (name === 'grep' && words.some(({ text }) => /^-\w*[qclL]/.test(text))) return undefined;
  if (name === 'jq' && words.some(({ text }) => /^-\w*e/.test(text) && !text.startsWith('--'))) return 'input';
  return FILTERS.has(name) ? 'input' : undefined;
}

function isInPlace({ name, words }: Pick<Command, 'name' | 'words'>): boolean {
  return /^g?sed$/.test(name) && words.some(({ text }) => /^-(?:i|-in-place)/.test(text));
}

const FILTERS: ReadonlySet<string> = new Set(
  'cat tac base64 base32 sed gsed awk gawk tr cut head tail grep egrep jq yq sort uniq rev fold xxd od hexdump envsubst tee column paste nl'.split(
    ' ',
  ),
);

/** Files that a command copies, with where to. */
export function copiesOf({
  name,
  words,
}: Command): readonly { readonly from: readonly ShellWord[]; readonly to: ShellWord }[] {
  if (/^g?sed$/.test(name)) return [];
  if (name === 'dd') {
    const from = words.find(({ text }) => text.startsWith('if='));
    const to = words.find(({ text }) => text.startsWith('of='));
    return from && to ? [{ from: [valueOf(from, 3)], to: valueOf(to, 3) }] : [];
  }
  if (!COPIERS.has(name)) return [];
  const folder = words.findIndex(({ text }) => text === '-t' || text === '--target-directory');
  const taking = /^-(?:[mogt]|-mode|-owner|-group|-target-directory)$/;
  const operands = words.slice(1).filter(({ text }, i) => !text.startsWith('-') && !taking.test(words[i]?.text ?? ''));
  const to = folder > 0 ? words[folder + 1] : operands.at(-1);
  const from = folder > 0 ? operands : operands.slice(0, -1);
  return to && from.length > 0 ? [{ from, to }] : [];
}

const COPIERS: ReadonlySet<string> = new Set(['cp', 'gcp', 'mv', 'install', 'rsync']);

function valueOf(word: ShellWord, start: number): ShellWord {
  const [first, ...rest] = word.parts;
  const parts = first?.kind === 'literal' ? [{ ...first, text: first.text.slice(start) }, ...rest] : word.parts;
  return {
    ...word,
    text: word.text.slice(start),
    parts: parts.filter(({ text }) => text !== ''),
    mapped: word.mapped.slice(start),
  };
}

/** Where a tool keeps what it is told, so that a secret among its words stays there. */
export interface SettingsWritten {
  readonly tool: string;
  /** In the home folder unless it is relative to the working directory. */
  readonly path?: string;
  /** `git clone`: the folder that it makes, with the URL in its `.git/config`. */
  readonly folder?: ShellWord;
  /** `sed -i`: the file that it changes. */
  readonly file?: ShellWord;
  readonly readsInput?: true;
}

interface Row {
  readonly names: readonly string[];
  /** The subcommands, one of these each. */
  readonly words: readonly string[];
  readonly path: string;
  readonly readsInput?: true;
}

const row = (names: string, words: string, path: string, readsInput?: true): Row => ({
  names: names.split(' '),
  words: words.split(' ').filter(Boolean),
  path,
  ...(readsInput && { readsInput }),
});

/** From the documentation of each tool: where its `config`, `login` and the like write. */
const ROWS: readonly Row[] = [
  row('npm pnpm', 'config set', '~/.npmrc'),
  row('npm pnpm', 'set', '~/.npmrc'),
  row('yarn', 'config set', '~/.yarnrc.yml'),
  row('git', 'config', '~/.gitconfig'),
  row('git', 'remote add|set-url', '.git/config'),
  row('git', 'submodule add', '.git/config'),
  row('git', 'credential approve|store', '~/.git-credentials', true),
  row('pip pip3', 'config set', '~/.config/pip/pip.conf'),
  row('poetry', 'config', '~/.config/pypoetry/auth.toml'),
  row('composer', 'config', '~/.composer/auth.json'),
  row('bundle bundler', 'config', '~/.bundle/config'),
  row('docker podman', 'login', '~/.docker/config.json', true),
  row('aws', 'configure set', '~/.aws/credentials'),
  row('gh', 'auth login', '~/.config/gh/hosts.yml', true),
  row('glab', 'auth login', '~/.config/glab-cli/config.yml', true),
  row('dotnet', 'nuget add|update source', '~/.nuget/NuGet/NuGet.Config'),
  row('nuget', 'sources|source add|update', '~/.nuget/NuGet/NuGet.Config'),
  row('nuget', 'setapikey', '~/.nuget/NuGet/NuGet.Config'),
  row('cargo', 'login', '~/.cargo/credentials.toml', true),
  row('helm', 'repo add', '~/.config/helm/repositories.yaml'),
  row('helm', 'registry login', '~/.config/helm/registry/config.json', true),
  row('huggingface-cli hf', 'login', '~/.cache/huggingface/token'),
  row('huggingface-cli hf', 'auth login', '~/.cache/huggingface/token'),
  row('gcloud', 'auth activate-service-account', '~/.config/gcloud/credentials.db'),
  row('az', 'login', '~/.azure/msal_token_cache.json'),
  row('vault', 'login', '~/.vault-token', true),
  row('kubectl', 'config set-credentials', '~/.kube/config'),
  row('oc', 'login', '~/.kube/config'),
  row('mc', 'alias set', '~/.mc/config.json'),
  row('conan', 'remote login', '~/.conan2/credentials.json'),
  row('snyk', 'auth', '~/.config/configstore/snyk.json'),
  row('ngrok', 'config add-authtoken', '~/.config/ngrok/ngrok.yml'),
];

/** What a command writes down; undefined where it keeps nothing, or takes it away again. */
export function settingsWritten(command: Command): SettingsWritten | undefined {
  const { name, words } = command;
  const operands = operandsOf(command);
  if (isInPlace(command)) {
    const file = operands.at(-1);
    return file && { tool: 'sed -i', file };
  }
  if (name === 'git' && operands[0]?.text === 'clone') return cloneOf(operands.slice(1));
  const found = ROWS.find(
    (one) =>
      one.names.includes(name) && one.words.every((word, i) => word.split('|').includes(operands[i]?.text ?? '')),
  );
  if (!found || words.some(({ text }) => UNSETS.test(text))) return undefined;
  const local =
    name === 'git' && operands[0]?.text === 'config' && !words.some(({ text }) => /^--(?:global|system)$/.test(text));
  return {
    tool: `${name} ${found.words.map((_, i) => operands[i]?.text ?? '').join(' ')}`.trim(),
    path: local ? '.git/config' : found.path,
    ...(found.readsInput && { readsInput: true }),
  };
}

const UNSETS = /^(?:--unset(?:-all)?|--delete|delete|unset|rm|remove|logout|--get(?:-all|-regexp)?|get|list)$/;

/** The words without options; those of `git -C x` and `npm --prefix x` take a value. */
export function operandsOf({ words }: Command): readonly ShellWord[] {
  return words.slice(1).filter(({ text }, i) => {
    const before = words[i]?.text ?? '';
    return (
      !text.startsWith('-') && !/^(?:-C|-c|-b|--branch|--depth|--prefix|--registry|-o|--origin|-j|--jobs)$/.test(before)
    );
  });
}

function cloneOf([url, folder]: readonly ShellWord[]): SettingsWritten | undefined {
  if (!url) return undefined;
  return folder ? { tool: 'git clone', folder } : { tool: 'git clone', path: `${cloneFolder(url.text)}/.git/config` };
}

/** `https://host/owner/name.git` is cloned into `name`. */
function cloneFolder(url: string): string {
  const name = url.split(/[/:]/).findLast((part) => part !== '') ?? '';
  return name.replace(/\.git$/, '');
}
