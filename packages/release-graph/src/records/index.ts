import type { PublicationGroup } from '../attestations/cover.ts';
import { legsOf } from '../lanes/matrix.ts';
import { withCalledSteps } from '../lanes/instances.ts';
import type { JobInstance, Lanes, StepInstance } from '../lanes/model.ts';
import { viewOf } from '../credentials/step-view.ts';
import { scriptOf } from '../lanes/scripts.ts';
import type { Publication, ReleaseSettings } from '../model.ts';
import { rootOf } from '../publications/lane-root.ts';
import type { Published } from '../publications/publish.ts';
import { keepersOf } from './keepers.ts';
import type { UnrecordedLane } from './model.ts';
import { filesWrittenBy } from './written-files.ts';

/**
 * The workflows that publish images and keep no record of them. A record is a file with digest and revision that is kept
 * (an artifact, a release asset, a commit), the notes of a release with the digest, a signed attestation, or what `plimsoll
 * record` keeps. What is not understood may keep one.
 */
export function unrecordedLanes(
  lanes: Lanes,
  published: Published,
  settings: ReleaseSettings,
): readonly UnrecordedLane[] {
  const byRoot = new Map<string, Publication[]>();
  published.ofCalls.forEach((publication, index) => {
    const group = published.found[index];
    if (!group || !needsRecord(publication, group)) return;
    const root = rootOf(group[0].place);
    if (settings.laneWorkflows && !settings.laneWorkflows.includes(root)) return;
    byRoot.set(root, [...(byRoot.get(root) ?? []), publication]);
  });
  const jobs = Map.groupBy(lanes.jobs, (job) => rootOf({ job }));
  return [...byRoot].flatMap(([workflow, publications]): readonly UnrecordedLane[] => {
    const [first, ...others] = publications.toSorted(byPlace);
    return first && !keepsRecord(jobs.get(workflow) ?? []) ? [{ workflow, publications: [first, ...others] }] : [];
  });
}

function needsRecord({ kind, attestations, site }: Publication, group: PublicationGroup): boolean {
  if (kind !== 'image' || site !== 'workflow' || group.some(({ opaque }) => opaque !== undefined)) return false;
  return (
    attestations.status !== 'opaque' &&
    !attestations.target.some(({ kind, signed }) => signed && kind !== 'cosign-sign')
  );
}

function byPlace(a: Publication, b: Publication): number {
  return a.range.file.path === b.range.file.path
    ? a.range.start - b.range.start
    : a.range.file.path < b.range.file.path
      ? -1
      : 1;
}

function keepsRecord(jobs: readonly JobInstance[]): boolean {
  const steps = jobs.flatMap((job) => withCalledSteps((legsOf(job)[0] ?? job).steps));
  if (steps.some(runsRecord)) return true;
  const keepers = steps.flatMap(keepersOf);
  if (keepers.length === 0) return false;
  if (keepers.some(({ text }) => hasDigest(text))) return true;
  const files = steps.flatMap(filesWrittenBy).filter(({ text }) => isRecord(text));
  return files.some((file) => keepers.some(({ keeps }) => keeps(file))) || steps.some(mayWriteRecord);
}

const hasDigest = (text: string): boolean => /digest|sha256:|\bmetadata\b/i.test(text);
const hasRevision = (text: string): boolean => /github[._]sha|\bsha\b|rev-parse|revision|commit|head_sha/i.test(text);

/** BuildKit's metadata holds both. */
function isRecord(text: string): boolean {
  return hasDigest(text) && (hasRevision(text) || /outputs\.metadata\b/.test(text));
}

function runsRecord(step: StepInstance): boolean {
  return viewOf(step).commands.some(({ command }) =>
    command.words.some(({ text }, at) => text === 'record' && /plimsoll/.test(command.words[at - 1]?.text ?? '')),
  );
}

/** A program of the project, or a script in JavaScript, that is given a digest. */
function mayWriteRecord(step: StepInstance): boolean {
  const script = scriptOf(step.step);
  const given = [...step.step.env, ...step.step.with].map(({ value }) => value).join('\n');
  if (step.step.uses?.target === 'local' && !step.calls) return hasDigest(given);
  if (viewOf(step).action === 'actions/github-script') return isRecord(given);
  if (!script) return false;
  const programs = script.commands.filter(
    ({ name, words }) =>
      /^(?:node|python3?|ruby|deno|bun|tsx|npx|go|make|task|just)$/.test(name) ||
      /^\.{0,2}\//.test(words[0]?.text ?? ''),
  );
  return programs.some(({ words, assignments }) =>
    hasDigest([given, ...words.map(({ text }) => text), ...assignments.map(({ value }) => value.text)].join('\n')),
  );
}
