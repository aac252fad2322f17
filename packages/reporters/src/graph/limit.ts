import type { GraphData, GraphNode } from './data.ts';

/**
 * The part of a graph that has to do with some files: what stands in them, and what is built from them; with all that is
 * linked to it.
 */
export function limitGraph({ nodes, links, unbuilt }: GraphData, includes: (path: string) => boolean): GraphData {
  const wanted = new Set(nodes.filter((node) => isWanted(node, includes)).map(({ id }) => id));
  const spread = (kinds: ReadonlySet<string>, ends: 'from' | 'to'): void => {
    for (const link of links) {
      const [near, far] = ends === 'from' ? [link.from, link.to] : [link.to, link.from];
      if (kinds.has(link.kind) && near !== undefined && far !== undefined && wanted.has(near)) wanted.add(far);
    }
  };
  // From a lane to all that runs in it, from a build to what it makes, from that to its proof, and at last to lanes.
  spread(new Set(['in']), 'to');
  spread(new Set(['publishes', 'builds-from']), 'from');
  spread(new Set(['publishes', 'attests', 'signs', 'verifies', 'scans', 'deploys']), 'to');
  spread(new Set(['has-digest', 'builds-from']), 'from');
  spread(new Set(['in']), 'from');
  return {
    nodes: nodes.filter(({ id }) => wanted.has(id)),
    links: links.filter(({ from, to }) => isKept(from, wanted) && isKept(to, wanted)),
    unbuilt: unbuilt.filter((path) => includes(path)),
  };
}

function isKept(id: string | undefined, wanted: ReadonlySet<string>): boolean {
  return id === undefined || wanted.has(id);
}

function isWanted(node: GraphNode, includes: (path: string) => boolean): boolean {
  if (node.kind === 'lane') return includes(node.path);
  if (node.kind === 'build' && node.dockerfile !== undefined && includes(node.dockerfile)) return true;
  return node.place !== undefined && includes(node.place.path);
}
