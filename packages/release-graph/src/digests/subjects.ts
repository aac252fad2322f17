import { firstLine } from '@plimsoll/documents';
import type { Range } from '@plimsoll/documents';
import { inputEntry, inputValue } from '../builds/action-inputs.ts';
import { isAction } from '../builds/build-push-action.ts';
import { placeKey } from '../builds/index.ts';
import type { CallSite, Place } from '../builds/index.ts';
import { legsOf } from '../lanes/matrix.ts';
import type { JobInstance, StepInstance } from '../lanes/model.ts';
import { scopeOfJob } from '../lanes/scope.ts';
import type { AttestationSubject, Origin, Related, SubjectFault, Value } from '../model.ts';
import { namesOf } from '../publications/build-index.ts';
import { canonicalName } from '../publications/found.ts';
import { rootOf } from '../publications/lane-root.ts';
import { evaluateString } from '../values/expressions.ts';
import { images } from '../values/image-names.ts';
import { formTexts } from '../values/index.ts';
import { evaluateWord } from '../values/shell.ts';
import type { FoundDigest } from './found.ts';
import type { DigestIndex } from './locate.ts';
import { isOtherName, isSymbolic } from './names.ts';
import type { UseSources } from './uses.ts';

/** One attestation of one leg and call, as it is written. */
interface Written {
  readonly kind: AttestationSubject['kind'];
  readonly range: Range;
  readonly origin: Origin;
  readonly place: Place;
  /** A name alone, without digest. */
  readonly name?: Value;
  readonly digest?: Value;
}

/** What attestations of images say that they are of. */
export function attestationSubjects(
  { lanes, found, index }: UseSources,
  all: readonly FoundDigest[],
): readonly AttestationSubject[] {
  const attestations = [
    ...found.steps.flatMap(ofStep),
    ...found.sites.flatMap(ofSite),
    ...lanes.jobs
      .filter(({ job }) => job.uses?.target === 'workflow')
      .flatMap(legsOf)
      .flatMap(ofJob),
  ];
  const judged = attestations.map((written) => ({ written, digests: digestsOf(written, index) }));
  const around = {
    attested: new Set(judged.flatMap(({ digests }) => digests)),
    published: Map.groupBy(
      all.flatMap((digest) => digest.names.map((name) => ({ name: canonicalName(name), digest }))),
      ({ name }) => name,
    ),
    copied: new Set(found.sites.flatMap(copiedTo).map(canonicalName)),
  };
  const groups = Map.groupBy(judged, ({ written }) => placeKey(written.origin, written.range));
  const subjects = [...groups.values()].map((group) => subjectOf(group, around));
  const places = Map.groupBy(subjects, ({ range }) => `${range.file.path}:${range.start}`);
  return [...places.values()].flatMap((some) => some.find(({ faults }) => faults.length > 0) ?? some[0] ?? []);
}

const actions = ['actions/attest', 'actions/attest-build-provenance', 'actions/attest-sbom'];

function ofStep(step: StepInstance): readonly Written[] {
  const { uses } = step.step;
  if (!uses || !isAction(step, ...actions)) return [];
  if (inputEntry(step, 'subject-path') || inputEntry(step, 'subject-checksums')) return [];
  const place = { step, ...(step.job && { job: step.job }) };
  const written = { kind: 'actions-attest' as const, range: uses.range, origin: step.origin, place };
  return [{ ...written, ...named(inputValue(step, 'subject-name'), inputValue(step, 'subject-digest')) }];
}

function named(name: Value | undefined, digest: Value | undefined): Pick<Written, 'name' | 'digest'> {
  return { ...(name && { name }), ...(digest && { digest }) };
}

/** The container generator of SLSA. */
function ofJob(job: JobInstance): readonly Written[] {
  const { uses } = job.job;
  if (!uses || !/^slsa-framework\/slsa-github-generator\/.*container/i.test(uses.text)) return [];
  const input = (name: string): Value | undefined => {
    const given = job.job.with.find((one) => one.name === name);
    return given && evaluateString(given, scopeOfJob(job));
  };
  const written = { kind: 'slsa-generator' as const, range: uses.range, origin: job.origin, place: { job } };
  return [{ ...written, ...named(input('image'), input('digest')) }];
}

