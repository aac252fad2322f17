import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { planPermissions } from '@plimsoll/engine';
import type { PlannedJob } from '@plimsoll/engine';
import { visible } from '@plimsoll/reporters';
import { folderPrefix } from '../folder-prefix.ts';
import type { PermissionsCommandOptions } from '../program-permissions.ts';
import { rules } from '../rules.ts';
import { writeFileWhole } from '../write.ts';

/** Prints the least permissions of the jobs of one workflow, or of all; with `fix` writes them. Returns the exit code. */
export function runPermissions(workflow: string | undefined, { fix = false }: PermissionsCommandOptions): number {
  const cwd = process.cwd();
  const path = workflow === undefined ? undefined : pathOf(workflow, cwd);
  const { root, problems, workflows } = planPermissions({ cwd, rules, ...(path !== undefined && { paths: [path] }) });
  if (problems.length > 0) return complain(problems);
  if (workflows.length === 0)
    return complain([
      path === undefined ? 'there is no workflow in .github/workflows' : `${path} is no workflow with jobs`,
    ]);
  const prefix = folderPrefix(cwd, root);
  const failures: string[] = [];
  for (const { path: file, jobs, changed } of workflows) {
    const text = jobs.map((job) => jobText(job, fix)).join('');
    process.stdout.write(`${visible(`${prefix}${file}`)}\n${text.split('\n').map(visible).join('\n')}\n`);
    const failure = fix && changed !== undefined ? writeFileWhole(resolve(root, file), changed) : undefined;
    if (failure !== undefined) failures.push(`${file} could not be written: ${failure}`);
  }
  return failures.length > 0 ? complain(failures) : 0;
}

/** A path as it is given; a bare name is one of `.github/workflows`. */
function pathOf(workflow: string, cwd: string): string {
  if (workflow.includes('/') || existsSync(resolve(cwd, workflow))) return workflow;
  const inFolder = `.github/workflows/${workflow}`;
  const named = [inFolder, `${inFolder}.yml`, `${inFolder}.yaml`].find((path) => existsSync(resolve(cwd, path)));
  return named ?? workflow;
}

function jobText(least: PlannedJob, fix: boolean): string {
  const { job, scopes, unknown } = least;
  const lines = [
    '',
    `  ${job.id}: ${stateOf(least, fix)}`,
    ...(scopes.length === 0 ? ['    permissions: {}'] : ['    permissions:', ...scopeLines(scopes)]),
    ...(unknown === undefined ? [] : [`    # It may need more: ${unknown}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function stateOf(least: PlannedJob, fix: boolean): string {
  if (least.asGranted) return 'granted just this';
  const today = `granted ${grantedText(least)} today`;
  if (!fix) return today;
  if (least.notWritten !== undefined) return `${today}; not written: ${least.notWritten}`;
  return `granted ${grantedText(least)} until now`;
}

function grantedText({ granted, job }: PlannedJob): string {
  if (!granted) return 'what the repository has as its default';
  const by = job.permissions ? '' : ' by the workflow';
  const named = granted.scopes.filter(({ level }) => level !== 'none').map(({ name, level }) => `${name}: ${level}`);
  if (granted.all === 'write-all' || granted.all === 'read-all') return `${granted.all}${by}`;
  return `${named.length === 0 ? 'nothing' : named.join(', ')}${by}`;
}

/** A block to paste, with what needs each scope behind it. */
function scopeLines(scopes: PlannedJob['scopes']): readonly string[] {
  const widest = Math.max(...scopes.map(({ scope, level }) => scope.length + level.length)) + 2;
  return scopes.map(({ scope, level, because, certain }) => {
    const reasons = `${because.slice(0, MOST_REASONS).join('; ')}${because.length > MOST_REASONS ? '; …' : ''}`;
    const doubt = level === 'write' && !certain ? 'perhaps: ' : '';
    return `      ${`${scope}: ${level}`.padEnd(widest)}  # ${doubt}${reasons}`;
  });
}

const MOST_REASONS = 3;

function complain(problems: readonly string[]): 2 {
  for (const problem of problems) process.stderr.write(`plimsoll: ${problem}\n`);
  return 2;
}
