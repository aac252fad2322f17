import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { mergeSarif } from '@plimsoll/reporters';
import type { NamedLog } from '@plimsoll/reporters';
import type { MergeCommandOptions } from '../program-merge.ts';
import { complain } from '../say.ts';
import { writeFileWhole } from '../write.ts';

/** Makes one SARIF log of many; returns the exit code. */
export function runMerge(files: readonly string[], { output, category }: MergeCommandOptions): number {
  const problems: string[] = [];
  const logs = files.flatMap((name): readonly NamedLog[] => {
    try {
      return [{ name, text: readFileSync(resolve(name), 'utf8') }];
    } catch (error) {
      problems.push(`${name} could not be read: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  });
  if (problems.length > 0) return complain(problems);
  const merged = mergeSarif(logs, { ...(category !== undefined && { category }) });
  if ('problems' in merged) return complain(merged.problems);
  if (output === undefined) {
    process.stdout.write(merged.text);
    return 0;
  }
  const failure = writeFileWhole(resolve(output), merged.text);
  return failure === undefined ? 0 : complain([`${output} could not be written: ${failure}`]);
}
