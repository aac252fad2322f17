import type { MappedText } from '../text/mapped-text.ts';
import type { Parts } from './instruction.ts';
import type { Variable, VariableInstruction } from './model.ts';
import { splitQuoted, wordOf } from './split.ts';
import type { Span } from './split.ts';

type Name = VariableInstruction['name'];

export function readVariables(parts: Parts, name: Name): VariableInstruction {
  return { ...parts.base, type: 'variables', name, variables: readAll(parts, name) };
}

function readAll(parts: Parts, name: Name): Variable[] {
  const { split, base, report, escape } = parts;
  const words = splitQuoted(split.body, escape).map((span) => toVariable(split.body, span));
  const [first] = words;
  if (!first) {
    report(base.nameRange, `${name} names no variable`);
    return [];
  }
  if (name !== 'ARG' && !first.value) return readOldForm(parts, name);
  const bare = name === 'ARG' ? undefined : words.find((word) => !word.value);
  if (bare)
    report(bare.range, `"${bare.name}" has no "=": ${name} takes name=value`, 'Put a value with white space in quotes');
  const blank = words.find((word) => word.name === '');
  if (blank) report(blank.range, 'A value stands here without a name for it');
  return words.filter((word) => word.name !== '' && (name === 'ARG' || word.value));
}

function toVariable(body: MappedText, { start, end }: Span): Variable {
  const range = body.range(start, end);
  const equals = body.text.slice(start, end).indexOf('=');
  if (equals < 0) return { name: body.text.slice(start, end), nameRange: range, range };
  const name = body.text.slice(start, start + equals);
  return { name, nameRange: body.range(start, start + equals), value: wordOf(body, start + equals + 1, end), range };
}

/** `ENV name the rest is the value` */
function readOldForm({ split, base, report }: Parts, name: Name): Variable[] {
  const { body } = split;
  const match = /[\t\v\f\r ]+/.exec(body.text);
  if (!match) {
    report(body.range(), `${name} ${body.text} has no value`, `Write ${name} ${body.text}=<value>`);
    return [];
  }
  const value = wordOf(body, match.index + match[0].length, body.text.length);
  return [
    { name: body.text.slice(0, match.index), nameRange: body.range(0, match.index), value, range: base.body.range() },
  ];
}
