import type { Overview } from '@plimsoll/release-graph';
import { openWorkspace } from '../check/workspace.ts';
import type { CheckOptions, ConfigProblem, Uncheckable } from '../model.ts';

export type GraphOptions = Pick<CheckOptions, 'cwd' | 'paths' | 'configFile' | 'tree' | 'onProgress'>;

export interface GraphResult {
  /** Absolute; '' for a tree in memory. */
  readonly root: string;
  readonly overview: Overview;
  /** Whether what stands in a file of the root was asked for. */
  readonly includes: (path: string) => boolean;
  /** What is wrong with the command or the configuration. */
  readonly configProblems: readonly ConfigProblem[];
  /** Files that could not be read: what they release is not in the overview. */
  readonly uncheckable: readonly Uncheckable[];
  /** What else a reader should know, a sentence each. */
  readonly notes: readonly string[];
}

/** What a repository releases, and how. Never throws for what is in the repository or on the command line. */
export function openGraph(options: GraphOptions): GraphResult {
  options.onProgress?.('finding files');
  const workspace = openWorkspace({ ...options, rules: [] });
  const { scope, configuration, tree, candidates } = workspace;
  options.onProgress?.('linking them');
  const { overview } = workspace.graph();
  return {
    root: scope.root,
    overview,
    includes: scope.includes,
    configProblems: [...scope.problems, ...configuration.problems],
    uncheckable: candidates.flatMap(({ file: { path }, uncheckable: reason }) =>
      reason === undefined ? [] : [{ path, reason }],
    ),
    notes: tree.note === undefined ? [] : [tree.note],
  };
}
