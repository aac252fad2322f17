import type { OptionValue, Preset, Rule, Severity } from '@plimsoll/core';
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
  /** The reason given where an override switched it off. */
  readonly because?: string;
}

/** How a rule runs under a preset and a configuration. Overrides are judged by the path of the finding's file. */
export function planRule<R extends Levelled>(rule: R, preset: Preset, configuration: Configuration): RulePlan<R> {
  const base = configuration.rules.get(rule.id);
  const level: Level = base?.level ?? (rule.presets.includes(preset) ? rule.severity : 'off');
  const overrides = configuration.overrides.flatMap(({ matches, rules }) => {
    const setting = rules.get(rule.id);
    return setting ? [{ matches, setting }] : [];
  });
  const options = { ...defaultOptions(rule, preset), ...base?.options };
  const at = (path: string) => overrides.filter(({ matches }) => matches(path)).map(({ setting }) => setting);
  return {
    rule,
    enabled: level !== 'off' || overrides.some(({ setting }) => setting.level !== undefined && setting.level !== 'off'),
    levelAt: (path) => (overrides.length === 0 ? { level } : at(path).reduce(overridden, { level })),
    optionsAt: (path) =>
      overrides.length === 0 || path === undefined
        ? options
        : at(path).reduce((all, own) => ({ ...all, ...own.options }), options),
  };
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
