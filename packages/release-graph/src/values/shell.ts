import type { Command, Script, ShellWord } from '@plimsoll/documents';
import type { Value } from '../model.ts';
import { unknown } from './resolved.ts';
import { toValue } from './value.ts';
import type { ValueScope } from './value.ts';

/** What a command of a script sees: the variables that commands before it set, then those of its environment. */
export interface ShellScope extends ValueScope {
  readonly script: Script;
}

/** The scope of one command of a script that runs in `outer`. */
export function shellScope(script: Script, command: Command, outer: ValueScope): ShellScope {
  return { ...outer, script };
}

/** A word of a command, with its variables and expressions. */
export function evaluateWord(word: ShellWord, scope: ValueScope): Value {
  return toValue(unknown(word.text, 'not yet'), word.raw, word.range);
}
