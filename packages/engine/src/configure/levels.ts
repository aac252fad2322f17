import type { OptionValue, Preset, Rule, Severity } from '@plimsoll/core';
import { layersAt, presetAt } from './configuration.ts';
import type { Configuration, Level, RuleSetting } from './configuration.ts';

/** What of a rule decides on its level. */
export type Levelled = Pick<Rule, 'id' | 'severity' | 'presets' | 'options'>;

/** What holds for one rule: at which level in which file, with which options, and why it is off where it is. */
export interface RulePlan<R extends Levelled = Levelled> {
  readonly rule: R;
  /** Whether it is on anywhere. */
  readonly enabled: boolean;
  readonly levelAt: (path: string) => PlannedLevel;
  readonly optionsAt: (path: string | undefined) => Readonly<Record<string, OptionValue>>;
}

export interface PlannedLevel {
  readonly level: Level;
  /** The reason given where the configuration switched it off. */
  readonly because?: string;
}

/** How a rule runs under a configuration. Settings are judged by the path of the finding's file; `given` is the preset of the command. */
export function planRule<R extends Levelled>(
  rule: R,
  given: Preset | undefined,
  configuration: Configuration,
): RulePlan<R> {
  const { layers } = configuration;
  const usual = given ?? 'recommended';
  const plain = { level: levelIn(rule, usual) };
  const plainOptions = defaultOptions(rule, usual);
  const isPlain = layers.length === 0;
  const foundAt = new Map<string, readonly RuleSetting[]>();
  const at = (path: string): readonly RuleSetting[] => {
    const found = foundAt.get(path) ?? settingsAt(rule.id, configuration, path);
    foundAt.set(path, found);
    return found;
  };
  const preset = (path: string): Preset => given ?? presetAt(configuration, path)?.name ?? 'recommended';
  return {
    rule,
    enabled: isOnSomewhere(rule, given, configuration),
    levelAt: (path) => {
      if (isPlain) return plain;
      return at(path).reduce<PlannedLevel>(overridden, { level: levelIn(rule, preset(path)) });
    },
    optionsAt: (path = '') => {
      if (isPlain) return plainOptions;
      return at(path).reduce((all, own) => ({ ...all, ...own.options }), defaultOptions(rule, preset(path)));
    },
  };
}

/** What the files say of a rule at a path, in order. */
export function settingsAt(id: string, configuration: Configuration, path: string): readonly RuleSetting[] {
  return layersAt(configuration, path).flatMap(({ rules, overrides }) => {
    const matching = overrides.filter(({ matches }) => matches(path));
    return [rules, ...matching.map((override) => override.rules)].flatMap((one) => one.get(id) ?? []);
  });
}

function isOnSomewhere(rule: Levelled, given: Preset | undefined, configuration: Configuration): boolean {
  const { layers } = configuration;
  const atRoot = settingsAt(rule.id, configuration, '').findLast(({ level }) => level !== undefined)?.level;
  if ((atRoot ?? levelIn(rule, given ?? presetAt(configuration, '')?.name ?? 'recommended')) !== 'off') return true;
  return layers.some(({ folder, root, preset, rules, overrides }) => {
    const settings = [rules, ...overrides.map((override) => override.rules)];
    if (settings.some((one) => (one.get(rule.id)?.level ?? 'off') !== 'off')) return true;
    const decides = folder !== '' && (root || (atRoot === undefined && preset !== undefined));
    return decides && levelIn(rule, given ?? preset?.name ?? 'recommended') !== 'off';
  });
}

function levelIn({ presets, severity }: Levelled, preset: Preset): Level {
  return presets.includes(preset) ? severity : 'off';
}

/**
 * The severity of one finding. `level` replaces the rule's own severity. A report that is milder than its rule stays
 * as mild; one that is graver stays as grave unless the configuration lowered the rule.
 */
export function severityOf(level: Severity, own: Severity, reported: Severity | undefined): Severity {
  if (reported === undefined || reported === own) return level;
  if (RANK[reported] < RANK[own]) return RANK[reported] < RANK[level] ? reported : level;
  return RANK[level] < RANK[own] || RANK[level] > RANK[reported] ? level : reported;
}

/** Whether `severity` is at or above `threshold`. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return RANK[severity] >= RANK[threshold];
}

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

function overridden(before: PlannedLevel, { level, because }: RuleSetting): PlannedLevel {
  return level === undefined ? before : { level, ...(because && { because }) };
}

function defaultOptions(rule: Levelled, preset: Preset): Record<string, OptionValue> {
  const entries = Object.entries(rule.options);
  return Object.fromEntries(
    entries.map(([name, { default: value, strict }]) => [name, (preset === 'strict' ? strict : undefined) ?? value]),
  );
}
