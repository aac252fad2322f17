import { contextPaths, readCondition, readExpressions } from '@plimsoll/documents';
import type { ContainerImage, ContextPath, ExpressionPart, Job, NamedValue, StringValue } from '@plimsoll/documents';
import type { JobInstance, StepInstance, WorkflowInstance } from '../lanes/model.ts';

/** What an expression reads, and where it stands. */
export interface Reading {
  readonly path: ContextPath;
  readonly part: ExpressionPart;
  /** The string that the expression is a part of. */
  readonly value: StringValue;
  readonly site: ReadingSite;
}

export type ReadingSite =
  | { readonly kind: 'input' | 'variable'; readonly name: string; readonly step?: StepInstance }
  | { readonly kind: 'script' | 'condition' | 'other'; readonly step?: StepInstance }
  /** `outputs:` of a job, of a composite action, of a called workflow. */
  | { readonly kind: 'output'; readonly of: 'job' | 'action' | 'workflow'; readonly output: NamedValue };

const ofSteps = new WeakMap<StepInstance, readonly Reading[]>();

/** All that the expressions of a step read, those of the steps that it calls aside. */
export function readingsOfStep(step: StepInstance): readonly Reading[] {
  const known = ofSteps.get(step);
  if (known) return known;
  const { with: inputs, env, run, if: condition, name, workingDirectory, continueOnError } = step.step;
  const found = [
    ...inputs.flatMap((input) => read(input, { kind: 'input', name: input.name, step })),
    ...env.flatMap((variable) => read(variable, { kind: 'variable', name: variable.name, step })),
    ...read(run, { kind: 'script', step }),
    ...readIf(condition, { kind: 'condition', step }),
    ...[name, workingDirectory, continueOnError].flatMap((value) => read(value, { kind: 'other', step })),
  ];
  ofSteps.set(step, found);
  return found;
}

const ofJobs = new WeakMap<Job, readonly Reading[]>();

/** What the keys of a job read, its steps aside. */
export function readingsOfJob({ job }: JobInstance): readonly Reading[] {
  const known = ofJobs.get(job) ?? readJob(job);
  ofJobs.set(job, known);
  return known;
}

const ofOutputs = new WeakMap<Job, ReadonlyMap<NamedValue | undefined, readonly Reading[]>>();

/** What one output of a job reads. */
export function readingsOfOutput(instance: JobInstance, output: NamedValue): readonly Reading[] {
  const { job } = instance;
  const known =
    ofOutputs.get(job) ??
    Map.groupBy(readingsOfJob(instance), ({ site }) => (site.kind === 'output' ? site.output : undefined));
  ofOutputs.set(job, known);
  return known.get(output) ?? [];
}

function readJob(job: Job): readonly Reading[] {
  return [
    ...job.outputs.flatMap((output) => read(output, { kind: 'output', of: 'job', output })),
    ...job.env.flatMap((variable) => read(variable, { kind: 'variable', name: variable.name })),
    ...job.with.flatMap((input) => read(input, { kind: 'input', name: input.name })),
    ...containersOf(job).flatMap(({ image, env }) => [
      ...read(image, { kind: 'input', name: 'image' }),
      ...env.flatMap((variable) => read(variable, { kind: 'variable', name: variable.name })),
    ]),
    ...readIf(job.if, { kind: 'condition' }),
    ...[job.name, job.environment].flatMap((value) => read(value, { kind: 'other' })),
    ...(job.secrets === 'inherit' ? [] : job.secrets.flatMap((secret) => read(secret, { kind: 'other' }))),
  ];
}

function containersOf({ container, services }: Job): readonly ContainerImage[] {
  return [...(container ? [container] : []), ...services];
}

/** What the outputs of a called workflow read. */
export function readingsOfWorkflow({ workflow }: WorkflowInstance): readonly Reading[] {
  return workflow.callOutputs.flatMap((output) => read(output, { kind: 'output', of: 'workflow', output }));
}

/** What the outputs of the composite action that a step stands in read. */
export function readingsOfAction({ action }: StepInstance): readonly Reading[] {
  return (action?.outputs ?? []).flatMap((output) => read(output, { kind: 'output', of: 'action', output }));
}

function read(value: StringValue | undefined, site: ReadingSite): readonly Reading[] {
  if (!value?.value.includes('${{')) return [];
  return readExpressions(value.text).flatMap((part) => ofPart(part, value, site));
}

function readIf(value: StringValue | undefined, site: ReadingSite): readonly Reading[] {
  return value ? readCondition(value.text).parts.flatMap((part) => ofPart(part, value, site)) : [];
}

function ofPart(part: ExpressionPart, value: StringValue, site: ReadingSite): readonly Reading[] {
  return contextPaths(part).map((path) => ({ path, part, value, site }));
}
