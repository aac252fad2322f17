import type { FoundBuild } from '../builds/index.ts';
import { inputValue } from '../builds/action-inputs.ts';
import { isAction } from '../builds/build-push-action.ts';
import type { JobInstance, StepInstance } from '../lanes/model.ts';
import type { Step } from '@plimsoll/documents';
import { scriptOf } from '../lanes/scripts.ts';
import { sameName } from '../lanes/inputs.ts';
import type { DanglingDigest, Digest, DigestPurpose, Related } from '../model.ts';
import { pickedFields } from './output-reads.ts';
import { outputsOf } from './step-outputs.ts';
import { legCount } from './matrix.ts';
import { platformUse } from './platform-use.ts';
import { wantsDigest } from './wants.ts';
import type { UsePlace, UseSources } from './uses.ts';

export type BuildsOfSteps = ReadonlyMap<Step | undefined, readonly FoundBuild[]>;

/** Why an expression gives no digest, or not the one that is meant; undefined where that is not certain. */
export function dangling(
  place: UsePlace,
  wants: DigestPurpose,
  digests: readonly Digest[],
  sources: UseSources,
): DanglingDigest | undefined {
  const { context } = place.reading.path;
  const missing =
    context === 'steps'
      ? ofStep(place, wants, sources)
      : context === 'needs' || context === 'jobs'
        ? ofJob(place)
        : undefined;
  return missing ?? platformUse(place, wants, digests);
}

function because(
  because: DanglingDigest['because'],
  reason: string,
  related: readonly Related[] = [],
  instead?: string,
): DanglingDigest {
  return { status: 'dangling', because, reason, related, ...(instead !== undefined && { instead }) };
}

function ofStep(place: UsePlace, wants: DigestPurpose, sources: UseSources): DanglingDigest | undefined {
  const { reading, step, job } = place;
  const [id = '', , output = ''] = reading.path.names;
  const list = step?.siblings ?? job?.steps;
  if (!list || id === '*' || output === '*' || !wantsDigest(reading)) return undefined;
  const source = list.find((one) => one.step.id !== undefined && sameName(one.step.id, id));
  if (!source) return noStep(place, id, output);
  if (step && reading.site.kind !== 'output' && isBefore(step, source))
    return because('later-step', `the step "${id}" runs only after this one`, [placeOfStep(source)]);
  const outputs = outputsOf(source);
  if (outputs && !outputs.has(output.toLowerCase())) return noOutput(source, id, output, outputs);
  return noTarget(source, id, place, sources) ?? noPush(source, id, output, wants, place, sources);
}

function isBefore(step: StepInstance, source: StepInstance): boolean {
  const group = step.step.parallelGroup;
  if (group !== undefined && group === source.step.parallelGroup) return false;
  return step.step.index <= source.step.index;
}

function placeOfStep({ step }: StepInstance): Related {
  return { at: step.uses?.range ?? step.range, label: `the step "${step.id ?? ''}"` };
}

/** Mostly it is in another job, whose outputs it would have to go through. */
function noStep({ job, step, reading }: UsePlace, id: string, output: string): DanglingDigest {
  const where = step?.action ? `the action ${step.action.file.path}` : `job "${job?.job.id ?? ''}"`;
  const others = step?.action ? [] : (job?.instance.jobs ?? []);
  const owner = others.find((one) => one !== job && one.steps.some((other) => isNamed(other, id)));
  const found = owner?.steps.find((other) => isNamed(other, id));
  const reason = `${where} has no step "${id}"`;
  if (!owner || !found) return because('no-step', reason);
  const given = owner.job.outputs.find((one) => one.value.includes(`steps.${found.step.id ?? ''}.outputs.${output}`));
  const name = given?.name ?? output;
  const need = job?.job.needs.some((one) => one.value === owner.job.id) ? '' : `needs: ${owner.job.id} and `;
  const declare = given
    ? ''
    : `, and give job "${owner.job.id}" the output ${name}: \${{ steps.${id}.outputs.${output} }}`;
  return because(
    'no-step',
    `${reason}: that is in job "${owner.job.id}", and steps are seen in their own job only`,
    [placeOfStep(found)],
    reading.site.kind === 'output' ? undefined : `${need}\${{ needs.${owner.job.id}.outputs.${name} }}${declare}`,
  );
}

function isNamed({ step }: StepInstance, id: string): boolean {
  return step.id !== undefined && sameName(step.id, id);
}

function noOutput(source: StepInstance, id: string, output: string, outputs: ReadonlySet<string>): DanglingDigest {
  const { uses } = source.step;
  const by = source.calls ? (uses?.text ?? '') : uses ? `${uses.owner ?? ''}/${uses.repository ?? ''}` : 'its script';
  const instead = outputs.has('digest')
    ? `\${{ steps.${id}.outputs.digest }}`
    : outputs.has('metadata')
      ? `\${{ fromJSON(steps.${id}.outputs.metadata)['<target>']['containerimage.digest'] }}`
      : [...outputs].filter((name) => name.includes('digest')).map((name) => `\${{ steps.${id}.outputs.${name} }}`)[0];
  return because(
    'no-output',
    `the step "${id}" has no output "${output}": ${by} gives ${uses && !source.calls ? [...outputs].join(', ') || 'none' : 'no such one'}`,
    [placeOfStep(source)],
    instead,
  );
}

