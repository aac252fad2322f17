import type { Command, Script } from '@plimsoll/documents';
import { normalise } from '../builds/paths.ts';
import { inFolder } from '../builds/sources.ts';
import { lazy } from '../lazy.ts';
import { readRunnerCall } from '../stages/runner-call.ts';
import type { RunnerCall } from '../stages/runner-call.ts';
import type { Resolved } from '../values/resolved.ts';
import { resolveWord, shellScope } from '../values/shell.ts';
import { literal, onlyValue } from '../values/resolved.ts';
import type { ValueScope } from '../values/value.ts';
import { justCalls, justFolder } from './just-calls.ts';
import { valueBehindEquals } from './value-behind-equals.ts';
import type { ScriptEntry } from './script-files.ts';

/** A script file that another script calls, with what is handed over. */
export interface CalledEntry {
  readonly entry: ScriptEntry;
  /** Its own variables, then those of the caller. */
  readonly scope: ValueScope;
  /** The call. */
  readonly command: Command;
  /** The variables that make is given on its command line. */
  readonly given: string;
}

const maxCalled = 200;

/** The entries that a script calls, with those that they call in turn: `make image`, `npm run build:image`, `./hack/push.sh`. */
export function calledEntries(
  script: Script,
  scope: ValueScope,
  folders: ReadonlyMap<Command, string | undefined>,
  entries: readonly ScriptEntry[],
): readonly CalledEntry[] {
  const found: Found = { calls: [], givenTo: new Map() };
  for (const command of script.commands) {
    const folder = folders.get(command);
    if (folder === undefined) continue;
    for (const called of callsOf({ command, script, scope, folder }, entries)) follow(called, entries, found);
  }
  return found.calls;
}

interface Found {
  readonly calls: CalledEntry[];
  /** What each entry is called with, so that none is followed twice with the same. */
  readonly givenTo: Map<ScriptEntry, Set<string>>;
}

function follow(called: CalledEntry, entries: readonly ScriptEntry[], found: Found): void {
  const given = found.givenTo.get(called.entry) ?? new Set();
  if (given.has(called.given) || found.calls.length >= maxCalled) return;
  found.givenTo.set(called.entry, given.add(called.given));
  found.calls.push(called);
  const { script, folder, kind } = called.entry;
  const { scope } = called;
  for (const command of script.commands) {
    const [first = [], second = []] = (kind === 'shell' ? ['', folder] : [folder]).map((from) =>
      callsOf({ command, script, scope, folder: from, own: folder }, entries),
    );
    for (const inner of first.length > 0 ? first : second)
      follow({ ...inner, command: called.command }, entries, found);
  }
}

/** A command that may call a script. */
interface Caller {
  readonly command: Command;
  readonly script: Script;
  readonly scope: ValueScope;
  /** Where it runs: of a shell script the root, from where most are called, or where it stands. */
  readonly folder: string;
  /** The folder of the file that it stands in. */
  readonly own?: string;
}

function callsOf(caller: Caller, entries: readonly ScriptEntry[]): readonly CalledEntry[] {
  const { command, script, scope, folder } = caller;
  if (entries.length === 0) return [];
  const words = lazy(() => {
    const inner = shellScope(script, command, scope);
    return command.words.slice(1).map((word) => onlyValue(resolveWord(word, inner)) ?? word.text);
  });
  const handed = (entry: ScriptEntry, given: ReadonlyMap<string, Resolved>): CalledEntry => ({
    entry,
    command,
    given: JSON.stringify([...given].map(([name, { forms }]) => [name, forms])),
    scope: entry.within((name) => given.get(name), callerScope(script, command, scope)),
  });
  if (/^(?:g?make|\$[({]MAKE[)}])$/.test(command.name || (command.words[0]?.text ?? '')))
    return makeCalls(caller, words(), entries, handed);
  if (command.name === 'just') return calledRecipes(caller, words(), entries, handed);
  const task = readRunnerCall(command);
  if (task?.does === 'task')
    return tasksOf(task, entries)
      .filter((entry) => isTask(entry, task, folder))
      .map((entry) => handed(entry, new Map()));
  const path = scriptPath(caller, words);
  return (
    indexed(entries)
      .shell.get(path ?? '')
      ?.map((entry) => handed(entry, new Map())) ?? []
  );
}

/** Entries by what calls them: a path, the folder of a Makefile or justfile, the name of a task. */
interface Index {
  readonly shell: ReadonlyMap<string, readonly ScriptEntry[]>;
  readonly make: ReadonlyMap<string, readonly ScriptEntry[]>;
  readonly just: ReadonlyMap<string, readonly ScriptEntry[]>;
  readonly task: ReadonlyMap<string, readonly ScriptEntry[]>;
}

const indexes = new WeakMap<readonly ScriptEntry[], Index>();

function indexed(entries: readonly ScriptEntry[]): Index {
  const known = indexes.get(entries);
  if (known) return known;
  const of = (kinds: readonly ScriptEntry['kind'][], key: (entry: ScriptEntry) => string) =>
    Map.groupBy(
      entries.filter(({ kind }) => kinds.includes(kind)),
      key,
    );
  const index: Index = {
    shell: of(['shell'], ({ path }) => path),
    make: of(['make'], ({ folder }) => folder),
    just: of(['just'], ({ folder }) => folder),
    task: of(['package.json', 'nx'], ({ name }) => name),
  };
  indexes.set(entries, index);
  return index;
}

function tasksOf({ task }: RunnerCall, entries: readonly ScriptEntry[]): readonly ScriptEntry[] {
  const { task: byName } = indexed(entries);
  return [...new Set((task ?? '').split(','))].flatMap((name) => byName.get(name) ?? []);
}