/** `cosign attest NAME@DIGEST`; a tag there is the matter of what signs by tag. */
function ofSite({ call, origin, place, scope }: CallSite): readonly Written[] {
  if (call.does !== 'attest' || call.of !== 'image') return [];
  const range = firstLine(call.command.range);
  return call.subjects.map((word) => ({
    kind: 'cosign-attest',
    range,
    origin,
    place,
    digest: evaluateWord(word, scope),
  }));
}

function digestsOf({ digest, place }: Written, index: DigestIndex): readonly FoundDigest[] {
  return digest ? index.of(digest.definitions, rootOf(place)) : [];
}

interface Judged {
  readonly written: Written;
  readonly digests: readonly FoundDigest[];
}

interface Surroundings {
  readonly attested: ReadonlySet<FoundDigest>;
  /** All that is pushed, by its names. */
  readonly published: ReadonlyMap<string, readonly { readonly digest: FoundDigest }[]>;
  /** And of those to which one is copied, so that both have one digest. */
  readonly copied: ReadonlySet<string>;
}

/** All legs of one attestation: it is at fault where one of them is. */
function subjectOf(legs: readonly Judged[], around: Surroundings): AttestationSubject {
  const [first] = legs as [Judged, ...Judged[]];
  const { kind, range, origin, name, digest } = first.written;
  const faults = legs.map((leg) => faultsOf(leg, around)).find((some) => some.length > 0) ?? [];
  return { kind, range, origin, ...named(name, digest), faults };
}

function faultsOf(leg: Judged, around: Surroundings): readonly SubjectFault[] {
  const byName = tagged(leg.written);
  const byDigest = notADigest(leg.written) ?? ofPlatform(leg, around.attested) ?? ofOther(leg, around);
  return [byName, byDigest].filter((fault) => fault !== undefined);
}

/** A subject's name is that of the repository in the registry: a tag in it is taken as a part of the name. */
function tagged({ name, kind }: Written): SubjectFault | undefined {
  if (!name || kind === 'cosign-attest') return undefined;
  const found = images(name).find((image) => image.tag !== undefined);
  if (!found || images(name).some((image) => image.tag === undefined && image.digest === undefined)) return undefined;
  const cut = name.written.indexOf(':', name.written.lastIndexOf('/'));
  return {
    kind: 'tag',
    at: name.range,
    found: cut > 0 ? name.written : `${found.name}:${found.tag ?? ''}`,
    wanted: cut > 0 ? name.written.slice(0, cut) : found.name,
    related: name.definitions,
  };
}

/** A fixed text, a commit, or the id that the image has on the runner. */
function notADigest({ digest, kind }: Written): SubjectFault | undefined {
  if (!digest) return undefined;
  const texts = formTexts(digest);
  const [text = ''] = texts;
  const image = /\bsteps\.([\w-]+)\.outputs\.imageid\b/i.exec(digest.written);
  const commit = texts.length === 1 && /^(?:.*@)?(?:sha256:)?\$\{\{ github\.(?:sha|run_id|ref_name) \}\}$/i.test(text);
  if (!image && !commit) return undefined;
  return {
    kind: 'not-a-digest',
    at: digest.range,
    found: image ? 'the id of the local image' : text.replace(/^.*@/, ''),
    ...(image?.[1] !== undefined && {
      wanted: digest.written.replace(/imageid/i, 'digest'),
    }),
    related: kind === 'cosign-attest' ? [] : digest.definitions.slice(0, 1),
  };
}

function placeOf({ range, names }: FoundDigest): Related {
  const [name] = names;
  return {
    at: range,
    label: name === undefined ? 'this push gives the digest' : `this push of ${name} gives the digest`,
  };
}

