import { effectiveConfiguration } from '@plimsoll/engine';
import type { EffectiveConfiguration, EffectiveRule } from '@plimsoll/engine';
import { visible } from '@plimsoll/reporters';
import type { Range } from '@plimsoll/core';
import { folderPrefix } from '../folder-prefix.ts';
import type { ConfigCommandOptions } from '../program-config.ts';
import { rules } from '../rules.ts';
import { complain } from '../say.ts';

/** Prints what holds for a path as a `plimsoll.yaml`, each line with its origin. Returns the exit code. */
export function runConfig(path: string | undefined, { preset, config }: ConfigCommandOptions): number {
  const cwd = process.cwd();
  const found = effectiveConfiguration(
    { cwd, rules, ...(preset && { preset }), ...(config !== undefined && { configFile: config }) },
    path,
  );
  const prefix = folderPrefix(cwd, found.root);
  process.stdout.write(`${textOf(found, prefix).map(visible).join('\n')}\n`);
  if (found.problems.length === 0) return 0;
  return complain(found.problems.map(({ message, at }) => (at ? `${placeOf(at, prefix)}: ${message}` : message)));
}

function textOf({ path, preset, rules: all, ignored }: EffectiveConfiguration, prefix: string): readonly string[] {
  const from = preset.from === 'command' ? '--preset' : preset.from === 'default' ? 'default' : undefined;
  const rows = [
    [`preset: ${preset.name}`, from ?? placeOf(preset.from as Range, prefix)],
    ['rules:', ''],
    ...all.map((rule) => [`  ${rule.id}: ${ruleText(rule)}`, originOf(rule, preset.name, prefix)]),
  ] as const;
  const widest = Math.max(...rows.map(([text]) => text.length));
  return [
    `# ${path === '' ? 'the root' : `${prefix}${path}`}`,
    ...(ignored ? [`# Its findings are suppressed (${placeOf(ignored.at, prefix)}), because: ${ignored.because}`] : []),
    ...rows.map(([text, origin]) => (origin === '' ? text : `${text.padEnd(widest)}  # ${origin}`)),
  ];
}

function ruleText({ level, options }: EffectiveRule): string {
  const names = Object.keys(options);
  return names.length === 0 ? level : `{ level: ${level}, options: ${JSON.stringify(options)} }`;
}

function originOf({ at, because, level, options }: EffectiveRule, preset: string, prefix: string): string {
  if (!at) return `preset ${preset}${Object.keys(options).length > 0 ? ', with options of a file' : ''}`;
  return `${placeOf(at, prefix)}${level === 'off' && because !== undefined ? `, because: ${because}` : ''}`;
}

function placeOf({ file, start }: Range, prefix: string): string {
  return `${prefix}${file.path}:${file.positionAt(start).line}`;
}
