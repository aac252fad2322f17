import { firstLine } from '@plimsoll/documents';
import type { Command, Manifest, Range, ShellWord } from '@plimsoll/documents';
import { normalise } from '../builds/paths.ts';
import { inFolder } from '../builds/sources.ts';
import { readText } from '../commands/script-files.ts';
import type { Documents, Value } from '../model.ts';
import { onlyValue } from '../values/resolved.ts';
import { evaluateWord, resolveWord } from '../values/shell.ts';
import { formTexts, toValue } from '../values/value.ts';
import { isDigest, subjectOf } from '../verifications/index.ts';
import type { NamedImage } from './found.ts';
import type { ToolUse } from './tool-uses.ts';

/**
 * The images of a compose file that variables of the lane complete: `image: api:${TAG}` with `TAG=1 docker compose up`.
 * They are marked where the variable is given to the command, else at the command. Of a file that is only on the machine,
 * the variables that are named as tags and images count.
 */
export function composeImages(documents: Documents, use: ToolUse): readonly NamedImage[] {
  const { call } = use;
  if (call.does !== 'deploy' || !/compose up$|stack deploy$/.test(call.tool)) return [];
  const written = composeFiles(documents, use, call.sources).flatMap(({ images }) => images.map(({ text }) => text));
  if (written.length > 0) return written.flatMap((text) => filledBy(use, text));
  return setFor(use).flatMap(({ name }) => {
    if (/(?:^|_)(?:TAG|VERSION)$/.test(name)) return variableImage(use, name, 'tag');
    return /(?:^|_)IMAGE$/.test(name) ? variableImage(use, name, 'reference') : [];
  });
}

const defaults = /^(?:docker-)?compose\.ya?ml$/;

/** Those that are named, else those of the folder, or of any where that is another machine's. */
function composeFiles({ manifests }: Documents, use: ToolUse, sources: readonly ShellWord[]): readonly Manifest[] {
  const all = [...manifests.values()].filter(({ type }) => type === 'compose');
  const named = sources.map((word) => onlyValue(evaluateWord(word, use.scope))?.split('/').at(-1));
  return all.filter(({ file: { path } }) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (named.length > 0) return named.includes(name);
    return defaults.test(name) && (use.folder === undefined || path === inFolder(use.folder, name));
  });
}

/** `name:${TAG:-latest}`, `${IMAGE}` */
function filledBy(use: ToolUse, text: string): readonly NamedImage[] {
  const tag = /^([^$]{1,255}):\$\{?(\w+)(?::?[-?+][^}]{0,200})?\}?$/.exec(text);
  if (tag?.[2] !== undefined) return variableImage(use, tag[2], 'tag', tag[1]);
  const whole = /^\$\{?(\w+)(?::?[-?+][^}]{0,200})?\}?$/.exec(text);
  return whole?.[1] === undefined ? [] : variableImage(use, whole[1], 'reference');
}

function variableImage(use: ToolUse, name: string, part: 'tag' | 'reference', image?: string): readonly NamedImage[] {
  const own = use.call.command.assignments.find((one) => one.name === name);
  const resolved = own ? resolveWord(own.value, use.scope) : use.scope.variable(name);
  if (!resolved) return [];
  const range = own?.range ?? firstLine(use.call.command.range);
  const value = toValue(resolved, name, range);
  return part === 'reference' ? [subjectOf(value, range)] : tagImage(value, range, image);
}

function tagImage(value: Value, range: Range, name?: string): readonly NamedImage[] {
  const [text, more] = formTexts(value);
  if (text === undefined || (text === '' && more === undefined)) return [];
  const byDigest = value.forms.every(
    (form) => isDigest(form) || form.some((part) => typeof part === 'string' && part.includes('@')),
  );
  return [
    {
      range,
      value,
      ...(name !== undefined && { name }),
      by: byDigest ? 'digest' : 'tag',
      written: byDigest ? 'digest' : 'tag',
      ...(more === undefined && { identity: text }),
      through: value.definitions,
    },
  ];
}

/** What the command itself, and `export` before it, set. */
function setFor({ call, script }: ToolUse): readonly { readonly name: string }[] {
  const index = script.commands.indexOf(call.command);
  const before = script.commands.slice(0, Math.max(index, 0)).filter(({ name }) => name === 'export');
  return [...before, call.command].flatMap((command: Command) => command.assignments);
}

/** The lines `image: …` of a file of the repository, without the key. */
export function imageLinesOf({ tree }: Documents, use: ToolUse, word: ShellWord): readonly string[] {
  const path = use.folder === undefined ? undefined : onlyValue(evaluateWord(word, use.scope));
  const place = path === undefined ? undefined : normalise(inFolder(use.folder ?? '', path));
  const text = place === undefined ? undefined : readText(tree, place)?.text;
  if (text === undefined) return [];
  return [...text.matchAll(/^[ \t-]*["']?image["']?:[ \t]*["']?([^\s"'#]{1,500})/gm)].map((match) => match[1] ?? '');
}

/** What replaces a part of such lines: a tag where `:` stands before it, else the whole reference. */
export function replacedIn(lines: readonly string[], what: string, value: Value): readonly NamedImage[] {
  const line = what === '' ? undefined : lines.find((one) => one.includes(what));
  if (line === undefined) return [];
  const start = line.indexOf(what);
  if (line[start - 1] === ':') return tagImage(value, value.range, line.slice(0, start - 1));
  return line === what ? [subjectOf(value)] : [];
}

/** The variables in such lines that `envsubst` replaces by those of the step. */
export function substitutedIn(lines: readonly string[], use: ToolUse): readonly NamedImage[] {
  return lines.flatMap((line) => filledBy(use, line));
}
