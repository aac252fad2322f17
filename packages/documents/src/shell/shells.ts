import type { ShellWord } from './model.ts';
import { commandName } from './prefixes.ts';

const shells = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh']);

/** The script of `bash -c '…'` and of `eval '…'`. */
export function scriptArgument(words: readonly ShellWord[]): ShellWord | undefined {
  const name = words[0] ? commandName(words[0]) : '';
  if (name === 'eval') return words.length === 2 ? words[1] : undefined;
  if (!shells.has(name)) return undefined;
  const { script, operand } = shellArguments(words);
  return script ? operand : undefined;
}

/** Whether the command is a shell which reads its script from standard input: `bash <<'EOF'`, `sh -s arg`. */
export function inputIsScript(words: readonly ShellWord[]): boolean {
  if (!words[0] || !shells.has(commandName(words[0]))) return false;
  const { script, input, operand } = shellArguments(words);
  return !script && (input || operand === undefined);
}

/** `-c`, also in a cluster (`-euxc`); `-s`; and the first operand. `-o` and `-O` take the name of an option. */
function shellArguments(words: readonly ShellWord[]): { script: boolean; input: boolean; operand?: ShellWord } {
  let script = false;
  let input = false;
  for (let at = 1; at < words.length; at++) {
    const word = words[at];
    const match = /^([-+])([A-Za-z]+)$/.exec(word?.text ?? '');
    if (!match && word?.text.startsWith('--')) continue;
    if (!word || !match) return { script, input, ...(word && { operand: word }) };
    const letters = match[2] ?? '';
    if (match[1] === '-') {
      script ||= letters.includes('c');
      input ||= letters.includes('s');
    }
    if (/o$/i.test(letters)) at++;
  }
  return { script, input };
}