function calledRecipes(
  { command, script, scope, folder }: Caller,
  words: readonly string[],
  entries: readonly ScriptEntry[],
  handed: Handed,
): readonly CalledEntry[] {
  const local = indexed(entries).just.get(normalise(`${folder}/${justFolder(words)}`) ?? '') ?? [];
  const inner = shellScope(script, command, scope);
  const valueOf = (index: number): Resolved => {
    const word = command.words[index + 1];
    return word ? resolveWord(word, inner) : literal('');
  };
  return justCalls(words, valueOf, local).flatMap(({ recipe, given }) =>
    withNeeded([recipe], local).map((entry) => handed(entry, entry.name === recipe ? given : new Map())),
  );
}

type Handed = (entry: ScriptEntry, given: ReadonlyMap<string, Resolved>) => CalledEntry;

function makeCalls(
  { command, script, scope, folder }: Caller,
  words: readonly string[],
  entries: readonly ScriptEntry[],
  handed: Handed,
): readonly CalledEntry[] {
  const where = normalise(`${folder}/${makeFolder(words)}`);
  const given = new Map<string, Resolved>();
  const targets: string[] = [];
  for (const [index, word] of words.entries()) {
    if (word.startsWith('-') || takesValue.test(words[index - 1] ?? '')) continue;
    const name = /^([A-Za-z_]\w*)[:?]?=/.exec(word)?.[1];
    const written = command.words[index + 1];
    if (name === undefined) targets.push(word);
    else if (written) given.set(name, valueBehindEquals(resolveWord(written, shellScope(script, command, scope))));
  }
  const local = indexed(entries).make.get(where ?? '') ?? [];
  const wanted = targets.length > 0 ? targets : local.slice(0, 1).map((entry) => entry.name);
  return withNeeded(wanted, local).map((entry) => handed(entry, given));
}

const takesValue = /^(?:-[CfIo]|--(?:directory|file|makefile|include-dir|old-file|assume-old))$/;

/** `-C images`, `-Cimages`, `--directory images`, `--directory=images`; several lead from one to the next. */
function makeFolder(words: readonly string[]): string {
  return words
    .flatMap((word, index) => {
      if (word === '-C' || word === '--directory') return words[index + 1] ?? [];
      return /^(?:-C|--directory=)(.+)$/.exec(word)?.[1] ?? [];
    })
    .join('/');
}

/** The recipes of these targets and of those that they need. */
function withNeeded(targets: readonly string[], entries: readonly ScriptEntry[]): readonly ScriptEntry[] {
  const byName = Map.groupBy(entries, ({ name }) => name);
  const seen = new Set<string>();
  const open = [...targets];
  for (let target = open.pop(); target !== undefined; target = open.pop()) {
    if (seen.has(target)) continue;
    seen.add(target);
    const [first] = byName.get(target) ?? [];
    if (first) open.push(...first.needs);
  }
  return entries.filter((entry) => seen.has(entry.name));
}

/** A script of package.json in this folder, or a target of Nx; of the projects that are named, where any are. */
function isTask(entry: ScriptEntry, { tool, task, projects }: RunnerCall, folder: string): boolean {
  if (!task?.split(',').includes(entry.name)) return false;
  const owners = entry.kind === 'nx' ? entry.project : [entry.path.split('/').at(-2) ?? ''];
  const named = projects.map(({ text }) => text.split(':', 1)[0] ?? '');
  const isNamed = named.some((name) => owners.includes(name) || owners.includes(name.split('/').at(-1) ?? ''));
  if (entry.kind === 'nx') return tool === 'nx' && (projects.length === 0 || isNamed);
  if (entry.kind !== 'package.json') return false;
  return projects.length === 0 ? entry.path === inFolder(folder, 'package.json') : isNamed;
}

/** `./x.sh`, `bash x.sh`, `source x.sh`, `"$SCRIPT_DIR"/x.sh` */
function scriptPath(
  { command, script, scope, folder, own }: Caller,
  words: () => readonly string[],
): string | undefined {
  const isShell = /^(?:ba|z|da|k)?sh$|^source$|^\.$/.test(command.name);
  const at = isShell ? words().findIndex((word) => !word.startsWith('-')) + 1 : 0;
  const word = command.words[at];
  if (!word || (isShell && at === 0) || (!isShell && !word.text.includes('/'))) return undefined;
  const [form = []] = own === undefined ? [] : resolveWord(word, shellScope(script, command, scope)).forms;
  const [first, ...rest] = form;
  const start = typeof first === 'object' ? ownFolder(first.unknown) : undefined;
  if (start !== undefined && rest.every((part) => typeof part === 'string'))
    return normalise(`${own ?? ''}/${start}/${rest.join('')}`);
  const written = isShell ? (words()[at - 1] ?? '') : word.text;
  return normalise(`${folder}/${written.replace(/^\$\{\{ github\.workspace \}\}\/?/, '')}`);
}

/** `$(cd "$(dirname "$0")/.." && pwd)`: from the folder of the script itself. */
function ownFolder(text: string): string | undefined {
  if (!/\bdirname\b/.test(text) || !/BASH_SOURCE|\$\{?0/.test(text)) return undefined;
  return /\)"?\/((?:\.\.\/?)+)/.exec(text)?.[1] ?? '';
}

/** What a command hands over: its own `A=b`, then the variables of the script that it stands in. */
function callerScope(script: Script, command: Command, scope: ValueScope): ValueScope {
  const outer = shellScope(script, command, scope);
  const own = new Map(command.assignments.map(({ name, value }) => [name, resolveWord(value, outer)]));
  return { ...outer, variable: (name) => own.get(name) ?? outer.variable(name) };
}
