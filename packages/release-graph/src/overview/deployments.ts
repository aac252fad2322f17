import type { DeployedImage, Deployment, Scan, Subject, Verification } from '../model.ts';
import { canonicalName } from '../publications/found.ts';
import { laneOf } from './ids.ts';
import type { DeploymentNode, OverviewLink, OverviewLinkKind, OverviewNode } from './model.ts';
import { inLanes, named } from './parts.ts';
import type { Known, OverviewParts, Piece } from './parts.ts';

/** What is verified, scanned and deployed, linked to what is published. */
export function deploymentPiece({ verifications, scans, deployments }: OverviewParts, known: Known): Piece {
  const byName = publicationsByName(known);
  const nodes: OverviewNode[] = [];
  const links: OverviewLink[] = [];
  const add = (
    one: Verification | Scan | Deployment,
    node: OverviewNode,
    kind: OverviewLinkKind,
    subjects: readonly Subject[],
  ): void => {
    nodes.push(node);
    known.ids.set(one, [node.id]);
    links.push(
      ...inLanes(node.id, [laneOf(one.range, one.origin)]),
      ...subjectLinks(node.id, kind, subjects, byName, known),
    );
  };
  for (const one of verifications)
    add(one, verificationNode(one, known), 'verifies', one.of === 'image' ? one.subjects : []);
  for (const one of scans) {
    const id = known.name('scan', one.range, one.origin);
    add(one, { kind: 'scan', id, label: one.how, at: one.range }, 'scans', one.of === 'image' ? one.subjects : []);
  }
  for (const one of deployments) {
    const node = deploymentNode(one, known);
    add(one, node, 'deploys', one.images);
    links.push(...gateLinks(one, node.id, known));
  }
  return { nodes, links };
}

function verificationNode({ how, range, origin, laxities, swallowed }: Verification, { name }: Known): OverviewNode {
  const lax = [...new Set(laxities.map(({ kind }) => kind)), ...(swallowed ? ['its failure is swallowed'] : [])];
  return { kind: 'verification', id: name('verification', range, origin), label: how, at: range, lax };
}

function deploymentNode(
  { how, platform, range, origin, images, environment }: Deployment,
  { name }: Known,
): DeploymentNode {
  const ways = new Set(images.map(({ by }) => by));
  const by = (['none', 'tag', 'unknown', 'digest'] as const).find((way) => ways.has(way)) ?? 'unknown';
  return {
    kind: 'deployment',
    id: name('deployment', range, origin),
    label: how,
    at: range,
    platform,
    ...(environment && { environment: environment.written }),
    by,
  };
}

function publicationsByName({ names }: Known): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [id, own] of names) {
    for (const name of own) {
      const some = found.get(name);
      if (some) some.push(id);
      else found.set(name, [id]);
    }
  }
  return found;
}

function subjectLinks(
  from: string,
  kind: OverviewLinkKind,
  subjects: readonly (Subject & Pick<Partial<DeployedImage>, 'publication'>)[],
  byName: ReadonlyMap<string, readonly string[]>,
  known: Known,
): readonly OverviewLink[] {
  const links = subjects.flatMap(({ publication, name, value, range: at }): readonly OverviewLink[] => {
    const own = publication && named(publication, name === undefined ? [] : [name], known);
    const found = own ?? (name === undefined ? [] : (byName.get(canonicalName(name)) ?? []));
    if (found.length > 0) return found.map((to) => ({ kind, from, to, status: 'resolved', at }));
    // The image of somebody else is known, though it is not one of ours.
    if (name !== undefined && value.complete) return [];
    const reason = value.complete
      ? 'it names no image'
      : `which image it is, is not known before the run: ${value.written}`;
    return [{ kind, from, status: 'opaque', reason, at }];
  });
  return [...new Map(links.map((link) => [`${link.to ?? ''}\0${link.reason ?? ''}`, link])).values()];
}

function gateLinks({ gates, range }: Deployment, to: string, { ids }: Known): readonly OverviewLink[] {
  const link = { kind: 'gates' as const, to, at: range };
  if (gates.status === 'opaque') return [{ ...link, status: 'opaque', reason: gates.reason }];
  const status = gates.status === 'partial' ? { status: gates.status, reason: gates.reason } : { status: gates.status };
  return gates.target.flatMap((gate) =>
    (ids.get(gate) ?? []).map((from): OverviewLink => ({ ...link, from, ...status })),
  );
}
