import { unitsOf } from '@plimsoll/core';
import type { Report, Rule, Workspace } from '@plimsoll/core';
import type { Range } from '@plimsoll/documents';
import type { RulePlan } from '../configure/levels.ts';
import type { Uncheckable } from '../model.ts';

export interface RunOptions {
  readonly report: (plan: RulePlan, report: Report) => void;
  readonly onProgress?: ((step: string) => void) | undefined;
}

/**
 * Hands each rule its units. A rule that throws goes on with the next unit, and the other rules go on; each such rule,
 * and a graph that could not be built, is told once.
 */
export function runRules(
  plans: readonly RulePlan<Rule>[],
  workspace: Workspace,
  { report, onProgress }: RunOptions,
): readonly Uncheckable[] {
  const graph = watched(workspace.graph);
  const watchedWorkspace = { documents: workspace.documents, graph: graph.call };
  const failures: Uncheckable[] = [];
  for (const plan of plans) {
    onProgress?.(`checking ${plan.rule.id}`);
    const error = runRule(plan, watchedWorkspace, (said) => report(plan, said));
    if (error !== undefined && error !== graph.failure())
      failures.push({ ruleId: plan.rule.id, reason: reasonOf(error) });
  }
  const failure = graph.failure();
  if (failure === undefined) return failures;
  return [...failures, { reason: `the builds, images and credentials could not be linked: ${reasonOf(failure)}` }];
}

/** The first error of the rule, if there was one. */
function runRule({ rule, optionsAt }: RulePlan<Rule>, workspace: Workspace, report: (report: Report) => void): unknown {
  let failure: unknown;
  try {
    for (const unit of unitsOf(rule.visits, workspace)) {
      try {
        rule.check(unit, report, optionsAt(pathOf(unit)));
      } catch (error) {
        failure ??= error ?? new Error('it threw nothing');
      }
    }
  } catch (error) {
    failure ??= error;
  }
  return failure;
}

/** The file that a unit stands in, as far as one decides on the options that overrides give. */
function pathOf(unit: unknown): string | undefined {
  const { file, range, dockerfile, ignoreFile, workflow, owner, command, copy, build } = unit as PlacedUnit;
  const place = [
    file,
    range?.file,
    command?.range?.file,
    dockerfile?.file,
    ignoreFile?.file,
    workflow?.file,
    owner?.file,
    copy?.source?.range.file,
    build?.range?.file,
  ];
  return place.find((each) => each?.path !== undefined)?.path;
}

type Placed = { readonly file?: { readonly path?: string }; readonly range?: Range } | undefined;
type PlacedUnit = Readonly<Record<'dockerfile' | 'ignoreFile' | 'workflow' | 'owner' | 'command' | 'build', Placed>> &
  NonNullable<Placed> & { readonly copy?: { readonly source?: { readonly range: Range } } };

function watched<T>(make: () => T): { readonly call: () => T; readonly failure: () => unknown } {
  let failure: unknown;
  const call = () => {
    try {
      return make();
    } catch (error) {
      failure ??= error;
      throw error;
    }
  };
  return { call, failure: () => failure };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
