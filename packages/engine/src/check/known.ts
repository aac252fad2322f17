import { forkPoint, movedFiles, revisionTree } from '@plimsoll/build-context';
import type { Finding } from '@plimsoll/core';
import { BASELINE_NAME, baselineOf, compare, readBaseline } from '../baseline/baseline.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { CheckOptions, CheckResult, ConfigProblem, SuppressedFinding } from '../model.ts';
import type { OpenedWorkspace } from './workspace.ts';

/** What is left of findings when those that are known are taken out. */
export interface News {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly notes: readonly string[];
  readonly problems: readonly ConfigProblem[];
}

type Check = (options: CheckOptions, configuration: OpenedWorkspace['configuration']) => Promise<CheckResult>;

/** Takes out what the baseline has, and what was there at the revision of `since`. */
export async function withoutKnown(
  options: CheckOptions,
  workspace: OpenedWorkspace,
  findings: readonly Finding[],
  check: Check,
): Promise<News> {
  const recorded = withoutRecorded(options, workspace, findings);
  if (options.since === undefined) return recorded;
  const before = await findingsBefore(options.since, options, workspace, check);
  if ('reason' in before) {
    const problem = { message: `--since ${options.since}: ${before.reason}` };
    return { ...recorded, problems: [...recorded.problems, problem] };
  }
  const { fresh, known } = compare(recorded.findings, before);
  const notes = known.length > 0 ? [`${told(known.length)} there at ${options.since}, and not shown`] : [];
  return { ...recorded, findings: fresh, notes: [...recorded.notes, ...notes] };
}

function withoutRecorded(
  { baseline = true, suppressions = true, paths = [] }: CheckOptions,
  { tree }: OpenedWorkspace,
  findings: readonly Finding[],
): News {
  const problems: ConfigProblem[] = [];
  const recorded = baseline && suppressions ? readBaseline(tree, problems) : undefined;
  if (!recorded) return { findings, suppressed: [], notes: [], problems };
  const { fresh, known, gone } = compare(findings, recorded);
  const mended = gone.reduce((sum, { count }) => sum + count, 0);
  const notes =
    mended > 0 && paths.length === 0
      ? [
          `${mended} of ${BASELINE_NAME} ${mended === 1 ? 'is' : 'are'} mended: plimsoll baseline --prune takes them out`,
        ]
      : [];
  const reason = `recorded in ${BASELINE_NAME}`;
  const suppressed = known.map((finding) => ({ ...finding, suppression: { by: 'baseline' as const, reason } }));
  return { findings: fresh, suppressed, notes, problems };
}

/** The findings of the revision, judged by the configuration of today, under the paths of today. */
async function findingsBefore(
  revision: string,
  options: CheckOptions,
  { scope, configuration }: OpenedWorkspace,
  check: Check,
): Promise<Baseline | { readonly reason: string }> {
  if (options.tree) return { reason: 'the files are not those of a Git repository' };
  const base = forkPoint(scope.root, revision);
  if ('reason' in base) return base;
  const old = revisionTree(scope.root, base.id);
  if ('reason' in old) return old;
  const { since: _, staged: __, paths: ___, ...rest } = options;
  const { findings } = await check({ ...rest, tree: old.tree, baseline: false }, configuration);
  const moved = new Map([...movedFiles(scope.root, base.id)].map(([now, before]) => [before, now]));
  const { entries } = baselineOf(findings);
  return { entries: entries.map((entry) => ({ ...entry, path: moved.get(entry.path) ?? entry.path })) };
}

function told(count: number): string {
  return `${count} ${count === 1 ? 'finding was' : 'findings were'}`;
}
