import type { Digest, DigestSource } from '../model.ts';
import { laneOf } from './ids.ts';
import type { DigestNode, OverviewLink } from './model.ts';
import { inLanes, named } from './parts.ts';
import type { Known, OverviewParts, Piece } from './parts.ts';

/** The digests of what is published and built; one that a registry is asked for belongs to none of them. */
export function digestPiece({ digests }: OverviewParts, known: Known): Piece {
  const nodes: DigestNode[] = [];
  const links: OverviewLink[] = [];
  for (const digest of digests) {
    const owners = ownersOf(digest, known);
    if (owners.length === 0) continue;
    const node = digestNode(digest, known);
    const { range, origin, fate } = digest;
    nodes.push(node);
    links.push(...inLanes(node.id, [laneOf(range, origin)]));
    for (const from of owners) {
      const link = { kind: 'has-digest' as const, from, to: node.id, at: range };
      links.push(
        fate.status === 'opaque'
          ? { ...link, status: 'partial', reason: `what becomes of the digest is not known: ${fate.reason}` }
          : { ...link, status: 'resolved' },
      );
    }
  }
  return { nodes, links };
}

/** The digest of an index is that of what is published; that of a platform is its build's. */
function ownersOf({ of, publication, builds, names }: Digest, known: Known): readonly string[] {
  if (publication && of !== 'platform') return named(publication, names, known);
  return builds.flatMap((build) => known.ids.get(build) ?? []);
}

function digestNode({ of, places, fate, range, origin, reads }: Digest, { name }: Known): DigestNode {
  return {
    kind: 'digest',
    id: name('digest', range, origin),
    label: places.map(describe)[0] ?? (fate.status === 'kept' ? fate.by.label : 'given out by nothing'),
    at: range,
    of,
    places: places.map(describe),
    fate: fate.status,
    ...(fate.status === 'kept' && { keptBy: { at: fate.by.at, label: fate.by.label } }),
    reads: reads.map(({ at, label }) => ({ at, label })),
  };
}

function describe(place: DigestSource): string {
  switch (place.kind) {
    case 'output':
      return place.step === undefined
        ? `output ${place.name} of a step without an id`
        : `steps.${place.step}.outputs.${place.name}`;
    case 'file':
      return `the file ${place.path}`;
    case 'stdout':
      return 'what the command prints';
  }
}
