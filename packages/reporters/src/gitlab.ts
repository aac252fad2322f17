import { createHash } from 'node:crypto';
import type { Finding, Severity } from '@plimsoll/core';
import type { ReportInput, ReportOptions } from './input.ts';
import { placeOf } from './place.ts';
import { primaryLocationLineHash } from './sarif/fingerprint.ts';
import { visible, visibleJson } from './visible.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', info: 'info' };

/**
 * A GitLab code quality report: a list of issues with a fingerprint each, by which GitLab tells new ones from old. What is
 * suppressed is left out. A file that could not be checked is a blocker: its absence from the list proves nothing.
 */
export function reportGitlab(input: ReportInput, { pathPrefix = '' }: ReportOptions): string {
  const seen = new Map<string, number>();
  const issues = input.findings.map((finding) => issueOf(finding, pathPrefix, seen));
  const unchecked = input.uncheckable.map(({ path, ruleId, reason }) => ({
    description: visible(`Not checked${ruleId === undefined ? '' : ` by ${ruleId}`}: ${reason}`),
    check_name: ruleId ?? 'plimsoll',
    fingerprint: hash(['not checked', path ?? '', ruleId ?? '', reason]),
    severity: 'blocker',
    location: { path: path === undefined ? '.' : `${pathPrefix}${path}`, lines: { begin: 1 } },
  }));
  return visibleJson([...issues, ...unchecked]);
}

/** Findings of equal text are told apart by their number, so that no two have one fingerprint. */
function issueOf(finding: Finding, pathPrefix: string, seen: Map<string, number>): object {
  const { path, line, endLine } = placeOf(finding.at, pathPrefix);
  const content = primaryLocationLineHash(finding.at.file, line) ?? '';
  const key = hash([finding.ruleId, path, content]);
  const count = (seen.get(key) ?? 0) + 1;
  seen.set(key, count);
  return {
    description: visible(finding.message),
    check_name: finding.ruleId,
    fingerprint: count === 1 ? key : hash([key, String(count)]),
    severity: levels[finding.severity],
    ...(finding.help !== undefined && { content: { body: finding.help } }),
    location: { path, lines: { begin: line, end: endLine } },
  };
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
}
