import type { MappedText } from '../text/mapped-text.ts';
import { isSpace } from '../text/space.ts';
import type { Parts } from './instruction.ts';
import { readJsonForm } from './json-form.ts';
import type { Word, WordsInstruction } from './model.ts';
import { sliceTrimmed, splitWords, wordOf } from './split.ts';
import { suggestInstruction } from './suggest.ts';

/** How the arguments of an instruction are split. */
type Shape = 'whole' | 'words' | 'words or JSON' | 'whole or JSON' | 'health';

const shapes = new Map<string, Shape>([
  ['CMD', 'whole or JSON'],
  ['ENTRYPOINT', 'whole or JSON'],
  ['SHELL', 'whole or JSON'],
  ['EXPOSE', 'words'],
  ['VOLUME', 'words or JSON'],
  ['USER', 'whole'],
  ['WORKDIR', 'whole'],
  ['STOPSIGNAL', 'whole'],
  ['MAINTAINER', 'whole'],
  ['HEALTHCHECK', 'health'],
]);

/** Reads every instruction that has no type of its own, also one that BuildKit does not know. */
export function readWords(parts: Parts): WordsInstruction {
  const { name, base, split, report } = parts;
  const shape = shapes.get(name);
  if (!shape) {
    report(base.nameRange, `"${split.keyword}" is no instruction`, () => adviceFor(name));
  }
  const { words, json } = readShape(split.body, shape ?? 'words', parts);
  const instruction = { ...base, type: 'words', name, words, ...(json && { json }) } as const;
  checkWords(instruction, parts);
  return instruction;
}

function adviceFor(name: string): string | undefined {
  const known = suggestInstruction(name);
  return known && `Did you mean ${known}?`;
}

interface Shaped {
  readonly words: readonly Word[];
  readonly json?: readonly Word[];
}

function readShape(body: MappedText, shape: Shape, parts: Parts): Shaped {
  if (body.text === '') return { words: [] };
  if (shape === 'words') return { words: splitWords(body) };
  if (shape === 'whole') return { words: [wordOf(body, 0, body.text.length)] };
  if (shape === 'health') return readHealth(body, parts);
  const json = readJsonForm(body);
  if (json === 'mixed') parts.report(body.range(), 'The JSON array holds something else than strings');
  if (typeof json === 'object') return { words: json.words, json: json.words };
  return readShape(body, shape === 'words or JSON' ? 'words' : 'whole', parts);
}

function readHealth(body: MappedText, parts: Parts): Shaped {
  let end = 0;
  while (end < body.text.length && !isSpace(body.text[end])) end++;
  const type = wordOf(body, 0, end);
  const command = readShape(sliceTrimmed(body, end, body.text.length), 'whole or JSON', parts);
  return { words: [type, ...command.words], ...(command.json && { json: command.json }) };
}

const needed = new Set(['EXPOSE', 'VOLUME', 'USER', 'WORKDIR', 'STOPSIGNAL', 'MAINTAINER', 'SHELL', 'HEALTHCHECK']);

function checkWords({ name, words, json, body, nameRange }: WordsInstruction, { report }: Parts): void {
  if (words.length === 0 && needed.has(name)) return report(nameRange, `${name} needs an argument`);
  if (name === 'SHELL' && !json) {
    return report(body.range(), 'SHELL takes a JSON array', 'Write SHELL ["/bin/bash", "-o", "pipefail", "-c"]');
  }
  const empty = name === 'VOLUME' ? words.find((word) => word.raw.trim() === '') : undefined;
  if (empty) return report(empty.range, 'A volume is empty');
  if (name === 'HEALTHCHECK') checkHealth(words, report);
}

function checkHealth([type, ...command]: readonly Word[], report: Parts['report']): void {
  const kind = type?.raw.toUpperCase();
  if (!type) return;
  if (kind !== 'NONE' && kind !== 'CMD') return report(type.range, 'HEALTHCHECK takes NONE, or CMD and a command');
  if (kind === 'CMD' && command.length === 0) return report(type.range, 'HEALTHCHECK CMD needs a command');
  if (kind === 'NONE' && command[0]) report(command[0].range, 'HEALTHCHECK NONE takes no arguments');
}
