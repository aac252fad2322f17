import type { GraphLink, GraphNode } from './data.ts';
import { groupsOf } from './view.ts';
import type { GraphView, Neighbour, Publication } from './view.ts';

/** What of a graph is drawn. */
export interface Choice {
  readonly nodes: ReadonlySet<GraphNode>;
  readonly links: ReadonlySet<GraphLink>;
  /** Artifacts that have no room. */
  readonly left: number;
}

/** Mermaid draws 500 edges by default, and nobody reads that many. */
const mostNodes = 200;
const mostLinks = 300;

/** What is published, with all that leads to it and from it; step by step, as long as there is room. */
export function chooseNodes(view: GraphView): Choice {
  const nodes = new Set<GraphNode>();
  const links = new Set<GraphLink>();
  let left = 0;
  for (const group of view.lanes.flatMap((lane) => groupsOf(view, lane))) {
    const all = group.flatMap((publication) => around(publication, view));
    const newNodes = new Set([...group, ...all.map(({ node }) => node)].filter((node) => !nodes.has(node)));
    const newLinks = new Set(all.flatMap(({ link }) => (links.has(link) ? [] : link)));
    if (nodes.size + newNodes.size > mostNodes || links.size + newLinks.size > mostLinks) {
      left += group.filter((publication) => !nodes.has(publication)).length;
      continue;
    }
    for (const node of newNodes) nodes.add(node);
    for (const link of newLinks) links.add(link);
  }
  for (const { node, link } of view.lanes
    .flatMap((lane) => view.members(lane))
    .flatMap((node) => view.to(node, 'deploys', 'verifies'))) {
    if (nodes.has(node)) links.add(link);
  }
  return { nodes, links, left };
}

function around(publication: Publication, view: GraphView): readonly Neighbour[] {
  const builds = view.from(publication, 'publishes');
  return [
    ...builds,
    ...builds.flatMap(({ node }) => view.to(node, 'builds-from')),
    ...view.to(publication, 'has-digest').filter(({ node }) => isKept(node)),
    ...view.from(publication, 'attests', 'signs', 'verifies', 'scans', 'deploys'),
  ];
}

function isKept(node: GraphNode): boolean {
  return node.kind === 'digest' && node.fate === 'kept' && node.places.length > 0;
}
