import type { Finding, Report, Severity } from '@plimsoll/core';
import { planRule, reaches } from '../configure/levels.ts';
import type { RulePlan } from '../configure/levels.ts';
import { ignoredAt } from '../configure/configuration.ts';
import type { Configuration } from '../configure/configuration.ts';
import type { Candidate } from '../discover/discover.ts';
import { engineRules } from '../engine-rules.ts';
import type {
  CheckOptions,
  CheckResult,
  ConfigProblem,
  ExitCode,
  FileKind,
  SkipReason,
  Uncheckable,
} from '../model.ts';
import { findingOf, inOrder, merged, withoutRepeats } from './findings.ts';
import type { RawFinding } from './findings.ts';
import { withoutKnown } from './known.ts';
import { runRules } from './run-rules.ts';
import { applySuppressions } from './suppressions.ts';
import { openWorkspace } from './workspace.ts';
import type { OpenedWorkspace } from './workspace.ts';

/**
 * Checks a repository: configure, discover, parse, check, suppress. Never throws for what is in the repository or on
 * the command line: that is told in the result, and in its exit code.
 */
export function check(options: CheckOptions): Promise<CheckResult> {
  return checkWith(options);
}

async function checkWith(options: CheckOptions, given?: Configuration): Promise<CheckResult> {
  const start = performance.now();
  options.onProgress?.('finding files');
  const workspace = openWorkspace(options, given);
  const { scope, configuration, preset } = workspace;
  const judged = workspace.candidates.filter(({ skipped, file }) => !skipped && scope.includes(file.path));
  const { raw, failures, plans } = await findAll(options, workspace, judged);
  const unsorted = withoutRepeats(inOrder(raw));
  const { kept, suppressed } =
    options.suppressions === false
      ? { kept: unsorted, suppressed: [] }
      : applySuppressions(unsorted, { ...options, workspace, judged, plans, failures });
  const news = await withoutKnown(options, workspace, merged(kept), checkWith);
  const configProblems = [...scope.problems, ...configuration.problems, ...news.problems];
  const findings = inOrder([...news.findings, ...configFindings(configProblems)]);
  const uncheckable = [...unreadFiles(judged, workspace), ...failures];
  const { note } = workspace.tree;
  return {
    tree: workspace.tree,
    root: scope.root,
    preset,
    findings,
    suppressed: inOrder([...suppressed, ...news.suppressed]),
    checked: countChecked(judged, workspace),
    skipped: countSkipped(workspace),
    uncheckable,
    configProblems,
    notes: [...(note === undefined ? [] : [note]), ...workspace.remarks, ...news.notes],
    durationMs: performance.now() - start,
    exitCode: exitCodeOf(findings, configProblems.length > 0, uncheckable.length > 0, options.failOn),
  };
}

export type Plans = ReadonlyMap<string, RulePlan>;

/** What the rules and the readers say of the wanted files, at the levels that hold there. */
async function findAll(
  { rules, preset, onProgress }: CheckOptions,
  workspace: OpenedWorkspace,
  judged: readonly Candidate[],
) {
  const { configuration, scope, skipped, parsed } = workspace;
  const raw: RawFinding[] = [];
  const report = (plan: RulePlan, said: Report) => {
    const { path } = said.at.file;
    const finding = scope.includes(path) && !skipped.has(path) ? findingOf(plan, said) : undefined;
    if (finding) raw.push(finding);
  };
  const rulePlans = rules.map((rule) => planRule(rule, preset, configuration));
  const enginePlans = engineRules.map((rule) => planRule(rule, preset, configuration));
  const failures = await runRules(
    rulePlans.filter(({ enabled }) => enabled),
    workspace,
    { report, onProgress },
  );
  onProgress?.('reading files');
  const plans: Plans = new Map([...rulePlans, ...enginePlans].map((plan) => [plan.rule.id, plan]));
  for (const candidate of judged) {
    for (const { rule, range, message, help } of parsed.problemsOf(candidate)) {
      const plan = plans.get(rule);
      if (plan) report(plan, { at: range, message, ...(help !== undefined && { help }) });
    }
  }
  return { raw, failures, plans };
}

function configFindings(problems: readonly ConfigProblem[]): readonly Finding[] {
  return problems.flatMap(({ message, help, at }) =>
    at
      ? [{ ruleId: 'syntax/config', severity: 'error', message, ...(help !== undefined && { help }), at, related: [] }]
      : [],
  );
}

function unreadFiles(judged: readonly Candidate[], { configuration }: OpenedWorkspace): readonly Uncheckable[] {
  return judged.flatMap(({ file: { path }, uncheckable: reason }) =>
    reason === undefined || ignoredAt(configuration, path) ? [] : [{ path, reason }],
  );
}

function countChecked(judged: readonly Candidate[], { parsed }: OpenedWorkspace): Readonly<Record<FileKind, number>> {
  const counts = { dockerfile: 0, ignoreFile: 0, workflow: 0, action: 0, manifest: 0, contract: 0, shipsList: 0 };
  const seen = new Set<string>();
  for (const candidate of judged) {
    const { kind, file, problems } = candidate;
    const isNone = problems.length === 0 && !parsed.documentOf(candidate);
    if (isNone || seen.has(file.path)) continue;
    seen.add(file.path);
    counts[kind]++;
  }
  return counts;
}

function countSkipped({ skipped, scope }: OpenedWorkspace): Readonly<Record<SkipReason, number>> {
  const counts = { vendored: 0, generated: 0, testData: 0, template: 0, example: 0 };
  for (const [path, reason] of skipped) if (scope.includes(path)) counts[reason]++;
  return counts;
}

function exitCodeOf(
  findings: readonly Finding[],
  misconfigured: boolean,
  incomplete: boolean,
  failOn: Severity = 'error',
): ExitCode {
  if (misconfigured) return 2;
  if (incomplete) return 3;
  return findings.some(({ severity }) => reaches(severity, failOn)) ? 1 : 0;
}
