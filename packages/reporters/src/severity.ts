import type { Severity } from '@plimsoll/core';

/** Worst first. */
export const severities: readonly Severity[] = ['error', 'warning', 'info'];

interface WithSeverity {
  readonly severity: Severity;
}

export function countBySeverity(findings: readonly WithSeverity[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** Worst first; what is equally bad stays in order. */
export function worstFirst<F extends WithSeverity>(findings: readonly F[]): readonly F[] {
  return findings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}
