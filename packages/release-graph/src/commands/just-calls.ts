import type { Resolved } from '../values/resolved.ts';
import { presetOf } from './justfile.ts';
import type { ScriptEntry } from './script-files.ts';
import { valueBehindEquals } from './value-behind-equals.ts';

/** The recipes that a call of just runs, with the values of their parameters. */
export interface JustCall {
  readonly recipe: string;
  readonly given: ReadonlyMap<string, Resolved>;
}

const takesValue = /^(?:-[fd]|--(?:justfile|working-directory|shell|shell-arg|chooser|dotenv-path|dotenv-filename))$/;

/** `-f ops/justfile`, `--working-directory ops`: the folder, from where just is called. */
export function justFolder(words: readonly string[]): string {
  const values = words.flatMap((word, index) => {
    if (/^(?:-f|--justfile)$/.test(word)) return folderOf(words[index + 1] ?? '');
    return /^(?:-d|--working-directory)$/.test(word) ? (words[index + 1] ?? '') : [];
  });
  return values.at(-1) ?? '';
}

/** The recipes of a call, each with as many of the words behind it as it has parameters; `entries` are those of the justfile. */
export function justCalls(
  words: readonly string[],
  valueOf: (index: number) => Resolved,
  entries: readonly ScriptEntry[],
): readonly JustCall[] {
  const recipes = new Map(entries.map((entry) => [entry.name, entry]));
  const set = new Map<string, Resolved>();
  const calls: JustCall[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const recipe = recipes.get(word);
    const name = calls.length === 0 ? /^([A-Za-z_][\w-]*)=/.exec(word)?.[1] : undefined;
    if (name !== undefined) set.set(name, valueBehindEquals(valueOf(index)));
    else if (word === '--set') set.set(words[index + 1] ?? '', valueOf((index += 2)));
    else if (takesValue.test(word)) index++;
    else if (recipe) {
      const parameters = recipe.parameters ?? [];
      const given = new Map(set);
      for (const [position, parameter] of parameters.entries()) {
        const at = index + 1 + position;
        const value = at < words.length ? valueOf(at) : presetOf(parameter);
        if (value) given.set(parameter.name, value);
      }
      index += parameters.length;
      calls.push({ recipe: word, given });
    }
  }
  const [first] = entries;
  return calls.length > 0 || !first ? calls : [{ recipe: first.name, given: set }];
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}
