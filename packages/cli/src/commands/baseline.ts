import { resolve } from 'node:path';
import { BASELINE_NAME, baselineOf, baselineText, check, compare, pruned, readBaseline } from '@plimsoll/engine';
import type { Baseline, CheckResult } from '@plimsoll/engine';
import { formatCount } from '@plimsoll/core';
import { folderPrefix } from '../folder-prefix.ts';
import type { BaselineCommandOptions } from '../program-baseline.ts';
import { rules } from '../rules.ts';
import { complain } from '../say.ts';
import { writeFileWhole } from '../write.ts';

/** Writes the baseline at the root, or takes out of it what is mended. Returns the exit code. */
export async function runBaseline({ prune = false, preset, config }: BaselineCommandOptions): Promise<number> {
  const cwd = process.cwd();
  const result = await check({
    cwd,
    rules,
    baseline: false,
    ...(preset && { preset }),
    ...(config !== undefined && { configFile: config }),
  });
  const wrong = result.configProblems.map(({ message, at }) => (at ? `${at.file.path}: ${message}` : message));
  if (wrong.length > 0) return complain(wrong);
  if (result.uncheckable.length > 0) {
    const [first] = result.uncheckable;
    complain([
      `${first?.path ?? first?.ruleId ?? ''}: ${first?.reason ?? ''}; what could not be checked cannot be recorded`,
    ]);
    return 3;
  }
  return prune ? pruneBaseline(result, cwd) : write(result, cwd, baselineOf(result.findings));
}

function write({ root }: CheckResult, cwd: string, baseline: Baseline): number {
  const failure = writeFileWhole(resolve(root, BASELINE_NAME), baselineText(baseline));
  if (failure !== undefined) return complain([`${BASELINE_NAME} could not be written: ${failure}`]);
  const count = baseline.entries.reduce((sum, entry) => sum + entry.count, 0);
  const files = new Set(baseline.entries.map(({ path }) => path)).size;
  process.stdout.write(
    `${folderPrefix(cwd, root)}${BASELINE_NAME} records ${formatCount(count, 'finding')} in ${formatCount(files, 'file')}\n`,
  );
  return 0;
}

function pruneBaseline(result: CheckResult, cwd: string): number {
  const problems: { message: string }[] = [];
  const baseline = readBaseline(result.tree, problems);
  if (problems.length > 0) return complain(problems.map(({ message }) => `${BASELINE_NAME}: ${message}`));
  if (!baseline) return complain([`there is no ${BASELINE_NAME} at the root: \`plimsoll baseline\` writes it`]);
  const { gone } = compare(result.findings, baseline);
  return write(result, cwd, pruned(baseline, gone));
}
