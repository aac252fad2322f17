import { lastOption, literalText, optionValues, sliceWord } from '@plimsoll/documents';
import type { Option, ShellWord } from '@plimsoll/documents';
import type { CallBase, NamedOption } from './model.ts';

/** An object with those of the given fields that have a value. */
export function given<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** The value of the last option of one of these names. */
export function valueOf(call: Pick<CallBase, 'options'>, ...names: readonly string[]): ShellWord | undefined {
  return lastOption(call, ...names)?.value;
}

/** Whether a switch is on: `--push`, `--push=true`; `unknown` where its value is dynamic. */
export function isOn(option: Option | undefined): boolean | 'unknown' {
  if (!option) return false;
  if (!option.value) return true;
  const text = literalText(option.value);
  if (text === undefined) return 'unknown';
  return !['false', 'f', '0'].includes(text.toLowerCase());
}

/** The options of these names, in order. */
export function optionsNamed(call: Pick<CallBase, 'options'>, ...names: readonly string[]): readonly Option[] {
  return call.options.filter((option) => names.includes(option.name));
}

/** `NAME=value` and `NAME`, given to the options of that name. */
export function namedValues(call: Pick<CallBase, 'options'>, ...names: readonly string[]): readonly NamedOption[] {
  return optionValues(call, ...names).map(namedValue);
}

function namedValue(word: ShellWord): NamedOption {
  let at = 0;
  for (const part of word.parts) {
    const equals = part.kind === 'literal' ? part.text.indexOf('=') : -1;
    if (equals >= 0) {
      const end = at + equals;
      const nameRange = word.mapped.range(0, end);
      return { name: word.text.slice(0, end), nameRange, value: sliceWord(word, end + 1), range: word.range };
    }
    at += part.text.length;
  }
  return { name: word.text, nameRange: word.mapped.range(), range: word.range };
}

/** Whether nothing of a word is known before it runs: `$ARGS`, `${{ inputs.flags }}`. It may be an option. */
export function isDynamic(word: ShellWord): boolean {
  return word.parts.length > 0 && word.parts.every((part) => part.kind !== 'literal');
}

/** Whether `--output` sends the image to a registry. */
export function outputPushes(output: ShellWord): boolean | 'unknown' {
  const fields = output.text.split(',').map((each) => each.trim());
  const type = fields.find((each) => each.startsWith('type='))?.slice('type='.length);
  if (type === 'registry') return true;
  const push = fields.find((each) => each.startsWith('push='))?.slice('push='.length);
  if (push === 'true') return type === 'image' || type === undefined;
  if (literalText(output) !== undefined) return false;
  const dynamic = (text: string | undefined) => text?.startsWith('$') === true;
  return type === undefined || dynamic(type) || dynamic(push) ? 'unknown' : false;
}

interface Decision {
  readonly pushes: boolean | 'unknown';
  readonly pushOption?: Option;
}

/** `--push` and `--output` together; `extra` are words which may turn out to be such an option. */
export function pushDecision(call: Pick<CallBase, 'options'>, extra: readonly ShellWord[] = []): Decision {
  const push = lastOption(call, 'push');
  const decisions: Decision[] = push ? [{ pushes: isOn(push), pushOption: push }] : [];
  for (const output of optionsNamed(call, 'output')) {
    if (output.value) decisions.push({ pushes: outputPushes(output.value), pushOption: output });
  }
  const decided = decisions.find((each) => each.pushes === true) ?? decisions.find((each) => each.pushes === 'unknown');
  if (decided) return decided;
  if (extra.some(isDynamic)) return { pushes: 'unknown' };
  return { pushes: false, ...(push && { pushOption: push }) };
}

/** Images, or files where `file` says so. */
export function subjectsOf(words: readonly ShellWord[], of: 'image' | 'file') {
  return { subjects: words, of } as const;
}
