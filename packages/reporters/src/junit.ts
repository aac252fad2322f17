import type { Finding } from '@plimsoll/core';
import type { ReportInput, ReportOptions } from './input.ts';
import { placeOf, prefixed } from './place.ts';
import { closingLine } from './text/summary.ts';
import { visible, visibleLines } from './visible.ts';

/**
 * JUnit XML, as Jenkins, GitLab, Azure and CircleCI read it: a test case a finding. Errors and warnings fail, what only
 * advises passes with its text, what is suppressed is skipped with the reason, and what could not be checked is an error.
 */
export function reportJunit(input: ReportInput, { pathPrefix = '' }: ReportOptions): string {
  const failing = input.findings.filter(({ severity }) => severity !== 'info').length;
  const cases = [
    ...input.findings.map((finding) => testCase(finding, pathPrefix, resultOf(finding))),
    ...input.suppressed.map(({ finding, by, reason }) =>
      testCase(finding, pathPrefix, `<skipped message="${attribute(`by ${by}${reason ? `: ${reason}` : ''}`)}"/>`),
    ),
    ...input.uncheckable.map(({ path, ruleId, reason }) => {
      const file = path === undefined ? 'plimsoll' : prefixed(path, pathPrefix);
      return `    <testcase classname="${attribute(file)}" name="${attribute(ruleId ?? 'not checked')}"><error message="${attribute(reason)}"/></testcase>`;
    }),
  ];
  const all =
    cases.length > 0
      ? cases
      : [`    <testcase classname="plimsoll" name="${attribute(closingLine(withoutTime(input)))}"/>`];
  const counts = `tests="${all.length}" failures="${failing}" errors="${input.uncheckable.length}" skipped="${input.suppressed.length}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="plimsoll" ${counts}>`,
    `  <testsuite name="plimsoll" ${counts}>`,
    ...all,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function withoutTime(input: ReportInput): ReportInput {
  return { ...input, durationMs: 0 };
}

function testCase(finding: Finding, pathPrefix: string, result: string): string {
  const { path, line, column } = placeOf(finding.at, pathPrefix);
  const name = `${finding.ruleId} at ${line}:${column}`;
  return `    <testcase classname="${attribute(path)}" name="${attribute(name)}" file="${attribute(path)}" line="${line}">${result}</testcase>`;
}

function resultOf({ ruleId, severity, message, help }: Finding): string {
  const text = content(help === undefined ? message : `${message}\n${help}`);
  if (severity === 'info') return `<system-out>${text}</system-out>`;
  return `<failure type="${attribute(`${severity} ${ruleId}`)}" message="${attribute(message)}">${text}</failure>`;
}

function attribute(text: string): string {
  return escaped(visible(text)).replaceAll('"', '&quot;');
}

function content(text: string): string {
  return escaped(visibleLines(text));
}

/** U+FFFE and U+FFFF are no characters of XML. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD');
}
