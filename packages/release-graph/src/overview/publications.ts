import { canonicalName } from '../publications/found.ts';
import type { Attestation, Build, Publication } from '../model.ts';
import { images } from '../values/image-names.ts';
import { laneOf } from './ids.ts';
import type { OverviewLink, OverviewNode, ProofNode, PublicationNode } from './model.ts';
import { inLanes } from './parts.ts';
import type { Known, OverviewParts, Piece } from './parts.ts';

/** What is published, each artifact a node, with what proves it. */
export function publicationPiece(parts: OverviewParts, known: Known): Piece {
  const { publications, ofCalls } = parts;
  const lanes = lanesOf(ofCalls);
  const nodes: OverviewNode[] = [];
  const links: OverviewLink[] = [];
  const proofs = new Map<Attestation, string>();
  for (const publication of publications) {
    const artifacts = artifactsOf(publication);
    const group = known.name('published', publication.range, publication.origin);
    const own = artifacts.map((artifact) => publicationNode(publication, artifact, group, known));
    known.ids.set(
      publication,
      own.map(({ id }) => id),
    );
    nodes.push(...own);
    for (const [index, { id }] of own.entries()) {
      const inThem = lanes.get(placeOf(publication)) ?? [laneOf(publication.range, publication.origin)];
      links.push(...inLanes(id, inThem), ...madeBy(publication, artifacts[index]?.builds ?? [], id, known));
    }
    const proof = proofPiece(publication, own, proofs, known);
    nodes.push(...proof.nodes);
    links.push(...proof.links);
  }
  return { nodes, links };
}

/** The lanes of each place that publishes. */
function lanesOf(ofCalls: readonly Publication[]): ReadonlyMap<string, readonly string[]> {
  const groups = Map.groupBy(ofCalls, placeOf);
  return new Map([...groups].map(([place, some]) => [place, some.map((one) => laneOf(one.range, one.origin))]));
}

function placeOf({ kind, range }: Publication): string {
  return `${kind} ${range.file.path}:${range.start}`;
}

interface Artifact {
  readonly names: readonly string[];
  readonly builds: readonly Build[];
}

/** The names that stand for the same builds are one artifact: a matrix of ten images is ten of them. */
function artifactsOf({ names, builds }: Publication): readonly Artifact[] {
  if (builds.length < 2 || names.length < 2) return [{ names, builds }];
  const named = new Map<string, Set<Build>>();
  for (const build of builds) {
    for (const { name } of build.tags.flatMap(images)) {
      const key = canonicalName(name);
      named.set(key, (named.get(key) ?? new Set()).add(build));
    }
  }
  const indexes = new Map(builds.map((build, index) => [build, index]));
  const ofName = (name: string): readonly Build[] => [...(named.get(canonicalName(name)) ?? builds)];
  const groups = Map.groupBy(names, (name) =>
    ofName(name)
      .map((build) => indexes.get(build))
      .join(),
  );
  return [...groups.values()].map((some) => ({ names: some, builds: ofName(some[0] ?? '') }));
}

function publicationNode(
  { kind, range, origin, tags, registry }: Publication,
  { names }: Artifact,
  group: string,
  { name }: Known,
): PublicationNode {
  const own = new Set(names.map(canonicalName));
  const ownTags = tags.flatMap((tag) => (own.has(canonicalName(tag.name)) ? [tag.tag] : []));
  const unnamed = kind === 'image' ? 'an image' : `${kind} packages`;
  return {
    kind: 'publication',
    id: name('publication', range, origin, names[0]),
    label: names.length > 0 ? names.join(', ') : `${unnamed}, names not known`,
    at: range,
    artifact: kind,
    names,
    tags: [...new Set(ownTags)],
    ...(origin.job && { job: origin.job.id }),
    ...(registry !== undefined && { registry }),
    group,
  };
}

function madeBy(
  { range, kind }: Publication,
  builds: readonly Build[],
  to: string,
  { ids }: Known,
): readonly OverviewLink[] {
  if (builds.length === 0)
    return kind === 'image'
      ? [{ kind: 'publishes', to, status: 'opaque', reason: 'no build of this image is found', at: range }]
      : [];
  return builds.flatMap((build) =>
    (ids.get(build) ?? []).map((from): OverviewLink => ({
      kind: 'publishes',
      from,
      to,
      status: 'resolved',
      at: range,
    })),
  );
}

function proofPiece(
  publication: Publication,
  artifacts: readonly PublicationNode[],
  proofs: Map<Attestation, string>,
  known: Known,
): Piece {
  const { attestations: link, range } = publication;
  if (link.status === 'opaque') {
    const unknown = { kind: 'attests' as const, status: 'opaque' as const, reason: link.reason, at: range };
    return { nodes: [], links: artifacts.map(({ id: to }) => ({ ...unknown, to })) };
  }
  const nodes: ProofNode[] = [];
  const links: OverviewLink[] = [];
  for (const attestation of link.target) {
    const isSignature = attestation.kind === 'cosign-sign';
    let from = proofs.get(attestation);
    if (from === undefined) {
      const node = proofNode(attestation, isSignature, known);
      nodes.push(node);
      proofs.set(attestation, (from = node.id));
      links.push(...inLanes(from, [laneOf(attestation.range, attestation.origin)]));
    }
    const status =
      link.status === 'partial' && !attestation.signed
        ? { status: link.status, reason: link.reason }
        : { status: 'resolved' as const };
    const kind = isSignature ? 'signs' : 'attests';
    for (const { id: to } of artifacts) links.push({ kind, from, to, ...status, at: attestation.range });
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
  buildkit: "BuildKit's provenance, unsigned",
  'actions-attest': 'actions/attest',
  'slsa-generator': 'the SLSA generator',
  'cosign-attest': 'cosign attest',
  'cosign-sign': 'cosign sign',
  registry: 'provenance of the package registry',
};
