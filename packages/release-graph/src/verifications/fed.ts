import { firstLine } from '@plimsoll/documents';
import type { Command, Script, ShellWord } from '@plimsoll/documents';
import { evaluateTemplate } from '../deployments/template.ts';
import type { Subject, Value } from '../model.ts';
import { mapForms } from '../values/resolved.ts';
import { evaluateWord } from '../values/shell.ts';
import { toValue } from '../values/value.ts';
import type { ValueScope } from '../values/value.ts';
import { subjectOf } from './subject.ts';

/** A word of a command; where it is the variable of a `for` loop, what the loop goes through. */
export function valueInLoop(word: ShellWord, script: Script, scope: ValueScope): Value {
  const value = evaluateWord(word, scope);
  const [only, more] = word.parts;
  if (only?.kind !== 'variable' || more || value.complete || value.definitions.length > 0) return value;
  const { text } = script;
  const loop = new RegExp(`\\bfor[ \\t]{1,20}${only.name}[ \\t]{1,20}in[ \\t]{1,20}([^;\\n]{1,2000})`).exec(text.text);
  const items = loop?.[1]?.trimEnd();
  if (!loop || items === undefined || /[`*]|\$\(/.test(items)) return value;
  const start = loop.index + loop[0].length - (loop[1] ?? '').length;
  return asLines(evaluateTemplate(text.slice(start, start + items.length), scope, true), word);
}

/** Items stand apart by blanks; each becomes a line, as in the lists of other values. */
function asLines(value: Value, word: ShellWord): Value {
  const forms = mapForms({ forms: value.forms, secrets: value.secrets, definitions: value.definitions }, (form) =>
    form.map((part) => (typeof part === 'string' ? part.replaceAll('"', '').replace(/\s+/g, '\n') : part)),
  );
  return toValue(forms, word.raw, word.range);
}

const placeholder = '{}';

/** Whether `xargs` gives a command its subjects; the command is read without it. */
export function isFed({ pipeline }: Command, words: readonly ShellWord[]): boolean {
  const behind = pipeline !== undefined && pipeline.position > 0;
  return behind && (words.length === 0 || words.some(({ text }) => text.includes(placeholder)));
}

/** The subjects of `echo "$TAGS" | xargs -I {} cosign sign --yes {}`. */
export function fedSubjects(
  command: Command,
  words: readonly ShellWord[],
  script: Script,
  scope: ValueScope,
): readonly Subject[] {
  const given = words.filter(({ text }) => text !== placeholder);
  const input = given.length === words.length && given.length > 0 ? undefined : inputOf(command, script, scope);
  return [
    ...given.map((word) => withoutPlaceholder(subjectOf(evaluateWord(word, scope), word.range))),
    ...(input ? [subjectOf(input, firstLine(command.range))] : []),
  ];
}

function withoutPlaceholder(subject: Subject): Subject {
  if (!subject.name?.includes(placeholder)) return subject;
  const { name: _, ...rest } = subject;
  return rest;
}

/** What `echo` or `printf` gives to the pipeline. */
function inputOf({ pipeline }: Command, script: Script, scope: ValueScope): Value | undefined {
  const first = pipeline && script.commands[pipeline.commands[0] ?? -1];
  if (first?.name !== 'echo' && first?.name !== 'printf') return undefined;
  const word = first.words.slice(1).find(({ text }) => !text.startsWith('-') && !text.includes('%'));
  return word && evaluateWord(word, scope);
}
