import { buildPiece } from './builds.ts';
import { digestPiece } from './digests.ts';
import { deploymentPiece } from './deployments.ts';
import { instancesOf } from './events.ts';
import { nodeNames } from './ids.ts';
import { lanePiece } from './lanes.ts';
import type { Overview } from './model.ts';
import { merged } from './parts.ts';
import type { Known, OverviewParts } from './parts.ts';
import { publicationPiece } from './publications.ts';

/** The graph as nodes and links, to be shown. */
export function overviewOf(parts: OverviewParts): Overview {
  const known: Known = { name: nodeNames(), ids: new Map(), names: new Map(), instances: instancesOf(parts) };
  const builds = buildPiece(parts.builds, known);
  const publications = publicationPiece(parts, known);
  const others = merged([builds, publications, digestPiece(parts, known), deploymentPiece(parts, known)]);
  const used = new Set(
    others.links.flatMap(({ kind, to }) => (kind === 'in' && to !== undefined ? [to.slice('lane:'.length)] : [])),
  );
  const { nodes, links } = merged([lanePiece(parts, used, known), others]);
  const unbuilt = parts.builds.flatMap(({ build: { how, dockerfile } }) =>
    how === 'assumed' && dockerfile.status !== 'opaque' ? [dockerfile.target.file.path] : [],
  );
  return { nodes, links, unbuilt: unbuilt.sort() };
}
