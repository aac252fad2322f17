import type { Script } from '@plimsoll/documents';
import { calledEntries } from '../commands/calls.ts';
import type { ScriptEntry } from '../commands/script-files.ts';
import type { StepInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import { scriptOf } from '../lanes/scripts.ts';
import type { Documents, Origin } from '../model.ts';
import { recogniseCommand } from '../tools/index.ts';
import type { ToolCall } from '../tools/index.ts';
import { shellScope } from '../values/shell.ts';
import { splitVariables } from '../values/split-words.ts';
import { toValue } from '../values/value.ts';
import type { ValueScope } from '../values/value.ts';
import { foldersOf } from './cwd.ts';
import type { Place } from './found.ts';
import { withOwnTool } from './own-tool.ts';
import { pathForms, resolvePath } from './paths.ts';
import type { Base } from './paths.ts';
import { workingDirectory, workspaceOf } from './workspace.ts';

/** A command that does something for a release, with all that is needed to read its words. */
export interface CallSite {
  readonly call: ToolCall;
  readonly script: Script;
  readonly scope: ValueScope;
  /** `folder`: where the command runs. */
  readonly base: Base;
  /** Why that folder is not certain. */
  readonly reason?: string;
  readonly place: Place;
  readonly origin: Origin;
}

/** A script that a step runs, in its own `run:` or in a file that it calls. */
export interface Source {
  readonly script: Script;
  readonly scope: ValueScope;
  readonly base: Base;
  readonly reason?: string;
  readonly place: Place;
  readonly origin: Origin;
}

const sites = new WeakMap<StepInstance, readonly CallSite[]>();

/** The commands of a `run:` step, and of the scripts of the repository that it calls. */
export function sitesOfStep(
  documents: Documents,
  step: StepInstance,
  entries: readonly ScriptEntry[],
): readonly CallSite[] {
  const known = sites.get(step);
  if (known) return known;
  const found = findSites(documents, step, entries);
  sites.set(step, found);
  return found;
}

function findSites(documents: Documents, step: StepInstance, entries: readonly ScriptEntry[]): readonly CallSite[] {
  return sourcesOfStep(documents, step, entries).flatMap((source) => sitesOf(documents, source));
}

const sources = new WeakMap<StepInstance, readonly Source[]>();

/** The script of a `run:` step, and the scripts of the repository that it calls. */
export function sourcesOfStep(
  documents: Documents,
  step: StepInstance,
  entries: readonly ScriptEntry[],
): readonly Source[] {
  const known = sources.get(step);
  if (known) return known;
  const found = findSources(documents, step, entries);
  sources.set(step, found);
  return found;
}

function findSources(documents: Documents, step: StepInstance, entries: readonly ScriptEntry[]): readonly Source[] {
  const script = scriptOf(step.step);
  if (!script || script.commands.length === 0) return [];
  const scope = scopeOfStep(step);
  const place = { step, ...(step.job && { job: step.job }) };
  const base = startOf(step);
  const start = base ?? { folder: '', checkouts: [] };
  const own: Source = {
    script,
    scope,
    base: start,
    ...(!base && { reason: 'the working directory is an expression' }),
    place,
    origin: step.origin,
  };
  const called = calledEntries(script, scope, foldersOf(documents, script, start, scope), entries);
  const inner = called.map(({ entry, scope: handed, command }) => ({
    ...sourceOf(entry),
    scope: handed,
    place: { ...place, entry, via: command },
    origin: step.origin,
  }));
  return [own, ...inner];
}

/** The folder of the workspace in which a step's script starts. */
function startOf(step: StepInstance): Base | undefined {
  const base = workspaceOf(step);
  const folder = workingDirectory(step);
  const [form = []] = pathForms(toValue(folder, '', step.step.range)).forms;
  const path = resolvePath(form, base);
  return 'path' in path ? { ...base, folder: path.path, checkouts: [] } : undefined;
}

/** The commands of a script file, as someone calls it by hand. */
export function sitesOfEntry(documents: Documents, entry: ScriptEntry): readonly CallSite[] {
  return sitesOf(documents, sourceOf(entry));
}

/** Scripts of package.json and make start in their own folder; a shell script mostly at the root, else beside itself. */
function sourceOf(entry: ScriptEntry): Source {
  const { script, scope, folder, kind } = entry;
  const base = { folder: kind === 'shell' ? '' : folder, scriptFolder: folder, checkouts: [] };
  return {
    script,
    scope,
    base,
    ...(kind === 'shell' && { reason: 'the script may be called from another folder' }),
    place: { entry },
    origin: { callers: [] },
  };
}

function sitesOf(documents: Documents, source: Source): readonly CallSite[] {
  const { script, scope, base, origin, place } = source;
  const calls = script.commands.flatMap((command) => {
    const call = recogniseCommand(withOwnTool(documents, splitVariables(command, shellScope(script, command, scope))));
    return call ? [{ command, call }] : [];
  });
  if (calls.length === 0) return [];
  const folders = foldersOf(documents, script, base, scope);
  return calls.map(({ command, call }) => {
    const folder = folders.get(command);
    const reason = folder === undefined ? 'the folder that it runs in is not known' : source.reason;
    return {
      call,
      script,
      scope: shellScope(script, command, scope),
      base: { ...base, folder: folder ?? base.folder },
      ...(reason !== undefined && { reason }),
      place: { ...place, call },
      origin: { ...origin, command },
    };
  });
}
