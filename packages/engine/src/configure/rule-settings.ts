import type { OptionDefinition, OptionValue, Rule } from '@plimsoll/core';
import { entriesOf, entryOf, firstLine, stringOf, stringsOf } from '@plimsoll/documents';
import type { YamlEntry, YamlNode } from '@plimsoll/documents';
import type { ConfigProblem } from '../model.ts';
import type { Level, RuleSetting, RuleSettings } from './configuration.ts';
import { suggestion } from './nearest.ts';
import { MAX_PROBLEMS } from './schema.ts';

/** The rules whose level can be set: those that are checked, and the engine's own. */
export type KnownRules = ReadonlyMap<string, Pick<Rule, 'id' | 'options'>>;

const LEVELS: readonly string[] = ['off', 'info', 'warning', 'error'] satisfies readonly Level[];

/** The settings under a `rules:`. What is wrong goes to `problems`, and is left out. With no rule known, none is judged. */
export function readRuleSettings(
  node: YamlNode | undefined,
  known: KnownRules,
  problems: ConfigProblem[],
): RuleSettings {
  const settings = new Map<string, RuleSetting>();
  for (const entry of entriesOf(node)) {
    const rule = known.get(entry.key);
    if (rule) settings.set(entry.key, readSetting(entry, rule, problems));
    else if (known.size > 0 && problems.length < MAX_PROBLEMS) problems.push(unknownRule(entry, known));
  }
  return settings;
}

/** Says that no such rule is known, and which one was perhaps meant. */
export function unknownRuleMessage(id: string, known: Iterable<string>): string {
  const ids = [...known];
  const near = suggestion(id, ids) ?? sameDefect(id, ids);
  return `"${id}" is no rule${near ? `; ${near}` : ''}`;
}

/** `latest-tag` for `identity/latest-tag`. */
function sameDefect(id: string, ids: readonly string[]): string | undefined {
  const defect = id.slice(id.lastIndexOf('/') + 1);
  const match = ids.find((each) => each.slice(each.indexOf('/') + 1) === defect);
  return match && `did you mean "${match}"?`;
}

function unknownRule({ key, keyRange }: YamlEntry, known: KnownRules): ConfigProblem {
  return {
    message: unknownRuleMessage(key, known.keys()),
    help: '`plimsoll rules` lists them',
    at: firstLine(keyRange),
  };
}

function readSetting(
  { keyRange, value: node }: YamlEntry,
  rule: Pick<Rule, 'id' | 'options'>,
  problems: ConfigProblem[],
): RuleSetting {
  const level = stringOf(node) ?? stringOf(entryOf(node, 'level')?.value);
  const because = stringOf(entryOf(node, 'because')?.value)?.trim();
  const isLevel = level !== undefined && LEVELS.includes(level);
  const unexplained = level === 'off' && !because;
  return {
    ...(isLevel && !unexplained && { level: level as Level }),
    ...(because && { because }),
    options: readOptions(entryOf(node, 'options')?.value, rule, problems),
    at: firstLine(keyRange),
  };
}

function readOptions(
  node: YamlNode | undefined,
  { id, options }: Pick<Rule, 'id' | 'options'>,
  problems: ConfigProblem[],
): Readonly<Record<string, OptionValue>> {
  const values: Record<string, OptionValue> = {};
  for (const { key, keyRange, value } of entriesOf(node)) {
    const definition = Object.hasOwn(options, key) ? options[key] : undefined;
    if (!definition) {
      problems.push({ ...unknownOption(key, id, Object.keys(options)), at: firstLine(keyRange) });
      continue;
    }
    const read = readOption(value, definition);
    if (read !== undefined) values[key] = read;
    else problems.push({ message: `${key} must be ${typeOf(definition)}`, at: firstLine(value.range) });
  }
  return values;
}

function unknownOption(key: string, id: string, known: readonly string[]): ConfigProblem {
  if (known.length === 0) return { message: `${id} has no options` };
  const near = suggestion(key, known);
  return { message: `"${key}" is no option of ${id}${near ? `; ${near}` : ''}`, help: `It has: ${known.join(', ')}` };
}

function readOption(node: YamlNode, definition: OptionDefinition): OptionValue | undefined {
  if (Array.isArray(definition.default)) {
    const strings = stringsOf(node);
    return node.type === 'sequence' && strings.length === node.items.length ? strings : undefined;
  }
  if (node.type !== 'scalar' || typeof node.value !== typeof definition.default) return undefined;
  return typeof node.value === 'boolean' || (typeof node.value === 'number' && Number.isFinite(node.value))
    ? node.value
    : undefined;
}

function typeOf({ default: value }: OptionDefinition): string {
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'number' ? 'a number' : 'a list of texts';
}
