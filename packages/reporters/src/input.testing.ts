import type { Finding, RelatedPlace, Severity } from '@plimsoll/core';
import { SourceFile } from '@plimsoll/documents';
import type { Range } from '@plimsoll/documents';
import type { ReportInput, RuleInfo } from './index.ts';

/** For tests: the place that `«»` marks in a file. */
export function placeIn(path: string, marked: string): Range {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  return { file: new SourceFile(path, marked.replace(/[«»]/g, '')), start, end };
}

export function findingAt(at: Range, finding: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'identity/latest-tag',
    severity: 'error',
    message: 'node is named by the tag "latest", which moves',
    at,
    related: [],
    ...finding,
  };
}

export function related(at: Range, label: string): RelatedPlace {
  return { at, label };
}

export function rule(id: string, severity: Severity = 'error'): RuleInfo {
  return { id, severity, summary: `The defect ${id}.`, why: 'It matters.', references: ['SLSA v1.1'] };
}

export function inputOf(findings: readonly Finding[], input: Partial<ReportInput> = {}): ReportInput {
  return {
    findings,
    suppressed: [],
    skipped: [],
    uncheckable: [],
    files: 14,
    durationMs: 312.4,
    preset: 'recommended',
    rules: [rule('identity/latest-tag')],
    toolVersion: '0.1.0',
    notes: [],
    ...input,
  };
}
