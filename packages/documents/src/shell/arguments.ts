import type { Range } from '../text/source-file.ts';
import { span } from '../text/source-file.ts';
import type { ShellWord } from './model.ts';
import { sliceWord } from './words.ts';

/**
 * What a tool's options look like. Names stand as a text, entries apart by blanks, a short name before its long one:
 * `f,file t,tag build-arg`.
 */
export interface ArgumentSpec {
  /** Options that take a value, in the next word where it does not stand behind `=`. All others are switches. */
  readonly values: string;
  /** Switches with a short name; others need no entry. */
  readonly switches?: string;
  /** The first word that is no option ends the options: those of `sudo`, of `docker` before `build`. */
  readonly stopAtPositional?: boolean;
  /** Long options have one dash, and there are no clusters of short ones: `mvn -Dname=value` is not such a tool. */
  readonly singleDash?: boolean;
}

/** An option of a command line call. */
export interface Option {
  /** The long name without dashes, where the specification has one. */
  readonly name: string;
  /** As written, without the value: `-t`, `--tag`. */
  readonly written: string;
  /** A word, or the part of one behind `=`. Undefined for a switch. */
  readonly value?: ShellWord;
  /** The option with its value. */
  readonly range: Range;
}

/** The arguments of a call, sorted into options and the rest. */
export interface Arguments {
  readonly options: readonly Option[];
  readonly positionals: readonly ShellWord[];
}

/** Sorts the words behind a command's name: `--opt value`, `--opt=value`, `-o value`, `-ovalue`, `-abc`, `--`. */
export function parseArguments(words: readonly ShellWord[], spec: ArgumentSpec): Arguments {
  const names = namesOf(spec);
  const options: Option[] = [];
  const positionals: ShellWord[] = [];
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] as ShellWord;
    if (word.text === '--') {
      at++;
      break;
    }
    if (!isOption(word)) {
      if (spec.stopAtPositional) break;
      positionals.push(word);
      continue;
    }
    const long = spec.singleDash === true || word.text.startsWith('--');
    const read = long ? longOption(word, words[at + 1], names) : shortOptions(word, words[at + 1], names);
    for (const option of read.options) options.push(option);
    if (read.tookNext) at++;
  }
  return { options, positionals: at < words.length ? [...positionals, ...words.slice(at)] : positionals };
}

/** The last option of that name, which is the one that counts in most tools. */
export function lastOption(call: Pick<Arguments, 'options'>, ...names: readonly string[]): Option | undefined {
  return call.options.findLast((option) => names.includes(option.name));
}

/** The values of all options of that name, in order. */
export function optionValues(call: Pick<Arguments, 'options'>, ...names: readonly string[]): readonly ShellWord[] {
  return call.options.flatMap((option) => (names.includes(option.name) && option.value ? [option.value] : []));
}

interface Names {
  readonly long: ReadonlyMap<string, string>;
  readonly values: ReadonlySet<string>;
}

interface Read {
  readonly options: readonly Option[];
  readonly tookNext: boolean;
}

const cache = new WeakMap<ArgumentSpec, Names>();

function namesOf(spec: ArgumentSpec): Names {
  const known = cache.get(spec);
  if (known) return known;
  const long = new Map<string, string>();
  const values = new Set<string>();
  for (const [text, takes] of [
    [spec.values, true],
    [spec.switches ?? '', false],
  ] as const) {
    for (const entry of text.split(' ').filter(Boolean)) {
      const names = entry.split(',');
      const name = names.at(-1) ?? entry;
      for (const each of names) long.set(each, name);
      if (takes) values.add(name);
    }
  }
  const names = { long, values };
  cache.set(spec, names);
  return names;
}

function isOption(word: ShellWord): boolean {
  const [first] = word.parts;
  return first?.kind === 'literal' && first.text.length > 1 && first.text.startsWith('-');
}

function longOption(word: ShellWord, next: ShellWord | undefined, names: Names): Read {
  const first = word.parts[0]?.text ?? '';
  const equals = first.indexOf('=');
  const written = equals < 0 ? word.text : word.text.slice(0, equals);
  const bare = written.replace(/^--?/, '');
  const name = names.long.get(bare) ?? bare;
  if (equals >= 0) {
    return { options: [{ name, written, value: sliceWord(word, equals + 1), range: word.range }], tookNext: false };
  }
  if (!names.values.has(name) || !next) return { options: [{ name, written, range: word.range }], tookNext: false };
  return { options: [{ name, written, value: next, range: span(word.range, next.range) }], tookNext: true };
}

/** `-abc`, `-ovalue`, `-o=value`: the first that takes a value has the rest of the word for it. */
function shortOptions(word: ShellWord, next: ShellWord | undefined, names: Names): Read {
  const first = word.parts[0]?.text ?? '';
  const options: Option[] = [];
  for (let at = 1; at < first.length; at++) {
    const letter = first[at] ?? '';
    const name = names.long.get(letter) ?? letter;
    const written = `-${letter}`;
    const takes = names.values.has(name);
    const equals = first[at + 1] === '=';
    if (takes && at + 1 >= word.text.length) {
      if (!next) return { options: [...options, { name, written, range: word.range }], tookNext: false };
      const range = span(word.range, next.range);
      return { options: [...options, { name, written, value: next, range }], tookNext: true };
    }
    if (takes || equals) {
      const value = sliceWord(word, at + (equals ? 2 : 1));
      return { options: [...options, { name, written, value, range: word.range }], tookNext: false };
    }
    options.push({ name, written, range: word.range });
  }
  return { options, tookNext: false };
}
