import type { MappedText } from '../text/mapped-text.ts';
import { flatten } from './flatten.ts';
import { maximumLength, rereadFactor } from './limits.ts';
import type { Script } from './model.ts';
import { shellSource } from './source.ts';

/**
 * Reads a script as Bash: its simple commands in reading order. `${{ … }}` of GitHub are parts of the words that they
 * stand in. Never throws: what cannot be read is in `unreadable`, and the commands that could be read are there.
 */
export function readScript(text: MappedText): Script {
  if (text.text.length > maximumLength) {
    return { text, commands: [], unreadable: `longer than ${maximumLength} characters`, unreadableAt: text.range(0, 0) };
  }
  const { commands, troubles } = flatten(shellSource(text), rereadFactor * text.text.length + 4096);
  const [first] = troubles;
  return { text, commands, ...(first && { unreadable: first.reason, unreadableAt: first.at }) };
}
