import type { Finding, Severity } from '@plimsoll/core';
import type { ReportInput, ReportOptions, SuppressedFinding } from './input.ts';
import { placeOf, prefixed } from './place.ts';
import { countBySeverity, severities, worstFirst } from './severity.ts';
import { headline, details } from './text/summary.ts';
import { rulePage } from './urls.ts';
import { visible } from './visible.ts';
import { counted } from './words.ts';

/** A job summary of GitHub holds 1,024 KiB; some room is left for what other tools of the step write. */
const maxBytes = 1000 * 1024;

/** The promise of each package of rules, in the order of the design. */
const promises: Readonly<Record<string, string>> = {
  lane: 'Built and published in CI only, and it fails closed',
  identity: 'Everything is named by digest',
  provenance: 'Provenance is part of the artifact',
  packaging: 'What gets into the image is bounded on purpose',
  credentials: 'CI is keyless, with least privilege',
  secrets: 'No secret in a layer, history, log or evidence',
  syntax: 'What is read can be understood',
};

/** A summary for a job or a merge request: a table of the promises, then the findings by file, the worst files first. */
export function reportMarkdown(input: ReportInput, { pathPrefix = '' }: ReportOptions): string {
  const head = [
    '## Plimsoll',
    '',
    `**${escape(headline(input))}** · ${details({ ...input, durationMs: 0 })
      .map(escape)
      .join(' · ')}`,
    '',
    ...table(input),
    ...uncheckable(input, pathPrefix),
  ];
  const files = Map.groupBy(input.findings, ({ at }) => at.file.path);
  const order = worstFirst(
    [...files].map(([path, all]) => ({ path, all, severity: worstFirst(all)[0]?.severity ?? 'info' })),
  );
  const sections = order.map(({ path, all }) => ({ lines: sectionOf(path, all, pathPrefix), findings: all.length }));
  const tail = [
    ...suppressedLines(input.suppressed, pathPrefix),
    ...input.notes.flatMap((note) => [`> ${escape(note)}`, '']),
  ];
  return bounded(head, sections, tail);
}

function table({ findings, rules }: ReportInput): readonly string[] {
  const known = [...new Set(rules.map(({ id }) => packageOf(id)))];
  const order = [...Object.keys(promises), ...known.filter((name) => !Object.hasOwn(promises, name))];
  const rows = order
    .filter((name) => known.includes(name))
    .map((name) => {
      const counts = countBySeverity(findings.filter(({ ruleId }) => packageOf(ruleId) === name));
      const kept = counts.error > 0 ? '✗' : counts.warning > 0 ? '⚠' : '✓';
      return `| ${kept} | ${escape(promises[name] ?? name)} | ${severities.map((severity) => counts[severity] || '').join(' | ')} |`;
    });
  return ['| | promise | errors | warnings | info |', '|---|---|--:|--:|--:|', ...rows, ''];
}

function packageOf(ruleId: string): string {
  return ruleId.slice(0, Math.max(0, ruleId.indexOf('/')));
}

const MARKS: Readonly<Record<Severity, string>> = { error: '🔴', warning: '🟡', info: '🔵' };

function sectionOf(path: string, findings: readonly Finding[], pathPrefix: string): readonly string[] {
  return [
    `### ${code(prefixed(path, pathPrefix))}`,
    '',
    ...findings.flatMap(({ ruleId, severity, message, help, at, related }) => [
      `- ${MARKS[severity]} **line ${placeOf(at).line}** [${escape(ruleId)}](${rulePage(ruleId)}): ${escape(message)}`,
      ...(help === undefined
        ? []
        : help.split('\n').map((line, i) => `  ${i === 0 ? '<br>→ ' : '<br>'}${escape(line)}`)),
      ...related.map(({ at: place, label }) => {
        const { path: file, line } = placeOf(place, pathPrefix);
        return `  - ${code(`${file}:${line}`)} ${escape(label)}`;
      }),
    ]),
    '',
  ];
}

function uncheckable({ uncheckable: all }: ReportInput, pathPrefix: string): readonly string[] {
  if (all.length === 0) return [];
  const lines = all.map(({ path, ruleId, reason }) => {
    const what = path === undefined ? escape(ruleId ?? '') : code(prefixed(path, pathPrefix));
    return `- ${what}: ${escape(reason)}`;
  });
  return ['### Not checked', '', ...lines, ''];
}

function suppressedLines(suppressed: readonly SuppressedFinding[], pathPrefix: string): readonly string[] {
  if (suppressed.length === 0) return [];
  const lines = suppressed.map(({ finding: { ruleId, at }, by, reason }) => {
    const { path, line } = placeOf(at, pathPrefix);
    return `- ${code(`${path}:${line}`)} ${escape(ruleId)}, by ${by}${reason ? `: ${escape(reason)}` : ''}`;
  });
  return [
    `<details><summary>${counted(suppressed.length, 'suppressed finding')}</summary>`,
    '',
    ...lines,
    '',
    '</details>',
    '',
  ];
}

/** As many sections as fit, whole ones, and then how much was left out. */
function bounded(
  head: readonly string[],
  sections: readonly { readonly lines: readonly string[]; readonly findings: number }[],
  tail: readonly string[],
): string {
  const size = (lines: readonly string[]): number => Buffer.byteLength(lines.join('\n')) + 1;
  const lines = [...head];
  let left = maxBytes - size(head) - 200;
  let hidden = 0;
  for (const section of sections) {
    const bytes = size(section.lines);
    if (hidden > 0 || bytes > left) hidden += section.findings;
    else {
      lines.push(...section.lines);
      left -= bytes;
    }
  }
  if (hidden > 0)
    lines.push(`${counted(hidden, 'finding')} more than a summary can hold: the JSON report has all.`, '');
  if (size(tail) <= left) lines.push(...tail);
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Text of a checked file that acts neither as Markdown nor as HTML, nor names anybody. */
function escape(text: string): string {
  return visible(text)
    .replaceAll(/[\\`*_{}[\]()#+!|~$-]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;');
}

function code(text: string): string {
  return `<code>${escape(text)}</code>`;
}
