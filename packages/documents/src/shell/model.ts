import type { MappedText } from '../text/mapped-text.ts';
import type { Range } from '../text/source-file.ts';

/** A shell script as a flat list of its simple commands, each with the places of its words in the file. */
export interface Script {
  readonly text: MappedText;
  readonly commands: readonly Command[];
  /** Why it, or a part of it, could not be read; commands before that are still there. */
  readonly unreadable?: string;
}

/** One simple command, also inside of functions, loops, `if`, `$(…)` and `bash -c '…'`. */
export interface Command {
  /** The last path part of the first word that is no assignment: `docker` of `/usr/bin/docker`; '' where it is dynamic. */
  readonly name: string;
  /** The name and the arguments. `sudo`, `env`, `exec`, `time`, `command`, `nice` before them are left out. */
  readonly words: readonly ShellWord[];
  /** `A=b` before the command. */
  readonly assignments: readonly Assignment[];
  readonly redirections: readonly Redirection[];
  readonly range: Range;
  /** Joined by `|`: the commands before and behind it in one pipeline, by their index in `Script.commands`. */
  readonly pipeline?: { readonly commands: readonly number[]; readonly position: number };
  /** `&&`, `||`, `;` or the end: what follows it. */
  readonly followedBy?: '&&' | '||' | '|' | '&';
  /** In the body of `if`, `for`, `case`, a function …: runs perhaps, or more than once. */
  readonly conditional: boolean;
}

/** A word of a command. */
export interface ShellWord {
  /** As written, with quotes and `$…`. */
  readonly raw: string;
  /** Without quotes; `$NAME`, `${NAME}` and `$(…)` stay as written. `${{ … }}` stays as written. */
  readonly text: string;
  /** Its parts in order. */
  readonly parts: readonly WordPart[];
  readonly range: Range;
}

export type WordPart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly text: string; readonly modified: boolean; readonly fallback?: string }
  | { readonly kind: 'expression'; readonly text: string }
  | { readonly kind: 'substitution'; readonly text: string };

export interface Assignment {
  readonly name: string;
  readonly value: ShellWord;
  readonly range: Range;
}

export interface Redirection {
  /** `>`, `>>`, `<`, `<<`, `<<<`, `2>` … */
  readonly operator: string;
  readonly target?: ShellWord;
  /** The body of a here-document. */
  readonly body?: MappedText;
  readonly range: Range;
}
