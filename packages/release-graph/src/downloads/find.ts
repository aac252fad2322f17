import { firstLine } from '@plimsoll/documents';
import type { Command, Dockerfile, Script } from '@plimsoll/documents';
import type { PlacedCommand } from '../model.ts';
import { asideOf } from '../references/aside.ts';
import { isTrustedSource, readFetch, redirected } from './fetches.ts';
import type { Fetch } from './fetches.ts';
import type { DownloadUse, UnverifiedDownload } from './model.ts';
import { baseName, isSameFile, normalName } from './names.ts';
import { isChecker, runs, takesFiles, takesInput } from './takers.ts';

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
    if (!group.some(({ command }) => readFetch(command))) return [];
    const scripts = [...new Set(group.map(({ script }) => script))];
    const checks = scripts.flatMap(readChecks);
    const fetched = group.flatMap(({ command }) => readFetch(command)?.files ?? []).map(baseName);
    const isSafe = (file: string, script: Script): boolean => isChecked(file, script, checks, fetched);
    return group.flatMap(
      (one, at) =>
        downloadOf(
          one,
          group.slice(at + 1).map(({ command }) => command),
          isSafe,
        ) ?? [],
    );
  });
}

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
  for (const at of pipeline?.commands.slice(pipeline.position + 1) ?? []) {
    const next = commands[at];
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
  const names = new Set(written.filter((file) => !isSafe(file, script)).map(normalName));
  if (names.size === 0) return undefined;
  for (const other of later) {
    const use = useOfFile(other, names);
    if (use) return { use, by: other };
    for (const name of renamed(other, names)) names.add(name);
  }
  return undefined;
}

/** `curl … | gunzip > tool`, `curl … | tee install.sh` */
function streamedTo({ commands }: Script, { pipeline }: Command): readonly string[] {
  return (pipeline?.commands.slice(pipeline.position + 1) ?? []).flatMap((at) => {
    const next = commands[at];
    if (!next || takesInput(next) !== 'passes') return [];
    const teed =
      next.name === 'tee' ? next.words.slice(1).flatMap(({ text }) => (text.startsWith('-') ? [] : [text])) : [];
    return [...redirected(next), ...teed];
  });
}

function useOfFile(command: Command, names: ReadonlySet<string>): DownloadUse | undefined {
  const [first] = command.words;
  const isOne = (text: string): boolean => [...names].some((name) => isSameFile(name, text));
  if (first && isRun(first.text, names)) return { kind: 'run', by: baseName(first.text) };
  const taken = takesFiles(command, isOne);
  if (taken) return taken;
  const input = command.redirections.some(({ operator, target }) => operator === '<' && target && isOne(target.text));
  const use = input ? takesInput(command) : undefined;
  return typeof use === 'object' ? use : undefined;
}

/** `./install.sh`, `/tmp/install.sh`, `$installer` */
function isRun(first: string, names: ReadonlySet<string>): boolean {
  const called = normalName(first);
  return [...names].some((name) => (called.includes('/') || called.startsWith('$') ? isSameFile(name, called) : false));
}

/** `mv tool-1.2 /usr/local/bin/tool` gives it another name; `gunzip tool.gz` takes an ending away. */
function renamed({ name, words }: Command, names: ReadonlySet<string>): readonly string[] {
  const texts = words.slice(1).map(({ text }) => normalName(text));
  if (/^(?:gunzip|gzip|unxz|xz|unzstd|zstd|bunzip2|bzip2)$/.test(name))
    return texts
      .filter((text) => [...names].some((one) => isSameFile(one, text)))
      .map((text) => text.replace(/\.\w+$/, ''));
  if (!/^(?:mv|cp|ln)$/.test(name)) return [];
  const target = texts.at(-1);
  const moved = texts.slice(0, -1).some((text) => [...names].some((one) => isSameFile(one, text)));
  return moved && target !== undefined ? [target] : [];
}

/** A command that checks, with the text that it may name files in. */
interface Check {
  readonly script: Script;
  readonly text: string;
  /** The list of sums that it reads stands in a file. */
  readonly listed: boolean;
}

function readChecks(script: Script): readonly Check[] {
  const { commands } = script;
  return commands.filter(isChecker).map((command) => {
    const { pipeline } = command;
    const before = (pipeline?.commands.slice(0, pipeline.position) ?? []).flatMap((at) => commands[at] ?? []);
    const own = command.words.slice(1).map(({ text }) => text);
    const bodies = [command, ...before].flatMap(({ redirections }) =>
      redirections.flatMap(({ target, body }) => [target?.text ?? '', body?.text ?? '']),
    );
    const piped = before.flatMap(({ words }) => words.map(({ text }) => text));
    const lists =
      own.some((text) => /^-[a-z]*c$|^--check/.test(text)) && own.some((text) => text !== '-' && !text.startsWith('-'));
    return { script, text: normalName([...own, ...piped, ...bodies].join(' ')), listed: lists };
  });
}

/** By a check that names it; or by one of the same script that names no file of those that are fetched, and so may mean any. */
function isChecked(file: string, script: Script, checks: readonly Check[], fetched: readonly string[]): boolean {
  return checks.some(
    (check) =>
      check.listed ||
      check.text.includes(baseName(file)) ||
      (check.script === script && !fetched.some((name) => name !== '' && check.text.includes(name))),
  );
}
