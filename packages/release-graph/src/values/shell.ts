import type { Command, MappedText, Range, Script, ShellWord, WordPart } from '@plimsoll/documents';
import type { Value, ValueForm } from '../model.ts';
import { untrustedOfCommand } from '../taint/read-untrusted.ts';
import { evaluateText } from './expressions.ts';
import { formText, isKnown, joined, literal, mapForms, oneOf, unknown, withDefinition } from './resolved.ts';
import type { Resolved } from './resolved.ts';
import { toValue } from './value.ts';
import type { ValueScope } from './value.ts';

/** What a command of a script sees: the variables that commands before it set, then those of its environment. */
export interface ShellScope extends ValueScope {
  readonly script: Script;
}

/** One value of a variable, from the command of that index on. */
interface Setting {
  readonly from: number;
  readonly value: Resolved;
}

type Settings = ReadonlyMap<string, readonly Setting[]>;

const settingsOfScripts = new WeakMap<ValueScope, WeakMap<Script, Settings>>();

/** The scope of one command of a script that runs in `outer`. */
export function shellScope(script: Script, command: Command, outer: ValueScope): ShellScope {
  const settings = settingsOf(script, outer);
  const index = indexOf(script, command);
  return { ...outer, script, variable: (name) => settingAt(settings, name, index) ?? outer.variable(name) };
}

const indexesOfScripts = new WeakMap<Script, ReadonlyMap<Command, number>>();

function indexOf(script: Script, command: Command): number {
  const indexes = indexesOfScripts.get(script) ?? new Map(script.commands.map((one, index) => [one, index]));
  indexesOfScripts.set(script, indexes);
  return indexes.get(command) ?? -1;
}

/** What the program of a command gets: its words see `scope`, and it the variables of `NAME=value` before it too. */
export function environmentOf(command: Command, scope: ValueScope): ValueScope {
  if (command.assignments.length === 0 || isSetting(command)) return scope;
  return {
    ...scope,
    variable(name) {
      const own = command.assignments.findLast((one) => one.name === name);
      if (!own) return scope.variable(name);
      return withDefinition(resolveWord(own.value, scope), { at: own.range, label: `${name} is set here` });
    },
  };
}

/** A word of a command, with its variables and expressions. */
export function evaluateWord(word: ShellWord, scope: ValueScope): Value {
  return toValue(resolveWord(word, scope), word.raw, word.range);
}

/** The same without its place. */
export function resolveWord(word: ShellWord, scope: ValueScope): Resolved {
  let at = 0;
  return joined(
    word.parts.map((part) => {
      const start = at;
      at += part.text.length;
      return resolvePart(part, scope, word.mapped.slice(start, at));
    }),
  );
}

function resolvePart(part: WordPart, scope: ValueScope, places: MappedText): Resolved {
  switch (part.kind) {
    case 'literal':
      return literal(part.text);
    case 'substitution':
      return resolveSubstitution(part.text, scope, places.range());
    case 'expression':
      return evaluateText(part.text, scope, places);
    case 'variable':
      return resolveVariable(part, scope);
  }
}

const lowered =
  /^\$\(\s*echo\s+"?(\$\{\{[^}]*\}\}|\$\{?\w+\}?)"?\s*\|\s*(?:tr\s+(?:'?\[:upper:\]'?\s+'?\[:lower:\]'?|'?A-Z'?\s+'?a-z'?|'?\[A-Z\]'?\s+'?\[a-z\]'?)|awk\s+'\{\s*print tolower\(\$0\)\s*\}')\s*\)$/;

/** The output of a command: of `echo NAME | tr A-Z a-z` it is the name in lower case. */
function resolveSubstitution(text: string, scope: ValueScope, at: Range): Resolved {
  const inner = lowered.exec(text)?.[1];
  if (inner === undefined) {
    const untrusted = untrustedOfCommand(text, at);
    return { ...unknown(text, `it is the output of ${text}`), ...(untrusted.length > 0 && { untrusted }) };
  }
  const value = inner.startsWith('${{') ? evaluateText(inner, scope, at) : scope.variable(inner.replace(/[${}]/g, ''));
  return value ? mapForms(value, lowerCased) : unknown(text, `it is the output of ${text}`);
}

