import type { Command, Script } from '@plimsoll/documents';
import type { PlacedCommand } from '../model.ts';
import { baseName, normalName } from './names.ts';
import { isChecker } from './takers.ts';

/**
 * Whether one of the commands checks a file that a script fetches: by a check that names it; by one against a list of sums in
 * a file; or by one of the same script that names nothing which is fetched, and so may mean any.
 */
export function checkedFiles(
  placed: readonly PlacedCommand[],
  fetched: readonly string[],
): (file: string, script: Script) => boolean {
  const checks = placed
    .filter(({ command }) => isChecker(command))
    .slice(0, maxChecks)
    .map(({ script, command }) => readCheck(script, command));
  const names = fetched.map(baseName).filter((name) => name !== '');
  const mayMeanAny = new Set(checks.filter(({ text }) => !names.some((name) => text.includes(name))));
  return (file, script) => {
    const name = baseName(file);
    return checks.some(
      (check) => check.listed || check.text.includes(name) || (check.script === script && mayMeanAny.has(check)),
    );
  };
}

const maxChecks = 300;
/** Commands before a check in its pipeline, of which those next to it print what it reads. */
const maxBefore = 5;

/** A command that checks, with the text that it may name files in. */
interface Check {
  readonly script: Script;
  readonly text: string;
  /** The list of sums that it reads stands in a file. */
  readonly listed: boolean;
}

function readCheck(script: Script, { words, pipeline, redirections }: Command): Check {
  const position = pipeline?.position ?? 0;
  const before = (pipeline?.commands.slice(Math.max(0, position - maxBefore), position) ?? []).flatMap(
    (at) => script.commands[at] ?? [],
  );
  const own = words.slice(1).map(({ text }) => text);
  const bodies = [redirections, ...before.map((one) => one.redirections)]
    .flat()
    .flatMap(({ target, body }) => [target?.text ?? '', body?.text ?? '']);
  const piped = before.flatMap((one) => one.words.map(({ text }) => text));
  const listed =
    own.some((text) => /^-[a-z]*c$|^--check/.test(text)) && own.some((text) => text !== '-' && !text.startsWith('-'));
  return { script, text: normalName([...own, ...piped, ...bodies].join(' ')), listed };
}
