import type { Command, Range, Script } from '@plimsoll/documents';
import { firstLine } from '@plimsoll/documents';
import type { Act } from './acts.ts';
import type { SwallowedFailure } from './model.ts';
import { optionsAt, shellPlaces } from './shell-options.ts';
import type { ShellPlace } from './shell-options.ts';

/** What hides the failure of a command from its script. */
export interface Swallow {
  readonly by: SwallowedFailure['by'];
  readonly at: Range;
}

export function swallowOfCommand({ site }: Act): Swallow | undefined {
  for (const place of site ? shellPlaces(site) : []) {
    const command = place.script.commands[place.index];
    const found = command && (fallback(place.script, command) ?? pipe(place, command) ?? inCommand(place, command));
    if (found) return found;
  }
  return undefined;
}

function inCommand(place: ShellPlace, command: Command): Swallow | undefined {
  return substitution(place.script, command) ?? toldOnly(place.script, command) ?? errexit(place, command);
}

/** `|| true`, `|| echo …`, and a group behind `||` in which nothing fails. */
function fallback(script: Script, command: Command): Swallow | undefined {
  if (command.onFailure === undefined) return undefined;
  const otherwise = script.commands[command.onFailure];
  if (!otherwise || !isHarmless(otherwise) || isAnswer(script, otherwise)) return undefined;
  for (const next of script.commands.slice(command.onFailure + 1)) {
    if (!next.conditional || next.onFailure !== undefined) break;
    if (!isInSameGroup(script, otherwise, next)) break;
    if (!isHarmless(next)) return undefined;
  }
  return otherwise.followedBy === '&&' ? undefined : { by: 'fallback', at: firstLine(otherwise.range) };
}

/** `RESULT=$(verify && echo yes || echo no)`: what is printed is asked for later. */
function isAnswer(script: Script, { name, within }: Command): boolean {
  const outer = within === undefined ? undefined : script.commands[within];
  return outer?.words.length === 0 && (name === 'echo' || name === 'printf');
}

const harmless = new Set(['true', ':', 'echo', 'printf', 'continue', 'cat', 'sleep']);

function isHarmless({ name, words }: Command): boolean {
  if (name === 'exit' || name === 'return') return words[1]?.text === '0';
  return harmless.has(name);
}

/** What stands between the two is only `;`, a line end or `&&`: no `}` or `)` that would close the group of the first. */
function isInSameGroup(script: Script, first: Command, next: Command): boolean {
  const { file, start } = first.range;
  const before = file.text.slice(Math.max(0, start - 20), start);
  if (next.range.file !== file || !/[{(]\s*$/.test(before)) return false;
  return !/^[^'"]*[})]/.test(file.text.slice(first.range.end, next.range.start));
}

/** Commands behind a pipe that fail where nothing comes. */
const demanding = new Set(['grep', 'egrep', 'fgrep', 'rg', 'read', 'test', 'cosign', 'slsa-verifier']);

function pipe(place: ShellPlace, command: Command): Swallow | undefined {
  const { pipeline, range } = command;
  if (!pipeline || pipeline.position === pipeline.commands.length - 1) return undefined;
  const { script } = place;
  const options = optionsAt(place);
  if (!options || options.pipefail || /PIPESTATUS|pipestatus/.test(script.text.text)) return undefined;
  const behind = pipeline.commands.slice(pipeline.position + 1).flatMap((at) => script.commands[at] ?? []);
  const last = behind.at(-1);
  if (last && (demanding.has(last.name) || isDemandingJq(last))) return undefined;
  return { by: 'pipe', at: firstLine(range) };
}

function isDemandingJq({ name, words }: Command): boolean {
  return (
    name === 'jq' &&
    words.some(({ text }) => text === '--exit-status' || (/^-[a-z]+$/.test(text) && text.includes('e')))
  );
}

/** What succeeds whatever the substitution in its arguments gives. Alone, `X=$(…)` fails as the inner command does. */
const careless = new Set(['echo', 'printf', 'export', 'local', 'declare', 'readonly', 'typeset']);

function substitution(script: Script, { within, range }: Command): Swallow | undefined {
  const outer = within === undefined ? undefined : script.commands[within];
  if (!outer || !careless.has(outer.name)) return undefined;
  return isSubstituted(outer, range) ? { by: 'substitution', at: firstLine(range) } : undefined;
}

function isSubstituted(outer: Command, { start }: Range): boolean {
  const words = [...outer.words, ...outer.assignments.map(({ value }) => value)];
  const word = words.find(({ range }) => range.start <= start && start < range.end);
  return word?.parts.some((part) => part.kind === 'substitution') ?? false;
}

/** `if ! verify; then echo …; fi`: the branch that is taken where it fails only says so. */
function toldOnly(script: Script, command: Command): Swallow | undefined {
  if (!command.tested || command.pipeline) return undefined;
  const { file, start, end } = command.range;
  if (!/\bif\s+!\s+$/.test(file.text.slice(Math.max(0, start - 40), start))) return undefined;
  const branch = /^[\s;]*then\b/.exec(file.text.slice(end, end + 200));
  if (!branch) return undefined;
  const from = end + branch[0].length;
  const body = script.commands.filter(({ range }) => range.file === file && range.start >= from);
  const close = file.text.slice(from).search(/[;\n][ \t]*(?:fi|else|elif)\b/);
  const inside = close < 0 ? [] : body.filter(({ range }) => range.start < from + close);
  const told = inside.length > 0 && inside.every((one) => one.name === 'echo' || one.name === 'printf');
  return told ? { by: 'branch', at: firstLine(command.range) } : undefined;
}

/** With `errexit` off a failure counts only where it is the script's last command, or its status is asked for. */
function errexit(place: ShellPlace, command: Command): Swallow | undefined {
  const { script, index } = place;
  const { switched } = optionsAt(place) ?? {};
  if (!switched || command.tested || command.onFailure !== undefined) return undefined;
  if (command.followedBy === '&&' || index === script.commands.length - 1) return undefined;
  const { file, end } = command.range;
  const behind = script.text.range().file === file ? file.text.slice(end, script.text.range().end) : script.text.text;
  if (/\$\?|\$\{\?\}|PIPESTATUS/.test(behind)) return undefined;
  return { by: 'errexit', at: firstLine(switched.range) };
}
