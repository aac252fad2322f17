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
 * Hands each rule its units. A rule that throws is told once; it goes on with the next unit, and the other rules go on.
 */
export async function runRules(
  plans: readonly RulePlan<Rule>[],
  workspace: Workspace,
  { report, onProgress }: RunOptions,
): Promise<readonly Uncheckable[]> {
  const failures: Uncheckable[] = [];
  for (const plan of plans) {
    onProgress?.(`checking ${plan.rule.id}`);
    const error = await runRule(plan, workspace, (said) => report(plan, said));
    if (error !== undefined) failures.push({ ruleId: plan.rule.id, reason: reasonOf(error) });
  }
  return failures;
}

/** The first error of the rule, if there was one. */
async function runRule(
  { rule, optionsAt }: RulePlan<Rule>,
  workspace: Workspace,
  report: (report: Report) => void,
): Promise<unknown> {
  let failure: unknown;
  try {
    for (const unit of await unitsOf(rule.visits, workspace)) {
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

/** The file that a unit stands in, by which overrides give it options; that of a shipped file is its Dockerfile. */
function pathOf(unit: unknown): string | undefined {
  const { dockerfile, file, range, command, ignoreFile, workflow, owner } = unit as PlacedUnit;
  const files = [
    dockerfile?.file,
    file,
    range?.file,
    command?.range?.file,
    ignoreFile?.file,
    workflow?.file,
    owner?.file,
  ];
  return files.find((each) => each?.path !== undefined)?.path;
}

type Placed = { readonly file?: { readonly path?: string }; readonly range?: Range } | undefined;
type PlacedUnit = Readonly<Record<'dockerfile' | 'command' | 'ignoreFile' | 'workflow' | 'owner', Placed>> &
  NonNullable<Placed>;

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