/** What is published is the index that the platforms become; where that one is attested too, a platform may be. */
function ofPlatform({ written, digests }: Judged, attested: ReadonlySet<FoundDigest>): SubjectFault | undefined {
  const [first] = digests;
  const { digest } = written;
  if (!first || !digest || !digests.every((one) => one.of === 'platform') || !first.mergedAt) return undefined;
  const others = [...attested].filter((one) => one.of !== 'platform');
  if (others.some((one) => one.names.length === 0 || first.names.length === 0 || !isOtherName(one.names, first.names)))
    return undefined;
  return {
    kind: 'platform',
    at: digest.range,
    found: 'the digest of one platform',
    wanted: 'the digest of the index',
    related: [placeOf(first), first.mergedAt],
  };
}

function ofOther({ written, digests }: Judged, { published, copied }: Surroundings): SubjectFault | undefined {
  const { name, digest, place } = written;
  if (!digest || digests.length === 0) return undefined;
  const names = subjectNames(written);
  const own = digests.flatMap((one) => namesOfTarget(one, digest) ?? namesHere(one, place));
  if (names.length === 0 || own.length === 0 || digests.some((one) => one.names.length === 0)) return undefined;
  if (!isOtherName(names, own) || names.some((one) => copied.has(canonicalName(one)))) return undefined;
  const [first] = digests as [FoundDigest, ...FoundDigest[]];
  const instead = names.map((one) => readable(published.get(canonicalName(one)) ?? [], place))[0];
  const misnamed = name !== undefined && names.every((one) => !isSymbolic(one) && !published.has(canonicalName(one)));
  return {
    kind: misnamed ? 'other-name' : 'other-image',
    at: misnamed ? name.range : digest.range,
    found: own[0] ?? '',
    wanted: names[0] ?? '',
    ...(instead !== undefined && { instead }),
    related: [placeOf(first)],
  };
}

function subjectNames({ name, digest, kind }: Written): readonly string[] {
  if (kind === 'cosign-attest') return digest ? images(digest).map((image) => image.name) : [];
  if (!name) return [];
  return images({ forms: name.forms.map((form) => [...form, '@']) }).map((image) => image.name.replace(/:[^/:]*$/, ''));
}

/** Of several targets of bake those which the value speaks of: `fromJSON(steps.bake.outputs.metadata).api[…]`. */
function namesOfTarget({ builds }: FoundDigest, digest: Value): readonly string[] | undefined {
  if (!builds.some(({ bakeTarget }) => bakeTarget !== undefined)) return undefined;
  const words = new Set(formTexts(digest).flatMap((text) => text.match(/[\w-]+/g) ?? []));
  const own = builds.filter(({ bakeTarget }) => bakeTarget !== undefined && words.has(bakeTarget));
  return own.length === 0 ? undefined : own.flatMap(namesOf);
}

/** How the digest of one of these can be read in a job. */
function readable(all: readonly { readonly digest: FoundDigest }[], { job }: Place): string | undefined {
  const places = all.flatMap(({ digest }) => digest.places).filter((one) => !one.call && one.job?.job === job?.job);
  const id = places.map(({ step }) => step?.step.id).find((one) => one !== undefined);
  return id === undefined ? undefined : `\${{ steps.${id}.outputs.digest }}`;
}

function copiedTo({ call, scope }: CallSite): readonly string[] {
  const words =
    call.does === 'copy' ? call.destinations : call.does === 'merge' && call.sources.length === 1 ? call.tags : [];
  return words.flatMap((word) => images(evaluateWord(word, scope)).map(({ name }) => name));
}

/** In its own leg a step has the names of that leg. */
function namesHere({ places, builds, names }: FoundDigest, { job }: Place): readonly string[] {
  if (!job?.leg || !places.some((place) => place.job === job)) return names;
  const own = builds.filter((build) => build.place.job === job);
  return own.length === 0 ? names : own.flatMap(namesOf);
}
