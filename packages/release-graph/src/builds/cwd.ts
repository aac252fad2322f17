import type { Command, Script } from '@plimsoll/documents';
import type { Documents, ValueForm } from '../model.ts';
import { resolveWord, shellScope } from '../values/shell.ts';
import type { ValueScope } from '../values/value.ts';
import { isFolder, resolvePath } from './paths.ts';
import type { Base } from './paths.ts';

/** Where each command of a script runs, when the script starts in `base.folder`. Undefined behind a `cd` that is not known. */
export function foldersOf(
  documents: Documents,
  script: Script,
  base: Base,
  scope: ValueScope,
): ReadonlyMap<Command, string | undefined> {
  const folders = new Map<Command, string | undefined>();
  const stack: (string | undefined)[] = [];
  let folder: string | undefined = base.folder;
  for (const command of script.commands) {
    folders.set(command, folder);
    if (command.within !== undefined) continue;
    if (command.name === 'popd') folder = stack.pop() ?? folder;
    if (command.name !== 'cd' && command.name !== 'pushd') continue;
    if (command.name === 'pushd') stack.push(folder);
    folder = changed(documents, script, command, { ...base, folder: folder ?? base.folder }, scope, base.folder);
  }
  return folders;
}

function changed(
  documents: Documents,
  script: Script,
  command: Command,
  from: Base,
  scope: ValueScope,
  start: string,
): string | undefined {
  const word = command.words.slice(1).find((one) => !/^-[PLe]+$|^--$/.test(one.text));
  if (!word) return undefined;
  if (word.text === '-') return start;
  const forms = resolveWord(word, shellScope(script, command, scope)).forms;
  const [form] = forms;
  if (!form || forms.length > 1) return undefined;
  return resolveFolder(documents, form, from, start);
}

/** A subshell's `cd` ends with it, and the text of a script tells commands alone: a folder that is not there is tried from the start. */
function resolveFolder(documents: Documents, form: ValueForm, from: Base, start: string): string | undefined {
  const plain = { ...from, checkouts: [] };
  const path = resolvePath(form, plain);
  const again = resolvePath(form, { ...plain, folder: start });
  if ('path' in path && isFolder(documents, path.path)) return path.path;
  if ('path' in again && isFolder(documents, again.path)) return again.path;
  return 'path' in path ? path.path : undefined;
}
