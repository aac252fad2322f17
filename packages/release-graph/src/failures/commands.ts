import type { Command, Range, Script } from '@plimsoll/documents';
import { firstLine } from '@plimsoll/documents';
import type { Act } from './acts.ts';
import type { SwallowedFailure } from './model.ts';
import { indexIn, optionsAt } from './shell-options.ts';

/** What hides the failure of a command from its script. */
export interface Swallow {
  readonly by: SwallowedFailure['by'];
  readonly at: Range;
}

export function swallowOfCommand({ site, range }: Act): Swallow | undefined {
  if (!site) return undefined;
  const { script } = site;
  const index = indexIn(script, site.call.command);
  const command = script.commands[index];
  if (!command) return undefined;
  return (
    fallback(script, command) ??
    pipe(site, script, command, index, range) ??
    substitution(script, command, range) ??
    errexit(site, script, command, index)
  );
}

/** `|| true`, `|| echo …`, and a group behind `||` in which nothing fails. */
function fallback(script: Script, command: Command): Swallow | undefined {
  if (command.onFailure === undefined) return undefined;
  const otherwise = script.commands[command.onFailure];
  if (!otherwise || !isHarmless(otherwise)) return undefined;
  for (const next of script.commands.slice(command.onFailure + 1)) {
    if (!next.conditional || next.onFailure !== undefined) break;
    if (!isInSameGroup(script, otherwise, next)) break;
    if (!isHarmless(next)) return undefined;
  }
  return otherwise.followedBy === '&&' ? undefined : { by: 'fallback', at: firstLine(otherwise.range) };
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

function pipe(
  site: NonNullable<Act['site']>,
  script: Script,
  command: Command,
  index: number,
  range: Range,
): Swallow | undefined {
  const { pipeline } = command;
  if (!pipeline || pipeline.position === pipeline.commands.length - 1) return undefined;
  const options = optionsAt(site, index);
  if (!options || options.pipefail || /PIPESTATUS|pipestatus/.test(script.text.text)) return undefined;
  const behind = pipeline.commands.slice(pipeline.position + 1).flatMap((at) => script.commands[at] ?? []);
  const last = behind.at(-1);
  if (last && (demanding.has(last.name) || isDemandingJq(last))) return undefined;
  return { by: 'pipe', at: range };
}

function isDemandingJq({ name, words }: Command): boolean {
  return (
    name === 'jq' &&
    words.some(({ text }) => text === '--exit-status' || (/^-[a-z]+$/.test(text) && text.includes('e')))
  );
}

/** What succeeds whatever the substitution in its arguments gives. Alone, `X=$(…)` fails as the inner command does. */
const careless = new Set(['echo', 'printf', 'export', 'local', 'declare', 'readonly', 'typeset']);

function substitution(script: Script, { within }: Command, range: Range): Swallow | undefined {
  const outer = within === undefined ? undefined : script.commands[within];
  if (!outer || !careless.has(outer.name)) return undefined;
  return isSubstituted(outer, range) ? { by: 'substitution', at: range } : undefined;
}

function isSubstituted(outer: Command, { start }: Range): boolean {
  const words = [...outer.words, ...outer.assignments.map(({ value }) => value)];
  const word = words.find(({ range }) => range.start <= start && start < range.end);
  return word?.parts.some((part) => part.kind === 'substitution') ?? false;
}

/** With `errexit` off a failure counts only where it is the script's last command, or its status is asked for. */
function errexit(site: NonNullable<Act['site']>, script: Script, command: Command, index: number): Swallow | undefined {
  const { switched } = optionsAt(site, index) ?? {};
  if (!switched || command.tested || command.onFailure !== undefined) return undefined;
  if (command.followedBy === '&&' || index === script.commands.length - 1) return undefined;
  const { file, end } = command.range;
  const behind = script.text.range().file === file ? file.text.slice(end, script.text.range().end) : script.text.text;
  if (/\$\?|\$\{\?\}|PIPESTATUS/.test(behind)) return undefined;
  return { by: 'errexit', at: firstLine(switched.range) };
}
