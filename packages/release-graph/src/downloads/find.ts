import { firstLine } from '@plimsoll/documents';
import type { Command, Dockerfile, Script } from '@plimsoll/documents';
import type { PlacedCommand } from '../model.ts';
import { asideOf } from '../references/aside.ts';
import { checkedFiles } from './checks.ts';
import { isTrustedSource, readFetch, redirected } from './fetches.ts';
import type { Fetch } from './fetches.ts';
import type { DownloadUse, UnverifiedDownload } from './model.ts';
import { baseName, fileNames } from './names.ts';
import type { FileNames } from './names.ts';
import { runs, takesFiles, takesInput } from './takers.ts';

/**
 * The downloads of curl and wget in images and steps that are run, unpacked, installed or made executable in the same stage or
 * job, with no check there.
 */
export function commandDownloads(
  dockerfiles: ReadonlyMap<string, Dockerfile>,
  commands: readonly PlacedCommand[],
): readonly UnverifiedDownload[] {
  const placed = commands.filter(({ site }) => site !== 'script');
  const surroundings = Map.groupBy(placed, (one) => surroundingOf(one, dockerfiles));
  return [...surroundings.values()].flatMap((group) => {
    const fetches = group.flatMap((one, at) => (readFetch(one.command) ? [{ one, at }] : [])).slice(0, maxFetches);
    if (fetches.length === 0) return [];
    const isSafe = checkedFiles(
      group,
      fetches.flatMap(({ one }) => readFetch(one.command)?.files ?? []),
    );
    return fetches.flatMap(({ one, at }) => {
      const later = group.slice(at + 1, at + 1 + maxLater).map(({ command }) => command);
      return downloadOf(one, later, isSafe) ?? [];
    });
  });
}

/** Downloads of one stage or job beyond this number, and commands farther behind one, are not looked at. */
const maxFetches = 300;
const maxLater = 2000;
const maxNames = 50;

/** The stage of a Dockerfile, the job of a workflow, a local action: what is fetched there can be used later on. */
function surroundingOf(
  { site, origin, command }: PlacedCommand,
  dockerfiles: ReadonlyMap<string, Dockerfile>,
): unknown {
  const { file, start } = command.range;
  if (site !== 'RUN') return origin.job ?? file;
  return dockerfiles.get(file.path)?.stages.findLast(({ from }) => from.range.start < start) ?? file;
}

function downloadOf(
  { command, script, site, origin }: PlacedCommand,
  later: readonly Command[],
  isSafe: (file: string, script: Script) => boolean,
): UnverifiedDownload | undefined {
  const fetch = site === 'script' ? undefined : readFetch(command);
  if (!fetch || site === 'script' || isTrustedSource(fetch)) return undefined;
  const used = streamUse(script, command) ?? fileUse(script, command, { fetch, later, isSafe });
  if (!used || used === 'checked') return undefined;
  const { use, by } = used;
  const [url] = fetch.urls;
  const range = firstLine(command.range);
  return {
    range,
    site,
    origin,
    tool: fetch.tool,
    ...(url !== undefined && { url }),
    use,
    ...(by !== command && { usedAt: { at: firstLine(by.range), label: labelOf(use) } }),
    command,
    aside: site === 'RUN' && asideOf('FROM', range.file.path) !== undefined,
  };
}

interface Used {
  readonly use: DownloadUse;
  readonly by: Command;
}

function labelOf({ kind }: DownloadUse): string {
  switch (kind) {
    case 'unpacked':
      return 'here it is unpacked';
    case 'installed':
      return 'here it is installed';
    case 'executable':
      return 'here it is made executable';
    default:
      return 'here it is run';
  }
}

/** What becomes of standard output: through a pipe, `sh -c "$(…)"`, `bash <(…)`. */
function streamUse(script: Script, command: Command): Used | 'checked' | undefined {
  const { commands } = script;
  const { pipeline } = command;
  for (let i = (pipeline?.position ?? 0) + 1; i < (pipeline?.commands.length ?? 0); i++) {
    const next = commands[pipeline?.commands[i] ?? -1];
    const use = next && takesInput(next);
    if (!next || !use) return undefined;
    if (use === 'checks') return 'checked';
    if (use !== 'passes') return { use, by: next };
  }
  const outer = command.within === undefined ? undefined : commands[command.within];
  return outer && substitutedIn(outer, command);
}

