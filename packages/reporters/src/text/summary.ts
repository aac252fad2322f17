import type { ReportInput } from '../input.ts';
import { countBySeverity } from '../severity.ts';
import { visible } from '../visible.ts';
import { counted, countedFindings } from '../words.ts';

/** The result of a check in one sentence. */
export function headline(input: ReportInput): string {
  const files = counted(input.files, 'file');
  const unchecked = input.uncheckable.length;
  const but = unchecked > 0 ? `, and ${counted(unchecked, 'thing')} could not be checked` : '';
  if (input.findings.length > 0) return `${countedFindings(countBySeverity(input.findings))} in ${files}${but}`;
  if (unchecked > 0) return `No findings in ${files}${but}`;
  return input.files === 0 ? 'Nothing to check: no file that Plimsoll reads' : `All clear: no findings in ${files}`;
}

/** What stands behind it: suppressed, skipped, preset, time. */
export function details({ suppressed, skipped, preset, durationMs }: ReportInput): readonly string[] {
  const kinds = skipped.filter(({ files }) => files > 0);
  const skippedFiles = kinds.reduce((sum, { files }) => sum + files, 0);
  const reasons = kinds.map(({ files, reason }) => `${files} ${visible(reason)}`).join(', ');
  return [
    ...(suppressed.length > 0 ? [`${suppressed.length} suppressed`] : []),
    ...(skippedFiles > 0 ? [`${counted(skippedFiles, 'file')} skipped (${reasons})`] : []),
    `preset ${visible(preset)}`,
    ...(durationMs > 0 ? [duration(durationMs)] : []),
  ];
}

/** Both in one line. */
export function closingLine(input: ReportInput): string {
  return [headline(input), ...details(input)].join(' · ');
}

function duration(ms: number): string {
  return ms < 999.5 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}
