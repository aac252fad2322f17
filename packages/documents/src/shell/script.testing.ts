import { MappedText, SourceFile, readScript } from '../index.ts';
import type { Command, Script } from '../index.ts';

/** The script of a file that holds this text alone. */
export function script(text: string): Script {
  return readScript(MappedText.of(new SourceFile('run.sh', text).range()));
}

/** The one command, or the first of that name. */
export function command(text: string, name?: string): Command {
  const found = script(text).commands.find((each) => name === undefined || each.name === name);
  if (!found) throw new Error('no such command');
  return found;
}

export const texts = (each: Command) => each.words.map((word) => word.text);
export const lines = (text: string) => script(text).commands.map((each) => texts(each).join(' '));
