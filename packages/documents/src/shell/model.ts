import type { MappedText } from '../text/mapped-text.ts';
import type { Range } from '../text/source-file.ts';

/** A shell script as a flat list of its simple commands, each with the places of its words in the file. */
export interface Script {
  readonly text: MappedText;
  readonly commands: readonly Command[];
  /** Why it, or a part of it, could not be read; commands before that are still there. */
  readonly unreadable?: string;
  /** Where that was seen. */
  readonly unreadableAt?: Range;
}

/** One simple command, also inside of functions, loops, `if`, `$(…)` and `bash -c '…'`. */
export interface Command {
  /** The last path part of the first word that is no assignment: `docker` of `/usr/bin/docker`; '' where it is dynamic. */
  readonly name: string;
  /** The name and the arguments. `sudo`, `env`, `exec`, `time`, `command`, `nice` before them are left out. */
  readonly words: readonly ShellWord[];
  /** `A=b` before the command, alone, or behind `export`, `declare`, `local`, `readonly`. Alone, the command has no words. */
  readonly assignments: readonly Assignment[];
  readonly redirections: readonly Redirection[];
  readonly range: Range;
  /** Joined by `|`: the commands before and behind it in one pipeline, by their index in `Script.commands`. */
  readonly pipeline?: { readonly commands: readonly number[]; readonly position: number };
  /** `&&`, `||`, `;` or the end: what follows it. */
  readonly followedBy?: '&&' | '||' | '|' | '&';
  /** In the body of `if`, `for`, `case`, a function, behind `||` or a test with `&&`: runs perhaps, or more than once. */
  readonly conditional: boolean;
  /** Its exit code is asked for: the condition of `if`, `while` or `until`, or behind `!`. */
  readonly tested?: true;
  /** The first command behind a `||`, which runs where this one, or the list it is part of, fails: its index in `Script.commands`. */
  readonly onFailure?: number;
  /** The command that this one stands in, as a substitution or as the script of `bash -c`: its index in `Script.commands`. */
  readonly within?: number;
}

/** A word of a command. */
export interface ShellWord {
  /** As written, with quotes and `$…`. */
  readonly raw: string;
  /** Without quotes; `$NAME`, `${NAME}` and `$(…)` stay as written. `${{ … }}` stays as written. */
  readonly text: string;
  /** Its parts in order; their texts together are `text`. Neighbouring literals are one part. */
  readonly parts: readonly WordPart[];
  readonly range: Range;
  /** `text`, with the place of each of its characters. */
  readonly mapped: MappedText;
}

export type WordPart =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly text: string;
      readonly modified: boolean;
      readonly fallback?: string;
    }
  | { readonly kind: 'expression'; readonly text: string }
  | { readonly kind: 'substitution'; readonly text: string };

export interface Assignment {
  readonly name: string;
  readonly value: ShellWord;
  /** The words of `NAME=(…)`. */
  readonly elements?: readonly ShellWord[];
  readonly range: Range;
}

export interface Redirection {
  /** `>`, `>>`, `<`, `<<`, `<<<`, `2>` … */
  readonly operator: string;
  readonly target?: ShellWord;
  /** The body of a here-document. */
  readonly body?: MappedText;
  /** Whether the shell expands `$…` in that body. */
  readonly expands?: boolean;
  /** Written behind the group, loop or `if` that the command stands in. */
  readonly inherited?: true;
  readonly range: Range;
}
