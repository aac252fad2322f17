import { SourceFile, readWorkflow, textOf } from '../index.ts';
import type { Job, NamedValue, Problem, Step, StringValue, Workflow } from '../index.ts';

export interface ReadWorkflow extends Workflow {
  readonly job: Job;
  readonly steps: readonly Step[];
  readonly problems: readonly Problem[];
}

/** A workflow, its first job and the steps of that. */
export function read(text: string): ReadWorkflow {
  const { document, problems } = readWorkflow(new SourceFile('.github/workflows/a.yml', text));
  const [job] = document.jobs;
  return { ...document, job: job!, steps: job?.steps ?? [], problems };
}

/** A workflow of one job with these steps. */
export function readSteps(steps: string): ReadWorkflow {
  return read(`on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${steps.replace(/^(?=.)/gm, '      ')}`);
}

/** The place and the message of each problem. */
export function problemsOf(text: string): string[] {
  return read(text).problems.map(({ rule, range, message }) => {
    const { line, column } = range.file.positionAt(range.start);
    return `${rule} ${line}:${column} ${message}`;
  });
}

/** Values by name. */
export function values(named: readonly NamedValue[]): Record<string, string> {
  return Object.fromEntries(named.map(({ name, value }) => [name, value]));
}

export function place(value: StringValue | undefined): string | undefined {
  return value && textOf(value.range);
}
