import type { JobInstance } from '../lanes/model.ts';
import { sameName } from '../lanes/inputs.ts';
import type { Range } from '@plimsoll/documents';
import type { BuildsFound } from '../builds/index.ts';
import type { DanglingDigest, Digest, DigestPurpose, DigestUse } from '../model.ts';
import type { UsePlace } from './uses.ts';

const wholeImage: ReadonlySet<DigestPurpose> = new Set(['deployment', 'verification', 'signature', 'output']);

/** The digest of one platform where that of the index is meant: deployed, verified or handed on behind the merge. */
export function platformUse(
  place: UsePlace,
  wants: DigestPurpose,
  digests: readonly Digest[],
): DanglingDigest | undefined {
  const [digest] = digests;
  if (!digest || !wholeImage.has(wants) || !digests.every((one) => one.of === 'platform')) return undefined;
  const { mergedAt } = digest;
  if (!mergedAt || !readsDirectly(place, digest) || !isBehind(place, digest, mergedAt.at)) return undefined;
  return {
    status: 'dangling',
    because: 'platform',
    reason: `it is the digest of one platform, which is only a part of the image that is published`,
    instead: 'the digest of the index, from imagetools create --metadata-file or imagetools inspect behind it',
    related: [{ at: digest.range, label: 'one platform is pushed here' }, mergedAt],
  };
}

/** Whether all that is signed is such a platform: then the index is what was meant. */
export function signsPlatformsAlone(uses: readonly DigestUse[], { sites }: BuildsFound): boolean {
  const platforms = uses.filter(({ wants, digest }) => wants === 'signature' && isPlatform(digest));
  return sites.every(
    ({ call }) =>
      (call.does !== 'sign' && call.does !== 'attest') ||
      platforms.some(({ range }) => holds(call.command.range, range)),
  );
}

function isPlatform(digest: DigestUse['digest']): boolean {
  return digest.status === 'dangling' && digest.because === 'platform';
}

/** From the job that pushes it: what hands it on from there is told where it does so. */
function readsDirectly({ instance, job, reading }: UsePlace, digest: Digest): boolean {
  const [id = ''] = reading.path.names;
  const source = (instance ?? job?.instance)?.jobs.find((one) => sameName(one.job.id, id));
  return reading.path.context !== 'needs' && reading.path.context !== 'jobs'
    ? false
    : source?.job === digest.origin.job;
}

/** Where the index exists: in the outputs of the workflow, or in the job that makes it or one that needs it. */
function isBehind({ instance, job, reading }: UsePlace, digest: Digest, merge: Range): boolean {
  if (instance) return reading.site.kind === 'output' && !namesPlatform(reading.site.output.name);
  if (!job || digest.origin.job === job.job) return false;
  if (reading.site.kind === 'output' && namesPlatform(reading.site.output.name)) return false;
  return neededWith(job).some((one) => holds(one.job.range, merge));
}

function namesPlatform(name: string): boolean {
  return /amd|arm|x86|linux|windows|platform|arch|ppc|s390|riscv/i.test(name);
}

function holds(outer: Range, inner: Range): boolean {
  return outer.file === inner.file && outer.start <= inner.start && outer.end >= inner.end;
}

/** The job and all that it needs. */
export function neededWith(job: JobInstance): readonly JobInstance[] {
  const found = new Set<JobInstance>([job]);
  for (const one of found) {
    for (const need of one.job.needs) {
      const source = one.instance.jobs.find((other) => sameName(other.job.id, need.value));
      if (source) found.add(source);
    }
  }
  return [...found];
}
