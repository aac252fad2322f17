import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { check } from '@plimsoll/engine';
import type { CheckOptions, CheckResult } from '@plimsoll/engine';
import { report } from '@plimsoll/reporters';
import type { ReportInput, ReportOptions } from '@plimsoll/reporters';
import { keptBlobs } from '../clean-blobs.ts';
import { folderPrefix } from '../folder-prefix.ts';
import type { CheckCommandOptions, OutputFormat } from '../program.ts';
import { startProgress } from '../progress.ts';
import { described, rules } from '../rules.ts';
import { version } from '../version.ts';
import { writeFileWhole } from '../write.ts';

/** Checks, writes every report that is asked for, and returns the exit code. */
export async function runCheck(
  paths: readonly string[],
  options: CheckCommandOptions,
  { color }: { readonly color: boolean },
): Promise<number> {
  const cwd = process.cwd();
  const progress = startProgress(process.stderr);
  const cleanBlobs = options.cache ? keptBlobs() : undefined;
  const result = await check({
    ...checkOptions(paths, options),
    onProgress: progress.step,
    ...(cleanBlobs && { cleanBlobs }),
  });
  cleanBlobs?.save();
  progress.stop();
  for (const { message, help } of result.configProblems.filter(({ at }) => !at)) {
    process.stderr.write(`plimsoll: ${message}${help ? `. ${help}` : ''}\n`);
  }
  let exitCode: number = result.exitCode;
  const formats: readonly OutputFormat[] = options.format.length > 0 ? options.format : [{ name: 'text' }];
  for (const format of formats) {
    const text = report(format.name, reportInput(result), reportOptions(format, result, options, { cwd, color }));
    if (!format.file) {
      if (!options.quiet || hasNews(result)) process.stdout.write(text);
      continue;
    }
    const failure = writeFileWhole(resolve(cwd, format.file), text);
    if (!failure) continue;
    process.stderr.write(`plimsoll: ${format.file} could not be written: ${failure}\n`);
    exitCode = 2;
  }
  return exitCode;
}

function hasNews({ findings, uncheckable, configProblems }: CheckResult): boolean {
  return findings.length + uncheckable.length + configProblems.length > 0;
}

function checkOptions(paths: readonly string[], options: CheckCommandOptions): CheckOptions {
  return {
    cwd: process.cwd(),
    paths,
    rules,
    failOn: options.failOn,
    ...(options.preset && { preset: options.preset }),
    ...(options.config && { configFile: options.config }),
    ...(options.staged && { staged: true }),
    ...(options.since !== undefined && { since: options.since }),
    baseline: options.baseline,
    suppressions: options.suppressions,
  };
}

const SUPPRESSED_BY = { inline: 'comment', config: 'configuration', baseline: 'baseline' } as const;

function reportInput(result: CheckResult): ReportInput {
  const files = Object.values(result.checked).reduce((sum, n) => sum + n, 0);
  return {
    findings: result.findings,
    suppressed: result.suppressed.map((finding) => ({
      finding,
      by: SUPPRESSED_BY[finding.suppression.by],
      reason: finding.suppression.reason,
    })),
    skipped: Object.entries(result.skipped).map(([reason, count]) => ({
      reason: reason === 'testData' ? 'test data' : reason,
      files: count,
    })),
    uncheckable: result.uncheckable,
    files,
    durationMs: result.durationMs,
    preset: result.preset,
    rules: described,
    toolVersion: version,
    notes: result.notes,
  };
}

function reportOptions(
  { name, file }: OutputFormat,
  { root }: CheckResult,
  { category, includeSuppressed = false }: CheckCommandOptions,
  { cwd, color }: { readonly cwd: string; readonly color: boolean },
): ReportOptions {
  const forReader = name === 'text';
  const terminal = forReader && !file && process.stdout.isTTY === true;
  return {
    color: terminal && color && !process.env['NO_COLOR'],
    ...(terminal && process.stdout.columns > 0 && { width: Math.min(process.stdout.columns, 120) }),
    pathPrefix: forReader ? folderPrefix(cwd, root) : folderPrefix(repositoryRoot(root), root),
    ...(category && { category }),
    includeSuppressed,
  };
}

function repositoryRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(resolve(at, '.git'))) return at;
    if (dirname(at) === at) return folder;
  }
}
