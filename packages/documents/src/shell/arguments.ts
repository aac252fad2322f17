import type { Range } from '../text/source-file.ts';
import type { ShellWord } from './model.ts';

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
