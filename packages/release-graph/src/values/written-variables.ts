import type { Command, Script, ShellWord } from '@plimsoll/documents';
import type { ValueForm } from '../model.ts';
import { joined, literal, mapForms, onlyValue, oneOf, unknown, withDefinition } from './resolved.ts';
import type { Resolved } from './resolved.ts';
import { resolveWord, shellScope } from './shell.ts';
import type { ValueScope } from './value.ts';

/** The files through which a step hands values on. */
export type HandoverFile = 'GITHUB_OUTPUT' | 'GITHUB_ENV';

/** What a script writes there with `echo "name=value" >> "$GITHUB_OUTPUT"` or `printf`, by name. */
export function writtenVariables(script: Script, file: HandoverFile, outer: ValueScope): ReadonlyMap<string, Resolved> {
  const written = new Map<string, Resolved[]>();
  const add = (name: string, value: Resolved, command: Command): void => {
    const defined = withDefinition(value, { at: command.range, label: `${name} is written here` });
    written.set(name, [...(written.get(name) ?? []), defined]);
  };
  let block: Block | undefined;
  for (const command of script.commands) {
    if (!writesTo(command, script, file)) continue;
    const text = printed(command, script, outer);
    const start = text && blockStart(text);
    if (block && text && onlyValue(text)?.trim() === block.delimiter) {
      add(block.name, lines(block.lines), block.command);
      block = undefined;
    } else if (block) block.lines.push(text ?? unknown(`$(${command.name})`, `it is the output of ${command.name}`));
    else if (start) block = { ...start, lines: [], command };
    else for (const { name, value } of pairs(command, script, outer)) add(name, value, command);
  }
  if (block) add(block.name, unknown(`$${block.name}`, 'its lines are not all read'), block.command);
  return new Map([...written].map(([name, values]) => [name, oneOf(values)]));
}

function writesTo(command: Command, script: Script, file: HandoverFile): boolean {
  const names = (word: ShellWord | undefined): boolean =>
    word?.parts.some((part) => part.kind === 'variable' && part.name === file) ?? false;
  if (command.redirections.some(({ operator, target }) => operator.startsWith('>') && names(target))) return true;
  const next = command.pipeline?.commands[command.pipeline.position + 1];
  const tee = next === undefined ? undefined : script.commands[next];
  return tee?.name === 'tee' && tee.words.some(names);
}

/** `name<<DELIMITER`, the lines of the value, `DELIMITER`, each written by a command of its own. */
interface Block {
  readonly name: string;
  readonly delimiter: string;
  readonly command: Command;
  readonly lines: Resolved[];
}

function blockStart(text: Resolved): Pick<Block, 'name' | 'delimiter'> | undefined {
  const [, name, delimiter] = /^([\w-]+)<<(\S+)$/.exec(onlyValue(text)?.trim() ?? '') ?? [];
  return name === undefined || delimiter === undefined ? undefined : { name, delimiter };
}

function lines(all: readonly Resolved[]): Resolved {
  return joined(all.flatMap((line, index) => (index === 0 ? [line] : [literal('\n'), line])));
}

/** What `echo` prints; undefined for other commands. With `-e` an escape `\n` is a line break. */
function printed(command: Command, script: Script, outer: ValueScope): Resolved | undefined {
  if (command.name !== 'echo') return undefined;
  const scope = shellScope(script, command, outer);
  const words = command.words.slice(1);
  const first = words.findIndex((word) => !/^-[neE]+$/.test(word.text));
  const escapes = words.slice(0, Math.max(first, 0)).some((word) => word.text.includes('e'));
  const text = first >= 0 ? words.slice(first).map((word) => resolveWord(word, scope)) : [];
  const whole = joined(text.flatMap((word, index) => (index === 0 ? [word] : [literal(' '), word])));
  return escapes
    ? mapForms(whole, (form) => form.map((part) => (typeof part === 'string' ? part.replaceAll('\\n', '\n') : part)))
    : whole;
}

interface Pair {
  readonly name: string;
  readonly value: Resolved;
}

function pairs(command: Command, script: Script, outer: ValueScope): readonly Pair[] {
  if (command.name === 'cat') return command.redirections.flatMap(({ body }) => (body ? bodyPairs(body.text) : []));
  if (command.name !== 'echo' && command.name !== 'printf') return [];
  const text = command.words.slice(1).find((word) => !/^-[neE]+$/.test(word.text));
  if (!text) return [];
  const resolved = resolveWord(text, shellScope(script, command, outer));
  if (command.name === 'printf' && text.text.includes('%')) {
    const scope = shellScope(script, command, outer);
    const { untrusted } = joined(command.words.slice(2).map((word) => resolveWord(word, scope)));
    return printfPairs(text.text).map(({ name, value }) => ({
      name,
      value: { ...value, ...(untrusted && { untrusted }) },
    }));
  }
  return resolved.forms.flatMap((form) => {
    const pair = splitPair(form);
    return pair ? [{ name: pair.name, value: { ...resolved, forms: [pair.value] } }] : [];
  });
}

/** `name=value`, or `name<<DELIMITER`, whose value is not known. */
function splitPair(form: ValueForm): { name: string; value: ValueForm } | undefined {
  const [first] = form;
  if (typeof first !== 'string') return undefined;
  const match = /^([\w-]+)(=|<<)/.exec(first);
  const name = match?.[1];
  if (name === undefined || !match) return undefined;
  if (match[2] === '<<') return { name, value: [{ unknown: `$${name}` }] };
  const rest = first.slice(match[0].length).replace(/(?:\\n|\n)$/, '');
  return { name, value: [...(rest === '' ? [] : [rest]), ...form.slice(1)] };
}

function printfPairs(format: string): readonly Pair[] {
  const name = /^([\w-]+)=/.exec(format)?.[1];
  return name === undefined ? [] : [{ name, value: unknown(`$${name}`, 'it is written by printf') }];
}

function bodyPairs(body: string): readonly Pair[] {
  return body.split('\n').flatMap((line) => {
    const [, name, value] = /^([\w-]+)=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return [];
    return [
      {
        name,
        value: /[$`]/.test(value)
          ? unknown(value, 'it is put together by the shell')
          : { forms: [[value]], secrets: [], definitions: [] },
      },
    ];
  });
}