/** A word that is all of a substitution, or a redirection from one, with the command in it. */
function substitutedIn(outer: Command, { range }: Command): Used | undefined {
  const holds = (at: Command['range']): boolean => at.start <= range.start && range.end <= at.end;
  const word = outer.words.find(
    (one) => one.parts.length === 1 && one.parts[0]?.kind === 'substitution' && holds(one.range),
  );
  const input = outer.redirections.some(
    ({ operator, target }) => operator.startsWith('<') && target && holds(target.range),
  );
  if (input) {
    const use = takesInput(outer);
    return use && typeof use === 'object' ? { use, by: outer } : undefined;
  }
  if (!word) return undefined;
  if (outer.name === 'eval') return { use: { kind: 'run', by: 'eval' }, by: outer };
  const program = outer.words[outer.words.indexOf(word) - 1]?.text ?? '';
  const isProgram = /^-[a-z]*[ce]$/.test(program) || word.text.startsWith('<(');
  return isProgram && runs(outer) ? { use: { kind: 'run', by: outer.name }, by: outer } : undefined;
}

interface Surrounding {
  readonly fetch: Fetch;
  readonly later: readonly Command[];
  readonly isSafe: (file: string, script: Script) => boolean;
}

/** What becomes of the files that it writes. */
function fileUse(script: Script, command: Command, { fetch, later, isSafe }: Surrounding): Used | undefined {
  const written = [...fetch.files, ...streamedTo(script, command)];
  const names = fileNames(written.slice(0, maxNames).filter((file) => !isSafe(file, script)));
  if (names.size === 0) return undefined;
  for (const other of later) {
    const use = useOfFile(other, names);
    if (use) return { use, by: other };
    if (names.size < maxNames) for (const name of renamed(other, names)) names.add(name);
  }
  return undefined;
}

/** `curl … | gunzip > tool`, `curl … | tee install.sh` */
function streamedTo({ commands }: Script, { pipeline }: Command): readonly string[] {
  const files: string[] = [];
  for (let i = (pipeline?.position ?? 0) + 1; i < (pipeline?.commands.length ?? 0); i++) {
    const next = commands[pipeline?.commands[i] ?? -1];
    if (!next || takesInput(next) !== 'passes') break;
    files.push(...redirected(next));
    if (next.name === 'tee')
      files.push(...next.words.slice(1).flatMap(({ text }) => (text.startsWith('-') ? [] : [text])));
  }
  return files;
}

function useOfFile(command: Command, names: FileNames): DownloadUse | undefined {
  const [first] = command.words;
  if (first && isRun(first.text, names)) return { kind: 'run', by: baseName(first.text) };
  const taken = takesFiles(command, names.has);
  if (taken) return taken;
  const input = command.redirections.some(
    ({ operator, target }) => operator === '<' && target && names.has(target.text),
  );
  const use = input ? takesInput(command) : undefined;
  return typeof use === 'object' ? use : undefined;
}

/** `./install.sh`, `/tmp/install.sh`, `$installer` */
function isRun(first: string, names: FileNames): boolean {
  return (first.includes('/') || first.startsWith('$')) && names.has(first);
}

/** `mv tool-1.2 /usr/local/bin/tool` gives it another name; `gunzip tool.gz` takes an ending away. */
function renamed({ name, words }: Command, names: FileNames): readonly string[] {
  const isUnpacked = /^(?:gunzip|gzip|unxz|xz|unzstd|zstd|bunzip2|bzip2)$/.test(name);
  if (!isUnpacked && !/^(?:mv|cp|ln)$/.test(name)) return [];
  const texts = words.slice(1).map(({ text }) => text);
  if (isUnpacked) return texts.filter(names.has).map((text) => text.replace(/\.\w+$/, ''));
  const target = texts.at(-1);
  return target !== undefined && texts.slice(0, -1).some(names.has) ? [target] : [];
}
