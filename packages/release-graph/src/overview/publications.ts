import { canonicalName } from '../publications/found.ts';
import type { Attestation, Publication } from '../model.ts';
import { artifactsOf } from './artifacts.ts';
import type { Artifact } from './artifacts.ts';
import { eventsReader, foundOf } from './events.ts';
import { laneOf } from './ids.ts';
import type { OverviewLink, ProofNode, PublicationNode } from './model.ts';
import { inLanes, merged } from './parts.ts';
import type { Known, OverviewParts, Piece } from './parts.ts';

/** What is published, each artifact a node, with what proves it. */
export function publicationPiece(parts: OverviewParts, known: Known): Piece {
  const askEvents = eventsReader(known.instances, foundOf(parts.builds));
  const proofs = new Map<string, string>();
  const made = callsOfArtifacts(parts.ofCalls).map((own): readonly [OwnCalls, PublicationNode] => [
    own,
    publicationNode(own, askEvents(own.calls), known),
  ]);
  rememberIds(parts, made, known);
  const links = made.flatMap(([{ call, calls, artifact }, { id }]) => [
    ...inLanes(
      id,
      calls.map(({ range, origin }) => laneOf(range, origin)),
    ),
    ...madeBy(call, artifact, id, known),
  ]);
  const pieces = made.map(([own, { id }]) => proofPiece(own, id, proofs, known));
  return merged([{ nodes: made.map(([, node]) => node), links }, ...pieces]);
}

/** One artifact of one place, and the calls of its workflow or action that publish it. */
interface OwnCalls {
  /** The first of them. */
  readonly call: Publication;
  readonly calls: readonly Publication[];
  readonly artifact: Artifact;
}

/** What several lanes publish by one place under the same names and with the same proof is one. */
function callsOfArtifacts(ofCalls: readonly Publication[]): readonly OwnCalls[] {
  const all = ofCalls.flatMap((call) => artifactsOf(call).map((artifact) => ({ call, artifact })));
  const groups = Map.groupBy(all, ({ call, artifact }) => {
    const { attestations: link } = call;
    const proof = link.status === 'opaque' ? link.reason : [...new Set(link.target.map(({ kind }) => kind))];
    return JSON.stringify([placeOf(call), artifact.names, link.status, proof]);
  });
  return [...groups.values()].flatMap((some): readonly OwnCalls[] => {
    const [first] = some;
    if (!first) return [];
    const builds = [...new Set(some.flatMap(({ artifact }) => artifact.builds))];
    return [{ call: first.call, calls: some.map(({ call }) => call), artifact: { ...first.artifact, builds } }];
  });
}

/** Of each publication, of all calls and of one, the nodes of its place that have its names. */
function rememberIds(
  { publications, ofCalls }: OverviewParts,
  made: readonly (readonly [OwnCalls, PublicationNode])[],
  { ids, names: nameSets }: Known,
): void {
  const byName = new Map<string, string[]>();
  for (const [{ call, artifact }, { id }] of made) {
    nameSets.set(id, new Set(artifact.names.map(canonicalName)));
    for (const name of namesOrNone(artifact)) {
      const key = `${placeOf(call)}\0${name}`;
      byName.set(key, [...(byName.get(key) ?? []), id]);
    }
  }
  for (const publication of new Set([...publications, ...ofCalls])) {
    const own = namesOrNone(publication).flatMap((name) => byName.get(`${placeOf(publication)}\0${name}`) ?? []);
    ids.set(publication, [...new Set(own)]);
  }
}

function namesOrNone({ names }: { readonly names: readonly string[] }): readonly string[] {
  return names.length > 0 ? names : [''];
}

function placeOf({ kind, range }: Publication): string {
  return `${kind} ${range.file.path}:${range.start}`;
}

