import type { Finding } from '@plimsoll/core';
import type { ReportInput, ReportOptions, SuppressedFinding } from '../input.ts';
import { homepage } from '../urls.ts';
import { visibleJson } from '../visible.ts';
import { notificationDescriptors, notificationsOf } from './notifications.ts';
import { resultOf, sourceRoot } from './result.ts';
import { ruleDescriptor, rulesOf } from './rules.ts';
import { worst } from './worst.ts';

interface Entry {
  readonly finding: Finding;
  readonly suppressed?: SuppressedFinding;
}

/**
 * SARIF 2.1.0, as GitHub code scanning takes it: one run, repository-relative paths, fingerprints, at most 5,000
 * results (the worst). The same input gives the same bytes: no times, no paths of the machine.
 */
export function reportSarif(input: ReportInput, options: ReportOptions): string {
  const entries: readonly Entry[] = [
    ...input.findings.map((finding) => ({ finding })),
    ...(options.includeSuppressed
      ? input.suppressed.map((suppressed) => ({ finding: suppressed.finding, suppressed }))
      : []),
  ];
  return visibleJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [run(input, entries, options)],
  });
}

function run(input: ReportInput, entries: readonly Entry[], options: ReportOptions): object {
  const { pathPrefix = '', category } = options;
  const shown = worst(entries, ({ finding }) => finding.severity);
  const rules = rulesOf(
    input.rules,
    shown.map(({ finding }) => finding),
  );
  const indexes = new Map(rules.map(({ id }, i) => [id, i]));
  const notifications = notificationsOf(input, entries.length - shown.length, pathPrefix);
  return {
    tool: {
      driver: {
        name: 'plimsoll',
        version: input.toolVersion,
        semanticVersion: input.toolVersion,
        informationUri: homepage,
        rules: rules.map(ruleDescriptor),
        notifications: notificationDescriptors,
      },
    },
    invocations: [
      {
        executionSuccessful: input.uncheckable.length === 0,
        ...(notifications.length > 0 && { toolExecutionNotifications: notifications }),
      },
    ],
    ...(category && { automationDetails: { id: category.endsWith('/') ? category : `${category}/` } }),
    originalUriBaseIds: { [sourceRoot]: { description: { text: "The root of the repository's files." } } },
    columnKind: 'utf16CodeUnits',
    properties: { preset: input.preset, files: input.files, suppressed: input.suppressed.length },
    results: shown.map(({ finding, suppressed }) =>
      resultOf(finding, indexes.get(finding.ruleId) ?? -1, pathPrefix, suppressed),
    ),
  };
}
