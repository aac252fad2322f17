import { textOf } from '@plimsoll/documents';
import type { Range, Script } from '@plimsoll/documents';
import type { BuildsFound, CallSite, Place } from '../builds/index.ts';
import type { StepInstance } from '../lanes/model.ts';
import { scriptOf } from '../lanes/scripts.ts';
import type { DigestFate, Related } from '../model.ts';
import { canonicalName } from '../publications/found.ts';
import { rootOf } from '../publications/lane-root.ts';
import { placeOf } from '../publications/build-index.ts';
import { askedNames, asksForDigest } from './found.ts';
import type { FoundDigest } from './found.ts';
import { filesOf } from './files.ts';
import { isSymbolic } from './names.ts';
import { isPreview } from './publishing-events.ts';
import { readsOfOutputs } from './output-reads.ts';
import { tagKind } from './tag-kinds.ts';
import type { DigestIndex } from './locate.ts';
import { uncertaintiesOf, whyUncertain } from './unclear.ts';
import type { Uncertainties } from './unclear.ts';

/** The inspections of each run, by the file in which it starts. */
type Inspections = ReadonlyMap<string, RunInspections>;

interface RunInspections {
  readonly byName: ReadonlyMap<string, CallSite>;
  /** The first of each job or script, and the first there of something that is not known. */
  readonly ofPlaces: ReadonlyMap<unknown, CallSite>;
  readonly unclear: ReadonlyMap<unknown, CallSite>;
}

function inspectionsOf(sites: readonly CallSite[]): RunInspections {
  const asked = sites.map((site) => ({ site, names: askedNames(site).map(canonicalName) })).reverse();
  const unclear = asked.filter(({ names }) => names.length === 0 || names.some(isSymbolic));
  return {
    byName: new Map(asked.flatMap(({ site, names }) => names.map((name) => [name, site]))),
    ofPlaces: new Map(asked.map(({ site }) => [placeOf(site.place), site])),
    unclear: new Map(unclear.map(({ site }) => [placeOf(site.place), site])),
  };
}

/** Tells of each digest what becomes of it. */
export function fatesOf(found: BuildsFound, index: DigestIndex): (digest: FoundDigest) => DigestFate {
  const runs = Map.groupBy(found.sites.filter(asksForDigest), (site) => rootOf(site.place));
  const inspections = new Map([...runs].map(([root, sites]) => [root, inspectionsOf(sites)]));
  const uncertainties = uncertaintiesOf(found, index);
  return (digest) => fateOf(digest, inspections, uncertainties);
}

/** A read in one of several calls is one. */
function fateOf(digest: FoundDigest, inspections: Inspections, uncertainties: Uncertainties): DigestFate {
  const { by, of, mergedAt, opaque } = digest;
  if (by === 'inspect') return { status: 'kept', by: { at: digest.range, label: 'it is asked for here' } };
  const kept = keptBy(digest, inspections);
  if (kept) return { status: 'kept', by: kept };
  if (of === 'platform' && mergedAt) return { status: 'passing', reason: 'it becomes a part of an index' };
  if (opaque !== undefined) return { status: 'opaque', reason: opaque };
  if (digest.places.every(({ job, step }) => !job && !step))
    return { status: 'passing', reason: 'no workflow pushes it' };
  if (digest.places.every((place) => isPreview(place, buildAt(digest, place))))
    return { status: 'passing', reason: 'only pull requests lead there' };
  const tags = digest.publication?.tags ?? [];
  if (tags.length > 0 && tags.every(({ tag }) => tagKind(tag, true) === 'none'))
    return { status: 'passing', reason: 'its tags are those of previews or caches' };
  const reason = digest.places
    .map((place) => whyUncertain(digest, place, uncertainties))
    .find((text) => text !== undefined);
  return reason === undefined ? { status: 'lost' } : { status: 'opaque', reason };
}

function buildAt({ builds }: FoundDigest, place: Place): FoundDigest['builds'][number] | undefined {
  return builds.find((build) => build.place.step === place.step);
}

function keptBy(digest: FoundDigest, inspections: Inspections): Related | undefined {
  for (const place of distinctPlaces(digest.places)) {
    const found = keptAt(place) ?? inspectedIn(place, digest, inspections);
    if (found) return found;
  }
  return undefined;
}

/** Each step once, whatever the leg; of commands all. */
function distinctPlaces(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map((place) => [place.call?.command ?? place.step?.step, place])).values()];
}

function keptAt(place: Place): Related | undefined {
  const { step, call, entry } = place;
  if (!call) {
    const [read] = step ? readsOfOutputs(step) : [];
    const at = read?.path.range ?? (step && linkedAt(step));
    return at && { at, label: 'its digest is read here' };
  }
  const [file] = filesOf(place).filter((one) => !one.always || isNamed(one.path, place));
  if (file) return { at: file.range ?? call.command.range, label: 'its digest is written to a file here' };
  const script = entry?.script ?? (step && scriptOf(step.step));
  if (call.digests.some((one) => one.kind === 'stdout') && isCaptured(place, script))
    return { at: call.command.range, label: 'what it prints is read' };
  if (
    /^ko (?:apply|create|run)$/.test(
      call.command.words
        .slice(0, 2)
        .map((word) => word.text)
        .join(' '),
    )
  )
    return { at: call.command.range, label: 'it is deployed by its digest' };
  return undefined;
}

/** In the link of the job's `environment:`. */
function linkedAt({ job, step }: StepInstance): Range | undefined {
  if (!job?.job.environment || step.id === undefined) return undefined;
  const { file, start } = job.job.range;
  const line = textOf(job.job.range).search(/^[ \t]*url:.*steps\./m);
  const end = line < 0 ? -1 : file.text.indexOf('\n', start + line + 1);
  const at = { file, start: start + line, end: end < 0 ? file.text.length : end };
  return line >= 0 && textOf(at).includes(`steps.${step.id}.outputs.digest`) ? at : undefined;
}

function isCaptured({ call }: Place, script: Script | undefined): boolean {
  if (!call) return false;
  const { pipeline, within } = call.command;
  if (within !== undefined && script) return true;
  return pipeline !== undefined && pipeline.position < pipeline.commands.length - 1;
}

/** A file that a tool always writes is kept where something of the job speaks of it. */
function isNamed(path: string, { step }: Place): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  return (step?.siblings ?? []).some(({ step: one }) =>
    [one.run?.value ?? '', ...one.with.map((input) => input.value)].some((text) => text.includes(name)),
  );
}

/** Asked for by its name in the same run, or by a name that is not known in the same job. */
function inspectedIn(place: Place, { names }: FoundDigest, inspections: Inspections): Related | undefined {
  const run = inspections.get(rootOf(place));
  if (!run) return undefined;
  const unclear = names.length === 0 || names.some(isSymbolic);
  const site =
    names.map((name) => run.byName.get(canonicalName(name))).find((one) => one !== undefined) ??
    (unclear ? run.ofPlaces : run.unclear).get(placeOf(place));
  return site && { at: site.call.command.range, label: 'the registry is asked for its digest here' };
}
