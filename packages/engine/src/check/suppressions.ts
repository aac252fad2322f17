import type { Finding } from '@plimsoll/core';
import { ignoredAt } from '../configure/configuration.ts';
import type { Configuration } from '../configure/configuration.ts';
import type { Candidate } from '../discover/discover.ts';
import { UNSUPPRESSIBLE } from '../engine-rules.ts';
import type { CheckOptions, SuppressedFinding, Uncheckable } from '../model.ts';
import type { SuppressibleFile } from '../suppress/coverage.ts';
import { suppressInline } from '../suppress/suppress.ts';
import type { SuppressOptions } from '../suppress/suppress.ts';
import type { Plans } from './check.ts';
import { findingOf, inOrder } from './findings.ts';
import type { RawFinding } from './findings.ts';
import type { OpenedWorkspace } from './workspace.ts';

interface Context extends Pick<CheckOptions, 'now' | 'reportUnusedSuppressions'> {
  readonly workspace: OpenedWorkspace;
  /** The files whose suppressions are judged too. */
  readonly judged: readonly Candidate[];
  readonly plans: Plans;
  readonly failures: readonly Uncheckable[];
}

/** Takes out what the configuration and comments suppress, and adds what is wrong with those comments. */
export function applySuppressions(
  findings: readonly RawFinding[],
  context: Context,
): { readonly kept: readonly RawFinding[]; readonly suppressed: readonly SuppressedFinding[] } {
  const { workspace, plans, reportUnusedSuppressions = true } = context;
  const { configuration, parsed } = workspace;
  const suppressed: SuppressedFinding[] = [];
  const open = findings.filter((finding) => !takenByConfiguration(finding, configuration, suppressed));
  const byPath = Map.groupBy(open, ({ at }) => at.file.path);
  const files = new Map<string, SuppressibleFile>();
  for (const { at } of open) files.set(at.file.path, { file: at.file });
  for (const candidate of context.judged) files.set(candidate.file.path, suppressible(candidate, parsed));
  const options = suppressOptions(context);
  const kept: RawFinding[] = [];
  for (const [path, target] of files) {
    const result = suppressInline(target, byPath.get(path) ?? [], options);
    const own = [...result.faults, ...(reportUnusedSuppressions ? result.unused : [])];
    const levelled = own.flatMap((finding) => relevelled(finding, plans));
    kept.push(
      ...result.kept,
      ...levelled.filter((finding) => !takenByConfiguration(finding, configuration, suppressed)),
    );
    suppressed.push(...result.suppressed);
  }
  return { kept: inOrder(kept), suppressed: inOrder(suppressed) };
}

function takenByConfiguration(
  finding: RawFinding,
  configuration: Configuration,
  suppressed: SuppressedFinding[],
): boolean {
  const because = finding.off?.because ?? ignoredAt(configuration, finding.at.file.path)?.because;
  if (because === undefined) return false;
  const { same: _, off: __, ...rest } = finding;
  suppressed.push({ ...rest, suppression: { by: 'config', reason: because } });
  return true;
}

function suppressible(candidate: Candidate, parsed: OpenedWorkspace['parsed']): SuppressibleFile {
  const document = parsed.documentOf(candidate);
  return { file: candidate.file, kind: candidate.kind, ...(document && { document }) };
}

function suppressOptions({ workspace, plans, failures, now = new Date() }: Context): SuppressOptions {
  const failed = new Set(failures.map(({ ruleId }) => ruleId));
  return {
    suppressible: new Set([...workspace.known.keys()].filter((id) => !UNSUPPRESSIBLE.includes(id))),
    ran: (id, path) => !failed.has(id) && plans.get(id)?.levelAt(path).level !== 'off',
    today: now.toISOString().slice(0, 10),
  };
}

function relevelled({ at, message, help, ruleId }: Finding, plans: Plans): readonly RawFinding[] {
  const plan = plans.get(ruleId);
  const finding = plan && findingOf(plan, { at, message, ...(help !== undefined && { help }) });
  return finding ? [finding] : [];
}
