import { canonicalName } from '../publications/found.ts';
import type { Attestation, Publication } from '../model.ts';
import { artifactsOf } from './artifacts.ts';
import type { Artifact } from './artifacts.ts';
import { eventsOf, foundOf } from './events.ts';
import { laneOf } from './ids.ts';
import type { OverviewLink, OverviewNode, ProofNode, PublicationNode } from './model.ts';
import { inLanes } from './parts.ts';
import type { Known, OverviewParts, Piece } from './parts.ts';

/** What is published, each artifact a node, with what proves it. */
export function publicationPiece(parts: OverviewParts, known: Known): Piece {
  const calls = Map.groupBy(parts.ofCalls, placeOf);
  const found = foundOf(parts.builds);
  const nodes: OverviewNode[] = [];
  const links: OverviewLink[] = [];
  const proofs = new Map<Attestation, string>();
  for (const publication of parts.publications) {
    const own = calls.get(placeOf(publication)) ?? [publication];
    const events = eventsOf(own, known.instances, found);
    const artifacts = artifactsOf(publication);
    const group = known.name('published', publication.range, publication.origin);
    const made = artifacts.map((artifact) => publicationNode(publication, artifact, { group, events }, known));
    known.ids.set(
      publication,
      made.map(({ id }) => id),
    );
    nodes.push(...made);
    const lanes = own.map(({ range, origin }) => laneOf(range, origin));
    for (const [index, { id }] of made.entries())
      links.push(...inLanes(id, lanes), ...madeBy(publication, artifacts[index], id, known));
    const proof = proofPiece(publication, made, proofs, known);
    nodes.push(...proof.nodes);
    links.push(...proof.links);
  }
  return { nodes, links };
}

function placeOf({ kind, range }: Publication): string {
  return `${kind} ${range.file.path}:${range.start}`;
}

function publicationNode(
  { kind, range, origin, tags, registry, copied }: Publication,
  { names }: Artifact,
  { group, events }: { readonly group: string; readonly events: readonly string[] | undefined },
  { name }: Known,
): PublicationNode {
  const own = new Set(names.map(canonicalName));
  const ownTags = tags.flatMap((tag) => (own.has(canonicalName(tag.name)) && tag.tag !== '' ? [tag.tag] : []));
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
    ...(events && { events }),
    ...(copied && { copied }),
    group,
  };
}

function madeBy(
  { range, kind, copied }: Publication,
  artifact: Artifact | undefined,
  to: string,
  { ids }: Known,
): readonly OverviewLink[] {
  const { builds = [], guessed = false } = artifact ?? {};
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
  buildkit: 'unsigned BuildKit provenance',
  'actions-attest': 'actions/attest',
  'slsa-generator': 'the SLSA generator',
  'cosign-attest': 'cosign attest',
  'cosign-sign': 'cosign sign',
  registry: 'provenance of the package registry',
};
