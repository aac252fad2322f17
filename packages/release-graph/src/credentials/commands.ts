import { firstLine } from '@plimsoll/documents';
import type { ShellWord } from '@plimsoll/documents';
import type { FoundUse } from './found.ts';
import { givenUse, staticUse } from './found.ts';
import { registryCommandUse, standardInput } from './logins.ts';
import type { CommandRow, PackageIndex } from './model.ts';
import { providers } from './providers/index.ts';
import { usesPublicIndex } from './publishing.ts';
import { longLived, toolName, toolWords } from './step-view.ts';
import type { CommandView, GivenValue, StepView } from './step-view.ts';

/** What the commands of a step authenticate with: the first of each provider. */
export function commandUses(view: StepView): readonly FoundUse[] {
  return view.commands.flatMap(
    (at) => registryCommandUse(view, at) ?? publishUse(view, at) ?? tableUse(view, at) ?? [],
  );
}

const PROVIDER_OF_INDEX: Readonly<Partial<Record<string, string>>> = {
  npm: 'npm',
  pypi: 'PyPI',
  crates: 'crates.io',
  rubygems: 'RubyGems',
  nuget: 'NuGet',
  maven: 'Maven Central',
};

/** A publishing command with the credential among its options. */
function publishUse(view: StepView, at: CommandView): FoundUse | undefined {
  const { call } = at;
  if (call?.does !== 'publish' || call.dryRun || !call.password?.value) return undefined;
  const row = providers.find(({ provider }) => provider === PROVIDER_OF_INDEX[call.ecosystem]);
  if (!row || !usesPublicIndex(view, call.ecosystem as PackageIndex)) return undefined;
  const { written, range, value } = call.password;
  return placed(staticUse(row, view, [{ name: written, range, value: at.value(value) }]), at);
}

const rows = providers.flatMap((row) => row.commands.map((command) => ({ row, command })));

function tableUse(view: StepView, at: CommandView): FoundUse | undefined {
  for (const { row, command } of rows) {
    const given = givenTo(view, at, command);
    const found = given && (staticUse(row, view, [given]) ?? (command.anySecret && givenUse(row, view, given)));
    if (found) return placed(found, at);
  }
  return undefined;
}

function placed(found: FoundUse | undefined, { command }: CommandView): FoundUse | undefined {
  return found && { ...found, origin: { ...found.origin, command } };
}

function givenTo(view: StepView, at: CommandView, row: CommandRow): GivenValue | undefined {
  const [tool = ''] = row.words;
  if (toolName(at.command) !== tool) return undefined;
  const words = toolWords(at.command);
  const behind = behindSubcommands(words, row.words);
  if (!behind || (row.only !== undefined && !words.some((word) => word.text === row.only))) return undefined;
  const option = optionValue(at, behind, row.options);
  if (option && longLived(option.value).length > 0) return option;
  const name = row.words.join(' ');
  if (row.anySecret) {
    const secret = standardInput(at, view) ?? secretInScript(view) ?? option;
    return secret && { ...secret, name, range: firstLine(at.command.range) };
  }
  if (row.positional === undefined) return undefined;
  const other = positional(at, behind, row.positional) ?? standardInput(at, view);
  return other && { ...other, name };
}

/** The words behind the subcommands; options may stand between those. */
function behindSubcommands(words: readonly ShellWord[], wanted: readonly string[]): readonly ShellWord[] | undefined {
  let next = 1;
  let at = 1;
  for (; next < wanted.length && at < words.length; at++) if (words[at]?.text === wanted[next]) next++;
  return next === wanted.length ? words.slice(at) : undefined;
}

function optionValue(at: CommandView, words: readonly ShellWord[], options: readonly string[]): GivenValue | undefined {
  for (const [i, word] of words.entries()) {
    const name = options.find((option) => word.text === option || word.text.startsWith(`${option}=`));
    if (name === undefined) continue;
    const value = word.text === name ? words[i + 1] : word;
    if (value)
      return {
        name,
        range: value === word ? word.range : { ...word.range, end: value.range.end },
        value: at.value(value),
      };
  }
  return undefined;
}

function positional(at: CommandView, words: readonly ShellWord[], index: number): GivenValue | undefined {
  const word = words.filter(({ text }) => !text.startsWith('-'))[index];
  return word && { name: word.text, range: word.range, value: at.value(word) };
}

/** A secret that some command of the script writes, as into a key file. */
function secretInScript(view: StepView): GivenValue | undefined {
  for (const at of view.commands) {
    for (const word of at.command.words) {
      const value = at.value(word);
      if (longLived(value).length > 0) return { name: word.text, range: word.range, value };
    }
    const input = standardInput(at, view);
    if (input) return input;
  }
  return undefined;
}
