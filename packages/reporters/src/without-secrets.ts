import type { Finding, RelatedPlace } from '@plimsoll/core';
import type { ReportInput } from './input.ts';
import { maskSecrets } from './text/mask.ts';

/**
 * The same with every text masked that is made of what stands in files: a message that quotes a wrong key quotes the token that
 * stands in its place.
 */
export function withoutSecrets(input: ReportInput): ReportInput {
  return {
    ...input,
    findings: input.findings.map(maskFinding),
    suppressed: input.suppressed.map(({ finding, reason, ...rest }) => ({
      ...rest,
      finding: maskFinding(finding),
      ...(reason !== undefined && { reason: maskSecrets(reason) }),
    })),
    uncheckable: input.uncheckable.map((one) => ({ ...one, reason: maskSecrets(one.reason) })),
    notes: input.notes.map((note) => maskSecrets(note)),
  };
}

function maskFinding(finding: Finding): Finding {
  const { message, help, related, flow } = finding;
  return {
    ...finding,
    message: maskSecrets(message),
    ...(help !== undefined && { help: maskSecrets(help) }),
    related: related.map(maskPlace),
    ...(flow && { flow: flow.map(maskPlace) }),
  };
}

function maskPlace({ at, label }: RelatedPlace): RelatedPlace {
  return { at, label: maskSecrets(label) };
}
