import type { Parts } from './instruction.ts';
import type { FromInstruction } from './model.ts';
import { missingWord, splitWords } from './split.ts';

const stageName = /^[a-z][a-z0-9._-]*$/;

export function readFrom({ split, base, report }: Parts): FromInstruction {
  const words = splitWords(split.body);
  const [image, as, name] = words;
  const named = words.length >= 3 && as?.raw.toLowerCase() === 'as';
  if (!image) {
    report(base.nameRange, 'FROM names no image', 'Write FROM <image>[:<tag>][@<digest>] [AS <name>]');
  } else if (words.length !== 1 && !(words.length === 3 && named)) {
    report(split.body.range(), 'FROM takes an image, or an image, AS and a name');
  } else if (named && name && !stageName.test(name.raw.toLowerCase())) {
    report(
      name.range,
      `"${name.raw}" is no name for a stage: a letter comes first, then letters, digits, "-", "_" and "."`,
    );
  }
  const platform = split.flags.find((flag) => flag.name === 'platform');
  return {
    ...base,
    type: 'from',
    name: 'FROM',
    image: image ?? missingWord(split.text),
    ...(platform?.value !== undefined && { platform: { raw: platform.value, range: platform.valueRange } }),
    ...(named && name && { alias: name }),
  };
}
