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
  const script = known.get(text) ?? read(text);
  known.set(text, script);
  return script;
}

/** Of a RUN several ask. */
const known = new WeakMap<MappedText, Script>();

function read(text: MappedText): Script {
  const source = shellSource(beginning(text));
  const { commands, troubles } = flatten(source, rereadFactor * source.code.length + 4096);
  if (text.text.length > maximumLength) {
    const unreadableAt = text.range(maximumLength, maximumLength);
    return { text, commands, unreadable: `only its first ${maximumLength} characters are read`, unreadableAt };
  }
  const [first] = troubles;
  return { text, commands, ...(first && { unreadable: first.reason, unreadableAt: first.at }) };
}

/** Whole lines, as far as a script is read. */
function beginning(text: MappedText): MappedText {
  if (text.text.length <= maximumLength) return text;
  const newline = text.text.lastIndexOf('\n', maximumLength);
  return text.slice(0, newline < 0 ? maximumLength : newline);
}