function lowerCased(form: ValueForm): ValueForm {
  return form.map((part) => (typeof part === 'string' ? part.toLowerCase() : part));
}

/** `${NAME//[^a-z]/}`, `${NAME:0:8}`, `${NAME@Q}`: what is left may hold nothing to fear. */
const replaces = /^\$\{#|^\$\{\w+(?:\/|:\d|@)/;

function resolveVariable(part: Extract<WordPart, { kind: 'variable' }>, scope: ValueScope): Resolved {
  const value = scope.variable(part.name);
  if (part.fallback !== undefined) return withFallback(value, part.fallback, part.text);
  if (!value)
    return unknown(
      part.modified ? part.text : `$${part.name}`,
      `the variable ${part.name} is not set in the workflow or script`,
    );
  if (!part.modified || /^\$\{\w+\[[@*]\]\}$/.test(part.text)) return value;
  if (part.text === `\${${part.name},,}`) return mapForms(value, lowerCased);
  const changed = { ...value, forms: [[{ unknown: part.text }]], reason: `the shell changes it: ${part.text}` };
  return replaces.test(part.text) ? { ...changed, untrusted: [] } : changed;
}

/** `${NAME:-text}` */
function withFallback(value: Resolved | undefined, fallback: string, text: string): Resolved {
  const other = /[$`]/.test(fallback) ? unknown(text, 'its default is not literal') : literal(fallback);
  if (!value) return other;
  const set = { ...value, forms: value.forms.filter((form) => !isKnown(form) || formText(form) !== '') };
  return set.forms.length > 0 && set.forms.every(isKnown) && set.forms.length === value.forms.length
    ? set
    : oneOf([set, other]);
}

/** Reads the assignments of a script from top to bottom, once for each environment. */
function settingsOf(script: Script, outer: ValueScope): Settings {
  const known = settingsOfScripts.get(outer) ?? new WeakMap<Script, Settings>();
  settingsOfScripts.set(outer, known);
  const found = known.get(script);
  if (found) return found;
  const settings = new Map<string, Setting[]>();
  known.set(script, settings);
  for (const [index, command] of script.commands.entries()) {
    if (isSetting(command)) set(settings, command, index, outer, script);
  }
  return settings;
}

const keepers = new Set(['export', 'declare', 'local', 'readonly', 'typeset']);

function isSetting(command: Command): boolean {
  return command.assignments.length > 0 && (command.words.length === 0 || keepers.has(command.name));
}

function set(
  settings: Map<string, Setting[]>,
  command: Command,
  index: number,
  outer: ValueScope,
  script: Script,
): void {
  const scope: ShellScope = {
    ...outer,
    script,
    variable: (name) => settingAt(settings, name, index) ?? outer.variable(name),
  };
  for (const { name, value, elements, range } of command.assignments) {
    const own = elements ? oneOf(elements.map((word) => resolveWord(word, scope))) : resolveWord(value, scope);
    const old = isAppended(name, range) ? shortened(scope.variable(name)) : undefined;
    const resolved = old ? (elements ? oneOf([old, own]) : joined([old, own])) : own;
    const defined = withDefinition(resolved, { at: range, label: `${name} is set here` });
    const before = command.conditional ? shortened(scope.variable(name)) : undefined;
    const history = settings.get(name) ?? [];
    history.push({ from: index + 1, value: before ? oneOf([defined, before]) : defined });
    settings.set(name, history);
  }
}

const maxDefinitions = 20;

/** With the last places that it was set at: a loop that is written out may add to it thousands of times. */
function shortened(value: Resolved | undefined): Resolved | undefined {
  return value && { ...value, definitions: value.definitions.slice(-maxDefinitions) };
}

/** `NAME+=value` */
function isAppended(name: string, { file, start }: Range): boolean {
  return file.text.startsWith('+=', start + name.length);
}

/** The last value that was set before the command of that index. */
function settingAt(settings: Settings, name: string, index: number): Resolved | undefined {
  const history = settings.get(name) ?? [];
  let low = 0;
  let high = history.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((history[middle]?.from ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return history[low - 1]?.value;
}
