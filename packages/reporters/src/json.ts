import type { Finding } from '@plimsoll/core';
import type { ReportInput } from './input.ts';
import { placeOf } from './place.ts';
import { countBySeverity } from './severity.ts';
import { visibleJson } from './visible.ts';

/** All of a check as JSON, of the form that `schema/report.schema.json` describes. The same input gives the same bytes. */
export function reportJson(input: ReportInput): string {
  const { error, warning, info } = countBySeverity(input.findings);
  return visibleJson({
    version: 1,
    tool: { name: 'plimsoll', version: input.toolVersion },
    preset: input.preset,
    summary: {
      files: input.files,
      errors: error,
      warnings: warning,
      infos: info,
      suppressed: input.suppressed.length,
      skipped: input.skipped.reduce((sum, { files }) => sum + files, 0),
      uncheckable: input.uncheckable.length,
    },
    findings: input.findings.map(findingOf),
    suppressed: input.suppressed.map(({ finding, by, reason }) => ({
      ...findingOf(finding),
      suppression: { by, ...(reason && { reason }) },
    })),
    skipped: input.skipped.map(({ reason, files }) => ({ reason, files })),
    uncheckable: input.uncheckable.map(({ path, ruleId, reason }) => ({
      ...(path !== undefined && { path }),
      ...(ruleId !== undefined && { rule: ruleId }),
      reason,
    })),
    notes: input.notes,
  });
}

function findingOf({ ruleId, severity, message, help, at, related }: Finding): object {
  return {
    rule: ruleId,
    severity,
    message,
    ...(help !== undefined && { help }),
    place: placeOf(at),
    related: related.map(({ at: place, label }) => ({ label, place: placeOf(place) })),
  };
}
