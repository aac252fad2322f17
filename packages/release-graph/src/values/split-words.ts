import { MappedText } from '@plimsoll/documents';
import type { Command, ShellWord, WordPart } from '@plimsoll/documents';
import type { ValueForm } from '../model.ts';
import { resolveWord } from './shell.ts';
import type { ValueScope } from './value.ts';

/**
 * The command as the shell runs it: an unquoted variable which is known becomes as many words as its value has.
 * They stand where the variable stands. Words of which a part is unknown stay apart as long as what is known has spaces.
 */
export function splitVariables(command: Command, scope: ValueScope): Command {
  if (!command.words.some(isBareVariable)) return command;
  const words = command.words.flatMap((word, index) =>
    isBareVariable(word) ? split(word, scope, index === 0) : [word],
  );
  const [first] = words;
  const dynamic = command.words[0] !== first && first?.parts.every((part) => part.kind === 'literal');
  return { ...command, words, ...(dynamic && first && { name: first.text.slice(first.text.lastIndexOf('/') + 1) }) };
}

/** `$NAME`, `${NAME}` or `${{ … }}` without quotes and nothing beside it. */
function isBareVariable({ raw, parts }: ShellWord): boolean {
  const [only, more] = parts;
  if (only?.kind === 'expression') return !more && raw.startsWith('${{');
  return only?.kind === 'variable' && !more && !only.modified && only.fallback === undefined && raw.startsWith('$');
}

function split(word: ShellWord, scope: ValueScope, isTool: boolean): readonly ShellWord[] {
  const { forms } = resolveWord(word, scope);
  const [form] = forms;
  if (!form || forms.length > 1 || form.every((part) => typeof part !== 'string' || !/\s|^-/.test(part)))
    return isTool && isLiteral(form) ? [wordOf(word, form)] : [word];
  return splitForm(form).map((parts) => wordOf(word, parts));
}

function isLiteral(form: ValueForm | undefined): form is ValueForm {
  return form !== undefined && form.length === 1 && typeof form[0] === 'string';
}

function splitForm(form: ValueForm): readonly ValueForm[] {
  const words: (string | { readonly unknown: string })[][] = [[]];
  for (const part of form) {
    if (typeof part !== 'string') {
      words.at(-1)?.push(part);
      continue;
    }
    for (const [index, piece] of part.split(/\s+/).entries()) {
      if (index > 0) words.push([]);
      if (piece !== '') words.at(-1)?.push(piece);
    }
  }
  return words.filter((parts) => parts.length > 0);
}

function wordOf(word: ShellWord, form: ValueForm): ShellWord {
  const parts = form.map((part): WordPart =>
    typeof part === 'string'
      ? { kind: 'literal', text: part }
      : { kind: part.unknown.startsWith('${{') ? 'expression' : 'substitution', text: part.unknown },
  );
  const text = parts.map((part) => part.text).join('');
  const { file, start, end } = word.range;
  const mapped = new MappedText(file, text, [{ at: 0, source: start, length: text.length, sourceLength: end - start }]);
  return { raw: text, text, parts, range: word.range, mapped };
}
