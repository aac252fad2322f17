import type { Range } from '../text/source-file.ts';
import type { Mount, MountOption } from './model.ts';
import { mountFault } from './mount-rules.ts';
import type { Report } from './report.ts';
import type { LexedFlag } from './split.ts';

const longForms = new Map([
  ['src', 'source'],
  ['dst', 'target'],
  ['destination', 'target'],
  ['ro', 'readonly'],
  ['rw', 'readwrite'],
]);

/** Reads the `--mount` flags of a RUN: each a line of comma-separated values. */
export function readMounts(flags: readonly LexedFlag[], report: Report): Mount[] {
  return flags
    .filter((flag) => flag.name === 'mount' && flag.value !== undefined)
    .map((flag) => readMount(flag, report));
}

function readMount(flag: LexedFlag, report: Report): Mount {
  const { fields, fault } = splitFields(flag.value ?? '');
  if (fault !== undefined) report(flag.range, fault);
  const options = fields.map((field) => toOption(flag, field));
  const type = options.findLast((option) => option.key === 'type')?.value?.toLowerCase() ?? 'bind';
  const mount = { type, options, range: flag.range };
  const wrong = fault === undefined ? mountFault(mount) : undefined;
  if (wrong) report(wrong.range ?? flag.range, wrong.message);
  return mount;
}

/** One value, and for each of its characters the place in the flag's value. */
interface Field {
  readonly text: string;
  readonly at: readonly number[];
}

function toOption(flag: LexedFlag, { text, at }: Field): MountOption {
  const equals = text.indexOf('=');
  const key = (equals < 0 ? text : text.slice(0, equals)).toLowerCase();
  return {
    key: longForms.get(key) ?? key,
    ...(equals >= 0 && { value: text.slice(equals + 1) }),
    range: rangeOf(flag, at),
    valueRange: equals < 0 ? rangeOf(flag, []) : rangeOf(flag, at.slice(equals + 1)),
  };
}

function rangeOf(flag: LexedFlag, at: readonly number[]): Range {
  const first = at[0];
  const last = at.at(-1);
  if (first === undefined || last === undefined) return { ...flag.valueRange, start: flag.valueRange.end };
  return flag.statement.range(flag.valueAt[first], (flag.valueAt[last] ?? 0) + 1);
}

function splitFields(value: string): { fields: Field[]; fault?: string } {
  const fields: Field[] = [];
  if (value === '') return { fields, fault: '--mount needs a value' };
  for (let start = 0; start <= value.length;) {
    const { field, end } = value[start] === '"' ? readQuoted(value, start) : readUnquoted(value, start);
    fields.push(field);
    if (field.text.includes('"') && value[start] !== '"')
      return { fields, fault: 'A quote stands inside of a value of --mount' };
    if (end < value.length && value[end] !== ',')
      return { fields, fault: 'A quoted value of --mount goes on behind its quote' };
    if (end > value.length) return { fields, fault: 'A quote of --mount is not closed' };
    start = end + 1;
  }
  return { fields };
}

function readUnquoted(value: string, start: number): { field: Field; end: number } {
  const comma = value.indexOf(',', start);
  const end = comma < 0 ? value.length : comma;
  return {
    field: { text: value.slice(start, end), at: Array.from({ length: end - start }, (_, i) => start + i) },
    end,
  };
}

function readQuoted(value: string, start: number): { field: Field; end: number } {
  const at: number[] = [];
  let text = '';
  for (let i = start + 1; i < value.length; i++) {
    if (value[i] === '"' && value[++i] !== '"') return { field: { text, at }, end: i };
    text += value[i];
    at.push(i);
  }
  return { field: { text, at }, end: value.length + 1 };
}
