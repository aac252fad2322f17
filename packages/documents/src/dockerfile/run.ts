import { MappedText } from '../text/mapped-text.ts';
import { parseHeredocWord } from './heredocs.ts';
import type { Parts } from './instruction.ts';
import { readJsonForm } from './json-form.ts';
import type { RunInstruction } from './model.ts';
import { readMounts } from './mounts.ts';

export function readRun(parts: Parts): RunInstruction {
  const { split, base, report } = parts;
  const json = readJsonForm(split.body);
  if (json === 'mixed') report(split.body.range(), 'The JSON array holds something else than strings');
  const mounts = readMounts(split.flags, report);
  const common = { ...base, type: 'run', name: 'RUN', mounts } as const;
  return typeof json === 'object' ? { ...common, json: json.words } : { ...common, script: scriptOf(parts) };
}

/** As BuildKit gives it to the shell: a lone heredoc's body; other heredocs behind the text, with their delimiters. */
function scriptOf({ split, texts }: Parts): MappedText {
  const [first] = texts;
  if (first && parseHeredocWord(split.body.text)) return first.body;
  if (!first) return split.body;
  const { file } = split.body;
  const lineEnd = new MappedText(file, '\n', []);
  const behind = texts.flatMap(({ written, delimiter }) => [lineEnd, written, delimiter]);
  return MappedText.join(file, [split.body, ...behind]);
}