/** The metadata of bake are those of the targets that it builds. */
function noTarget(
  source: StepInstance,
  id: string,
  { reading }: UsePlace,
  { builds }: UseSources,
): DanglingDigest | undefined {
  const [target, ...fields] = pickedFields(reading);
  const built = (builds.get(source.step) ?? []).map(({ bakeTarget }) => bakeTarget);
  if (target === undefined || target === '*' || fields.length === 0 || built.length === 0) return undefined;
  const names = [...new Set(built.flatMap((name) => name ?? []))];
  if (built.includes(undefined) || names.includes(target)) return undefined;
  return because('no-output', `the step "${id}" builds no target "${target}": it builds ${names.join(', ')}`, [
    placeOfStep(source),
  ]);
}

/** That of Depot keeps what it builds in a registry of its own. */
const pushers = ['docker/build-push-action', 'docker/bake-action', 'useblacksmith/build-push-action'];

/** The digest of a build that stays on the runner. It may be shown there; it is no identity elsewhere. */
function noPush(
  source: StepInstance,
  id: string,
  output: string,
  wants: DigestPurpose,
  place: UsePlace,
  { builds }: UseSources,
): DanglingDigest | undefined {
  const own = builds.get(source.step) ?? [];
  if (!isAction(source, ...pushers) || !/^(?:digest|metadata)$/i.test(output)) return undefined;
  if (own.length === 0 || own.some((build) => build.pushes !== false) || exportsFile(source)) return undefined;
  if (isLocalUse(place, wants)) return undefined;
  return because(
    'no-push',
    `the step "${id}" does not push: its digest is in no registry`,
    [{ ...placeOfStep(source), label: `the step "${id}" only builds` }],
    `push: true at the step "${id}", or the digest of the step that pushes`,
  );
}

/** An OCI layout keeps its digest when something else pushes it. */
function exportsFile(source: StepInstance): boolean {
  const outputs = inputValue(source, 'outputs')?.written.trim() ?? '';
  return outputs !== '' && !/^type=(?:docker|cacheonly|local)\b/.test(outputs);
}

/** Shown in the log, or given to the local daemon. */
function isLocalUse({ reading, step }: UsePlace, wants: DigestPurpose): boolean {
  const { site, path } = reading;
  if (site.kind === 'condition' || site.kind === 'other') return true;
  if (site.kind !== 'script' || wants !== 'other' || !step) return false;
  const command = scriptOf(step.step)?.commands.findLast(
    ({ range }) => range.start <= path.range.start && range.end >= path.range.end,
  );
  if (!command) return true;
  return /^(?:echo|printf|docker|trivy|grype|syft|dive)$/.test(command.name) && command.redirections.length === 0;
}

function ofJob(place: UsePlace): DanglingDigest | undefined {
  const { reading, job, instance } = place;
  const { context, names } = reading.path;
  const [id = '', , output = ''] = names;
  const jobs = (instance ?? job?.instance)?.jobs;
  if (!jobs || id === '*' || output === '*' || place.step?.action || !wantsDigest(reading)) return undefined;
  const source = jobs.find((one) => sameName(one.job.id, id));
  if (!source) return because('no-job', `there is no job "${id}"`, [], nearestJob(jobs, output));
  const own: Related = { at: source.job.idRange, label: `job "${source.job.id}"` };
  if (context === 'needs' && job && !job.job.needs.some((one) => sameName(one.value, id)))
    return because(
      'not-needed',
      `job "${job.job.id}" does not need job "${id}", and so sees none of its outputs`,
      [own],
      `needs: ${[...job.job.needs.map((one) => one.value), id].join(', ')} at job "${job.job.id}"`,
    );
  return noJobOutput(source, output, context, own) ?? overwrittenCall(source, output, own);
}

function nearestJob(jobs: readonly JobInstance[], output: string): string | undefined {
  const having = jobs.filter((one) => one.job.outputs.some((other) => sameName(other.name, output)));
  const [only, more] = having;
  return only && !more ? `\${{ needs.${only.job.id}.outputs.${output} }}` : undefined;
}

function noJobOutput(source: JobInstance, output: string, context: string, own: Related): DanglingDigest | undefined {
  const { job, calls } = source;
  if (job.uses && !calls) return undefined;
  const declared = (calls ? calls.workflow.callOutputs : job.outputs).map((one) => one.name);
  if (declared.some((name) => sameName(name, output))) return undefined;
  const near = declared.find((name) => /digest/i.test(name));
  const owner = calls ? `the workflow ${calls.workflow.file.path}, which job "${job.id}" calls,` : `job "${job.id}"`;
  return because(
    'no-job-output',
    `${owner} has no output "${output}"${declared.length > 0 ? `: it has ${declared.join(', ')}` : ''}`,
    [own],
    near === undefined ? undefined : `\${{ ${context}.${job.id}.outputs.${near} }}`,
  );
}

/** A job that calls a workflow once for each leg of a matrix: one call's outputs overwrite the others'. */
function overwrittenCall(source: JobInstance, output: string, own: Related): DanglingDigest | undefined {
  if (!source.calls && !source.job.uses) return undefined;
  if (!/digest/i.test(output) || legCount(source) < 2) return undefined;
  return because(
    'matrix',
    `job "${source.job.id}" runs once for each leg of its matrix, and each overwrites the output "${output}" of the others`,
    [own],
    'an artifact of each leg, or a job for each image',
  );
}
