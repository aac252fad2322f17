import type { NamedValue } from '@plimsoll/documents';
import { legsOf } from '../lanes/matrix.ts';
import type { JobInstance } from '../lanes/model.ts';
import { scopeOfJob, scopeOfStep } from '../lanes/scope.ts';
import { sameName } from '../lanes/inputs.ts';
import type { DigestUse } from '../model.ts';
import { rootOf } from '../publications/lane-root.ts';
import { evaluateText, truthOf } from '../values/expressions.ts';
import type { UseSources } from './uses.ts';
import { readingsOfOutput } from './readings.ts';
import type { Reading } from './readings.ts';
import { outputsOf } from './step-outputs.ts';

/** How often a job runs, at least; two where its matrix is only known in the run. */
export function legCount(job: JobInstance): number {
  const { matrix } = job.job;
  if (!matrix) return 1;
  const legs = legsOf(job).filter((leg) => leg.instance.caller?.leg === legsOf(job)[0]?.instance.caller?.leg);
  return matrix.dynamic === undefined ? legs.length : Math.max(2, legs.length);
}

/** The outputs of jobs that hold a digest, and which the legs of a matrix overwrite: the last one that ends wins. */
export function overwrittenOutputs({ lanes, index }: UseSources): readonly DigestUse[] {
  const found = lanes.jobs.flatMap((job) =>
    job.job.outputs.filter((output) => isOverwritten(job, output)).map((output) => ({ job, output })),
  );
  const digests = found.filter(({ job, output }) => holdsDigest(job, output, index));
  const once = new Map(digests.map((one) => [one.output, one]));
  return [...once.values()].map(({ job, output }) => useOf(job, output));
}

function useOf({ job, origin }: JobInstance, output: NamedValue): DigestUse {
  return {
    range: output.range,
    written: output.value,
    origin,
    wants: 'output',
    digest: {
      status: 'dangling',
      because: 'matrix',
      reason: `each leg of the matrix of job "${job.id}" writes the output "${output.name}": only the digest of the leg that ends last is left`,
      instead: `each leg's digest to an artifact of its own: echo "${output.value}" > ${fileOf(job)}, uploaded under that name`,
      related: job.matrix ? [{ at: job.idRange, label: `job "${job.id}" has a matrix` }] : [],
    },
  };
}

function fileOf({ matrix }: JobInstance['job']): string {
  const axis = matrix?.axes[0]?.name ?? matrix?.include[0]?.keys().next().value;
  return axis === undefined ? 'digest-${{ strategy.job-index }}.txt' : `digest-\${{ matrix.${axis} }}.txt`;
}

function holdsDigest(job: JobInstance, output: NamedValue, index: UseSources['index']): boolean {
  if (!output.value.includes('${{')) return false;
  if (/digest/i.test(output.name)) return true;
  const { definitions } = evaluateText(output.value, scopeOfJob(job), output.text);
  return (
    readingsOfOutput(job, output).some(({ path }) => /digest|metadata/i.test(path.names.at(-1) ?? '')) ||
    (/image|ref/i.test(output.name) && index.of(definitions, rootOf({ job })).length > 0)
  );
}

/** More than one leg may give it a value. */
export function isOverwritten(job: JobInstance, output: NamedValue): boolean {
  if (legCount(job) < 2) return false;
  const read = readingsOfOutput(job, output).filter(({ path }) => path.context === 'steps');
  if (read.length === 0 || readsMatrix(job, output)) return false;
  const legs = legsOf(job);
  const dynamic = job.job.matrix?.dynamic !== undefined;
  if (read.some((reading) => /\brunner\.|\bstrategy\./.test(sourceOf(job, reading)?.step.if?.value ?? '')))
    return false;
  const setting = legs.filter((leg) => read.some((reading) => mayGive(leg, reading)));
  return setting.length > 1 || (dynamic && setting.length > 0 && !read.some((reading) => isConditional(job, reading)));
}

/** `${{ matrix.main && steps.push.outputs.digest }}` is that of one leg. */
function readsMatrix(job: JobInstance, output: NamedValue): boolean {
  return readingsOfOutput(job, output).some(({ path }) => path.context === 'matrix' || path.context === 'strategy');
}

function sourceOf(job: JobInstance, { path }: Reading): JobInstance['steps'][number] | undefined {
  const [id = ''] = path.names;
  return job.steps.find((one) => one.step.id !== undefined && sameName(one.step.id, id));
}

function mayGive(leg: JobInstance, reading: Reading): boolean {
  const source = sourceOf(leg, reading);
  const output = reading.path.names[2]?.toLowerCase() ?? '';
  if (!source || !truthOf(source.step.if, scopeOfStep(source)).canBeTrue) return false;
  const outputs = outputsOf(source);
  return outputs === undefined || outputs.has(output);
}

function isConditional(job: JobInstance, reading: Reading): boolean {
  return /matrix|strategy/.test(sourceOf(job, reading)?.step.if?.value ?? '');
}
