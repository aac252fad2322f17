import { lexShell } from './lex.ts';
import { parseHeredocWord } from './heredocs.ts';
import type { Parts } from './instruction.ts';
import { readJsonForm } from './json-form.ts';
import type { CopyInstruction, Word } from './model.ts';
import { missingWord, splitWords } from './split.ts';

export function readCopy(parts: Parts, name: CopyInstruction['name']): CopyInstruction {
  const { split, base, report } = parts;
  const json = readJsonForm(split.body);
  if (json === 'mixed') report(split.body.range(), 'The JSON array holds something else than strings');
  const words = typeof json === 'object' ? json.words : splitWords(split.body);
  if (words.length < 2) {
    const missing = words.length === 0 ? 'a source and a destination' : 'a destination';
    report(base.nameRange, `${name} needs ${missing}`, `Write ${name} <source>… <destination>`);
  }
  const destination = words.length < 2 ? undefined : words.at(-1);
  if (destination && parseHeredocWord(destination.raw)) {
    report(destination.range, `A heredoc cannot be the destination of ${name}`);
  }
  const from = fromOf(parts);
  return {
    ...base,
    type: 'copy',
    name,
    sources: (destination ? words.slice(0, -1) : words).filter((word) => !parseHeredocWord(word.raw)),
    destination: destination ?? missingWord(split.text),
    json: typeof json === 'object',
    ...(name === 'COPY' && from && { from }),
  };
}

function fromOf({ split, escape, report }: Parts): Word | undefined {
  const flag = split.flags.find((each) => each.name === 'from');
  if (!flag?.value) return undefined;
  const { text, fault } = lexShell(flag.value, { escape, lookup: () => ({ state: 'undeclared' }) });
  if (fault !== undefined || text !== flag.value) {
    report(
      flag.valueRange,
      '--from takes no variable',
      'Name a stage that is FROM the variable, and copy from that stage',
    );
  }
  return { raw: flag.value, range: flag.valueRange };
}