function publicationNode(
  { call, artifact: { names } }: OwnCalls,
  events: readonly string[] | undefined,
  { name }: Known,
): PublicationNode {
  const { kind, range, origin, registry, copied } = call;
  const tagsByName = tagsOf(call);
  const tags = names.flatMap((one) => tagsByName.get(canonicalName(one)) ?? []);
  const unnamed = kind === 'image' ? 'an image' : `${kind} packages`;
  return {
    kind: 'publication',
    id: name('publication', range, origin, names[0]),
    label: names.length > 0 ? names.join(', ') : `${unnamed}, names not known`,
    at: range,
    artifact: kind,
    names,
    tags: [...new Set(tags)],
    ...(registry !== undefined && { registry }),
    ...(origin.job && { job: origin.job.id }),
    ...(events && { events }),
    ...(copied && { copied }),
    group: placeOf(call),
  };
}

const tagsOfCalls = new WeakMap<Publication, ReadonlyMap<string, readonly string[]>>();

/** The tags under each name, which may be thousands. */
function tagsOf(call: Publication): ReadonlyMap<string, readonly string[]> {
  const known = tagsOfCalls.get(call);
  if (known) return known;
  const groups = Map.groupBy(
    call.tags.filter(({ tag }) => tag !== ''),
    ({ name }) => canonicalName(name),
  );
  const found = new Map([...groups].map(([name, some]) => [name, some.map(({ tag }) => tag)]));
  tagsOfCalls.set(call, found);
  return found;
}

function madeBy(
  { range, kind, copied }: Publication,
  { builds, guessed }: Artifact,
  to: string,
  { ids }: Known,
): readonly OverviewLink[] {
  const link = { kind: 'publishes' as const, to, at: range };
  if (builds.length === 0)
    return kind === 'image' && !copied
      ? [{ ...link, status: 'opaque', reason: 'no build of this image is found' }]
      : [];
  const status = guessed
    ? { status: 'partial' as const, reason: 'it is not known which of several builds it is' }
    : { status: 'resolved' as const };
  return builds.flatMap((build) => (ids.get(build) ?? []).map((from): OverviewLink => ({ ...link, from, ...status })));
}

function proofPiece({ call, calls }: OwnCalls, to: string, proofs: Map<string, string>, known: Known): Piece {
  const { attestations: link, range } = call;
  if (link.status === 'opaque')
    return { nodes: [], links: [{ kind: 'attests', to, status: 'opaque', reason: link.reason, at: range }] };
  const nodes: ProofNode[] = [];
  const links: OverviewLink[] = [];
  const lanes = calls.map((one) => laneOf(one.range, one.origin));
  for (const attestation of link.target) {
    const isSignature = attestation.kind === 'cosign-sign';
    const { range: at, signed } = attestation;
    const key = `${attestation.kind} ${laneOf(at, attestation.origin)} ${at.file.path}:${at.start}`;
    let from = proofs.get(key);
    if (from === undefined) {
      const node = proofNode(attestation, isSignature, known);
      nodes.push(node);
      proofs.set(key, (from = node.id));
      links.push(...inLanes(from, attestation.origin.callers.length > 0 ? lanes : [laneOf(at, attestation.origin)]));
    }
    const status =
      link.status === 'partial' && !signed
        ? { status: link.status, reason: link.reason }
        : { status: 'resolved' as const };
    links.push({ kind: isSignature ? 'signs' : 'attests', from, to, ...status, at });
  }
  return { nodes, links };
}

function proofNode(
  { kind: how, signed, range, origin }: Attestation,
  isSignature: boolean,
  { name }: Known,
): ProofNode {
  const kind = isSignature ? 'signature' : 'attestation';
  return { kind, id: name(kind, range, origin), label: proofLabels[how] ?? how, at: range, how, signed };
}

const proofLabels: Readonly<Record<string, string>> = {
  buildkit: 'unsigned BuildKit provenance',
  'actions-attest': 'actions/attest',
  'slsa-generator': 'the SLSA generator',
  'cosign-attest': 'cosign attest',
  'cosign-sign': 'cosign sign',
  registry: 'provenance of the package registry',
};
