import type { JobInstance } from '../lanes/model.ts';
import type { Job } from '@plimsoll/documents';
import type { DeployedImage, Origin, Publication } from '../model.ts';
import { canonicalName } from './found.ts';
import { neededJobs } from '../lanes/needed.ts';

/** What names an image. */
type Named = Pick<DeployedImage, 'name' | 'by'>;

/** The publications of images, by the job that makes them. */
export type PublishedBy = ReadonlyMap<Job, readonly Publication[]>;

export function publishedBy(publications: readonly Publication[]): PublishedBy {
  const images = publications.filter((one) => one.kind === 'image' && one.origin.job);
  return Map.groupBy(images, (one) => one.origin.job as Job);
}

/** Links an image to what published it in the same run, and tells how its digest is read here. */
export function linked(
  image: Named,
  job: JobInstance | undefined,
  published: PublishedBy,
): Pick<DeployedImage, 'publication' | 'digest'> {
  if (!job) return {};
  const jobs = [job.job, ...neededJobs(job)];
  const candidates = jobs.flatMap((one) => published.get(one) ?? []);
  const publication = candidates.length === 0 ? undefined : matching(image, candidates);
  if (!publication) return {};
  const digest = digestOf(publication, job);
  return { publication, ...(digest !== undefined && { digest }) };
}

/** By its name; a tag alone belongs to the only image that is published. */
function matching({ name, by }: Named, candidates: readonly Publication[]): Publication | undefined {
  if (name !== undefined) {
    const wanted = canonicalName(name);
    const same = candidates.find((one) => one.names.some((each) => canonicalName(each) === wanted));
    if (same || !name.includes('$')) return same;
  }
  const images = new Set(candidates.flatMap((one) => one.names.map(canonicalName)));
  return by !== 'unknown' && images.size <= 1 ? candidates[0] : undefined;
}

/** `${{ steps.push.outputs.digest }}` in the job itself, `${{ needs.build.outputs.digest }}` behind it. */
function digestOf({ origin }: Publication, { job }: JobInstance): string | undefined {
  const source = origin.job;
  if (!source) return undefined;
  if (source === job) return ofOwnStep(origin);
  const output = source.outputs.find(({ value, name }) => isDigestOf(value, origin) || /digest/i.test(name));
  const needed = job.needs.some(({ value }) => value === source.id);
  return output && needed ? `\${{ needs.${source.id}.outputs.${output.name} }}` : undefined;
}

function isDigestOf(value: string, { step }: Origin): boolean {
  return step?.id !== undefined && value.includes(`steps.${step.id}.outputs.`) && /digest/i.test(value);
}

const digestOutput =
  /^docker\/build-push-action$|^depot\/build-push-action$|^useblacksmith\/build-push-action$|^redhat-actions\/push-to-registry$/i;

function ofOwnStep({ step }: Origin): string | undefined {
  const name = `${step?.uses?.owner ?? ''}/${step?.uses?.repository ?? ''}`;
  return step?.id !== undefined && digestOutput.test(name) ? `\${{ steps.${step.id}.outputs.digest }}` : undefined;
}
