import type { Matrix, YamlNode } from '@plimsoll/documents';
import { instantiateJob, instantiateWorkflow } from './instances.ts';
import type { JobInstance, MatrixLeg, WorkflowInstance } from './model.ts';

/** GitHub's own limit for the jobs of a matrix. */
const maxLegs = 256;

const legsOfJobs = new WeakMap<JobInstance, readonly JobInstance[]>();

/** A job once for each combination of its matrix, and of those of the jobs that call it; at most 256. */
export function legsOf(job: JobInstance): readonly JobInstance[] {
  if (job.leg) return [job];
  const known = legsOfJobs.get(job);
  if (known) return known;
  const legs = callVariants(job.instance)
    .flatMap((instance) => ownLegs(job, instance))
    .slice(0, maxLegs);
  legsOfJobs.set(job, legs);
  return legs;
}

/** The called workflow once for each leg of its caller. */
function callVariants(instance: WorkflowInstance): readonly WorkflowInstance[] {
  const { caller } = instance;
  if (!caller) return [instance];
  const legs = legsOf(caller);
  if (legs.length === 1 && legs[0] === caller) return [instance];
  return legs.map((leg) => instantiateWorkflow(caller.lanes, instance.workflow, leg));
}

function ownLegs(job: JobInstance, instance: WorkflowInstance): readonly JobInstance[] {
  const { matrix } = job.job;
  const legs = matrix ? expandMatrix(matrix) : [];
  if (legs.length === 0) return [instance === job.instance ? job : instantiateJob(job.lanes, instance, job.job)];
  return legs.map((leg) => instantiateJob(job.lanes, instance, job.job, leg));
}

/**
 * The combinations of a matrix as GitHub makes them: the product of its axes without what `exclude` names; each entry of
 * `include` is added to the combinations whose own axes it does not change, or is one more.
 * Axes that are expressions are left out.
 */
export function expandMatrix(matrix: Matrix): readonly MatrixLeg[] {
  const axes = matrix.axes.filter((axis) => axis.values.length > 0);
  let product: MatrixLeg[] = axes.length > 0 ? [new Map()] : [];
  for (const { name, values } of axes) {
    const next: MatrixLeg[] = [];
    for (const leg of product)
      for (const value of values) if (next.length < maxLegs) next.push(new Map([...leg, [name, value]]));
    product = next;
  }
  const kept = product.filter((leg) => !matrix.exclude.some((entry) => matches(leg, entry)));
  return withIncluded(kept, matrix, new Set(axes.map((axis) => axis.name)));
}

function withIncluded(original: readonly MatrixLeg[], matrix: Matrix, axes: ReadonlySet<string>): readonly MatrixLeg[] {
  const legs: MatrixLeg[] = [...original];
  const more: MatrixLeg[] = [];
  for (const entry of matrix.include.slice(0, maxLegs)) {
    const own = new Map([...entry].filter(([name]) => axes.has(name)));
    let added = false;
    for (const [index, leg] of legs.entries()) {
      if (!matches(leg, own)) continue;
      legs[index] = new Map([...leg, ...entry]);
      added = true;
    }
    if (!added) more.push(entry);
  }
  return [...legs, ...more].slice(0, maxLegs);
}

function matches(leg: MatrixLeg, entry: MatrixLeg): boolean {
  for (const [name, value] of entry) {
    const own = leg.get(name);
    if (!own || !sameNode(own, value)) return false;
  }
  return true;
}

function sameNode(a: YamlNode, b: YamlNode): boolean {
  if (a === b) return true;
  if (a.type === 'scalar' && b.type === 'scalar') return String(a.value) === String(b.value);
  return false;
}
