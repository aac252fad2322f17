import type { GraphData, GraphLink, GraphNode } from './data.ts';

export type NodeOfKind<K extends GraphNode['kind']> = Extract<GraphNode, { readonly kind: K }>;
export type Lane = NodeOfKind<'lane'>;
export type Publication = NodeOfKind<'publication'>;
export type Build = NodeOfKind<'build'>;
export type Proof = Extract<GraphNode, { readonly kind: 'attestation' | 'signature' }>;

/** A link with the node at its other end. */
export interface Neighbour<N extends GraphNode = GraphNode> {
  readonly node: N;
  readonly link: GraphLink;
}

/** The data, to be asked from node to node. */
export interface GraphView {
  readonly data: GraphData;
  readonly lanes: readonly Lane[];
  node(id: string): GraphNode | undefined;
  /** What runs in a lane, in the order of the text. */
  members(lane: Lane): readonly GraphNode[];
  /** The nodes that links of a kind lead to from here. */
  to(from: GraphNode, ...kinds: readonly GraphLink['kind'][]): readonly Neighbour[];
  /** The nodes from which links of a kind lead here. */
  from(to: GraphNode, ...kinds: readonly GraphLink['kind'][]): readonly Neighbour[];
  /** Links that lead here from what is not known. */
  unknown(to: GraphNode): readonly GraphLink[];
}

export function graphView(data: GraphData): GraphView {
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const starting = Map.groupBy(data.links, ({ from }) => from);
  const ending = Map.groupBy(data.links, ({ to }) => to);
  const neighbours = (
    links: readonly GraphLink[] = [],
    end: 'from' | 'to',
    kinds: readonly GraphLink['kind'][],
  ): readonly Neighbour[] =>
    links.flatMap((link) => {
      const node = kinds.includes(link.kind) ? nodes.get(link[end] ?? '') : undefined;
      return node ? [{ node, link }] : [];
    });
  return {
    data,
    lanes: data.nodes.filter((node) => node.kind === 'lane'),
    node: (id) => nodes.get(id),
    members: ({ id }) => neighbours(ending.get(id), 'from', ['in']).map(({ node }) => node),
    to: ({ id }, ...kinds) => neighbours(starting.get(id), 'to', kinds),
    from: ({ id }, ...kinds) => neighbours(ending.get(id), 'from', kinds),
    unknown: ({ id }) => (ending.get(id) ?? []).filter(({ from }) => from === undefined),
  };
}

export function isPublication(node: GraphNode): node is Publication {
  return node.kind === 'publication';
}

/** What a lane publishes, by the step or command that does. */
export function groupsOf(view: GraphView, lane: Lane): readonly (readonly Publication[])[] {
  return [...Map.groupBy(view.members(lane).filter(isPublication), ({ group }) => group).values()];
}
