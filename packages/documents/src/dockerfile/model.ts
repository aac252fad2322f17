import type { MappedText } from '../text/mapped-text.ts';
import type { Range, SourceFile } from '../text/source-file.ts';

/** A Dockerfile as BuildKit reads it. `name`s of instructions are upper case; ranges are those of the file. */
export interface Dockerfile {
  readonly kind: 'dockerfile';
  readonly file: SourceFile;
  readonly directives: readonly Directive[];
  /** The character of line continuation: `\` unless `# escape` says otherwise. */
  readonly escape: '\\' | '`';
  /** All instructions in order; an ONBUILD holds the instruction that it triggers in `trigger`. */
  readonly instructions: readonly Instruction[];
  /** The ARGs before the first FROM. */
  readonly globalArgs: readonly VariableInstruction[];
  readonly stages: readonly Stage[];
  /** Each from its `#` to the end of its line, in order; those between continued lines too, directives not. */
  readonly comments: readonly Range[];
}

/** `# syntax=…`, `# escape=…` or `# check=…` at the top of the file. */
export interface Directive {
  readonly name: 'syntax' | 'escape' | 'check';
  readonly value: string;
  readonly range: Range;
  readonly valueRange: Range;
}

export interface Stage {
  readonly index: number;
  /** Lower-cased, as BuildKit keeps it; undefined for a stage with no `AS`. */
  readonly name?: string;
  readonly from: FromInstruction;
  /** The earlier stage that FROM names, if it names one literally. */
  readonly parent?: Stage;
  /** What stands below FROM, without it. */
  readonly instructions: readonly Instruction[];
}

export type Instruction = FromInstruction | VariableInstruction | CopyInstruction | RunInstruction | WordsInstruction;

interface InstructionBase {
  readonly range: Range;
  readonly nameRange: Range;
  readonly flags: readonly Flag[];
  readonly heredocs: readonly Heredoc[];
  /** Everything behind the name and the flags, without comments, blank lines and line continuations. */
  readonly body: MappedText;
  /** The index of the stage that it stands in; -1 before the first FROM. */
  readonly stage: number;
  /** Set where the instruction stands behind ONBUILD. */
  readonly onbuild?: true;
}

/** `--name=value` or `--name`, before the arguments. */
export interface Flag {
  /** Lower-cased, without the dashes. */
  readonly name: string;
  /** Without quotes; undefined for a bare flag. */
  readonly value?: string;
  readonly range: Range;
  readonly valueRange: Range;
}

export interface Heredoc {
  /** The delimiter, without quotes. */
  readonly name: string;
  /** `false` where the delimiter is quoted: nothing in the body is expanded. */
  readonly expands: boolean;
  /** `<<-`: leading tabs are dropped. */
  readonly chomps: boolean;
  /** The `<<EOF` word. */
  readonly range: Range;
  readonly body: MappedText;
}

/**
 * One argument. `raw` is as written, with quotes and `${…}`, but without line continuations; expand it with `expandWord`. In a
 * JSON array it is the string's value, and the range what stands between its quotes.
 */
export interface Word {
  readonly raw: string;
  readonly range: Range;
}

export interface FromInstruction extends InstructionBase {
  readonly type: 'from';
  readonly name: 'FROM';
  readonly image: Word;
  readonly platform?: Word;
  readonly alias?: Word;
}

/** ARG, ENV and LABEL: names with values. */
export interface VariableInstruction extends InstructionBase {
  readonly type: 'variables';
  readonly name: 'ARG' | 'ENV' | 'LABEL';
  readonly variables: readonly Variable[];
}

export interface Variable {
  readonly name: string;
  readonly nameRange: Range;
  /** Undefined for a bare `ARG NAME`. */
  readonly value?: Word;
  readonly range: Range;
}

export interface CopyInstruction extends InstructionBase {
  readonly type: 'copy';
  readonly name: 'COPY' | 'ADD';
  /** Sources that are words; a heredoc source is in `heredocs`. */
  readonly sources: readonly Word[];
  readonly destination: Word;
  readonly json: boolean;
  /** `--from`, where it is given. */
  readonly from?: Word;
}

export interface RunInstruction extends InstructionBase {
  readonly type: 'run';
  readonly name: 'RUN';
  /** Exec form: the words of the JSON array. */
  readonly json?: readonly Word[];
  readonly mounts: readonly Mount[];
  /** What the shell gets: the shell-form text, or the body of `RUN <<EOF`. Undefined in exec form. */
  readonly script?: MappedText;
}

/** `--mount=type=…,key=value,…` */
export interface Mount {
  /** `bind` unless it says otherwise. */
  readonly type: string;
  readonly options: readonly MountOption[];
  readonly range: Range;
}

export interface MountOption {
  /** Lower-cased and in its long form: `source`, `target`, `readonly`, `readwrite` for `src`, `dst`, `destination`, `ro`, `rw`. */
  readonly key: string;
  readonly value?: string;
  readonly range: Range;
  readonly valueRange: Range;
}

/** Every other instruction; `name` is upper case, also where BuildKit does not know it. */
export interface WordsInstruction extends InstructionBase {
  readonly type: 'words';
  readonly name: string;
  readonly words: readonly Word[];
  readonly json?: readonly Word[];
  /** The instruction behind ONBUILD. */
  readonly trigger?: Instruction;
}
