import { relative, resolve, sep } from 'node:path';
import type { OptionValue, Preset } from '@plimsoll/core';
import type { Range } from '@plimsoll/documents';
import { openWorkspace } from '../check/workspace.ts';
import { engineRules } from '../engine-rules.ts';
import type { CheckOptions, ConfigProblem } from '../model.ts';
import type { Configuration, Level } from './configuration.ts';
import { ignoredAt, presetAt } from './configuration.ts';
import { planRule, settingsAt } from './levels.ts';
import type { Levelled } from './levels.ts';

/** What holds for one path, each with the place that says so. */
export interface EffectiveConfiguration {
  /** Absolute; '' for a tree in memory. */
  readonly root: string;
  /** From the root; '' is the root. */
  readonly path: string;
  readonly preset: { readonly name: Preset; readonly from: Range | 'command' | 'default' };
  readonly rules: readonly EffectiveRule[];
  /** Why its findings are not wanted. */
  readonly ignored?: { readonly because: string; readonly at: Range };
  readonly problems: readonly ConfigProblem[];
}

export interface EffectiveRule {
  readonly id: string;
  readonly level: Level;
  /** Undefined: the preset decides. */
  readonly at?: Range;
  readonly because?: string;
  /** Those that a file sets, with the value that holds. */
  readonly options: Readonly<Record<string, OptionValue>>;
}

/** What the configuration says for a path of the repository. The path need not be there. */
export function effectiveConfiguration(options: CheckOptions, given = '.'): EffectiveConfiguration {
  const { configuration, scope, tree } = openWorkspace(options);
  const path = options.tree ? given.replace(/^\.$/, '') : wayFrom(scope.root, resolve(options.cwd, given));
  const outside = path.startsWith('../') ? [{ message: `${given} is outside of the root ${tree.root}` }] : [];
  const preset = presetAt(configuration, path);
  const ignored = ignoredAt(configuration, path);
  const known: readonly Levelled[] = [...options.rules, ...engineRules];
  return {
    root: scope.root,
    path,
    preset: options.preset
      ? { name: options.preset, from: 'command' }
      : { name: preset?.name ?? 'recommended', from: preset?.at ?? 'default' },
    rules: known.map((rule) => effectiveRule(rule, configuration, path, options.preset)),
    ...(ignored && { ignored: { because: ignored.because, at: ignored.at } }),
    problems: [...outside, ...configuration.problems],
  };
}

function wayFrom(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

function effectiveRule(
  rule: Levelled,
  configuration: Configuration,
  path: string,
  preset: Preset | undefined,
): EffectiveRule {
  const plan = planRule(rule, preset, configuration);
  const settings = settingsAt(rule.id, configuration, path);
  const decides = settings.findLast(({ level }) => level !== undefined);
  const { level, because } = plan.levelAt(path);
  const values = plan.optionsAt(path);
  const names = settings.flatMap((setting) => Object.keys(setting.options));
  return {
    id: rule.id,
    level,
    ...(decides && { at: decides.at }),
    ...(because !== undefined && { because }),
    options: Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]))),
  };
}
