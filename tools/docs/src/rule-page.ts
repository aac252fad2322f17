import type { Example, Rule } from '@plimsoll/core';
import type { EngineRule } from '@plimsoll/engine';
import { report } from '@plimsoll/reporters';
import { runExample } from '@plimsoll/rule-tester';

/** The page of what the engine itself reports: it has no examples. */
export function engineRulePage({ id, summary, why, severity, limits, since }: EngineRule): string {
  return [
    `# ${id}`,
    '',
    '<!-- Written by `npm run docs`. -->',
    '',
    summary,
    '',
    `Level \`${severity}\` · always on · since ${since}`,
    '',
    '## Why',
    '',
    why,
    '',
    ...(limits ? ['## What it does not see', '', limits, ''] : []),
  ].join('\n');
}

/** The page of a rule, with what the rule really prints for its bad examples. */
export async function rulePage(rule: Rule): Promise<string> {
  const bad = await Promise.all(
    rule.examples.bad.map(async (example) => [...files(example), '```text', await output(rule, example), '```', '']),
  );
  const options = Object.entries(rule.options);
  const lines = [
    `# ${rule.id}`,
    '',
    '<!-- Written by `npm run docs` from the rule. -->',
    '',
    rule.summary,
    '',
    `Level \`${rule.severity}\` · in preset ${rule.presets.map((p) => `\`${p}\``).join(' and ')} · since ${rule.since}`,
    '',
    '## Why',
    '',
    rule.why,
    '',
    '## Bad',
    '',
    ...bad.flat(),
    '## Good',
    '',
    ...rule.examples.good.flatMap((example) => files(example)),
    ...(options.length > 0 ? ['## Options', '', ...optionTable(rule), ''] : []),
    ...(rule.limits ? ['## What it does not see', '', rule.limits, ''] : []),
    '## References',
    '',
    ...rule.references.map((r) => `- ${r}`),
    '',
    '## To accept it in one place',
    '',
    '```text',
    `# plimsoll-ignore ${rule.id} -- why it is fine here`,
    '```',
    '',
  ];
  return lines.join('\n');
}

function optionTable({ options }: Rule): string[] {
  const value = (v: unknown) => `\`${JSON.stringify(v)}\``;
  return [
    '| option | default | in strict | meaning |',
    '| --- | --- | --- | --- |',
    ...Object.entries(options).map(
      ([name, o]) => `| \`${name}\` | ${value(o.default)} | ${value(o.strict ?? o.default)} | ${o.description} |`,
    ),
  ];
}

function files(example: Example): string[] {
  return Object.entries(example).flatMap(([path, text]) => [
    `\`${path}\``,
    '',
    `\`\`\`${language(path)}`,
    text.replaceAll(/[«»]/g, '').replace(/\n$/, ''),
    '```',
    '',
  ]);
}

function language(path: string): string {
  if (/\.ya?ml$/.test(path)) return 'yaml';
  if (path.endsWith('.dockerignore')) return 'text';
  return path.endsWith('Dockerfile') ? 'dockerfile' : (/\.([a-z]+)$/.exec(path)?.[1] ?? 'text');
}

async function output(rule: Rule, example: Example): Promise<string> {
  const { findings } = await runExample(rule, example);
  const text = report('text', {
    findings,
    suppressed: [],
    skipped: [],
    uncheckable: [],
    files: Object.keys(example).length,
    durationMs: 0,
    preset: 'strict',
    rules: [rule],
    toolVersion: '0.0.0',
    notes: [],
  });
  // The summary tells a time, and says nothing that the findings do not.
  return text.trimEnd().split('\n').slice(0, -1).join('\n').trimEnd();
}
