import type { Command, ShellWord } from '@plimsoll/documents';
import { readText } from '../commands/script-files.ts';
import { lazy } from '../lazy.ts';
import type { Documents } from '../model.ts';

const modules = new WeakMap<Documents['tree'], () => string | undefined>();

/** `go run . build` in the module of a tool is that tool: `go run github.com/google/ko build`. Any other command as it is. */
export function withOwnTool({ tree }: Documents, command: Command): Command {
  const at = command.name === 'go' && command.words[1]?.text === 'run' ? command.words[2] : undefined;
  if (!at || !/^\.\/?$/.test(at.text)) return command;
  const known = modules.get(tree) ?? lazy(() => moduleOf(readText(tree, 'go.mod')?.text ?? ''));
  modules.set(tree, known);
  const name = known();
  if (name === undefined) return command;
  const word: ShellWord = { ...at, parts: [{ kind: 'literal', text: name }], text: name };
  return { ...command, words: command.words.map((one) => (one === at ? word : one)) };
}

function moduleOf(text: string): string | undefined {
  return /^module[ \t]+(\S+)/m.exec(text)?.[1];
}
