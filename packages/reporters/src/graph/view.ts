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
  const forward = neighboursBy(data.links, nodes, 'from', 'to');
  const backward = neighboursBy(data.links, nodes, 'to', 'from');
  const unknown = Map.groupBy(
    data.links.filter(({ from }) => from === undefined),
    ({ to }) => to,
  );
  return {
    data,
    lanes: data.nodes.filter((node) => node.kind === 'lane'),
    node: (id) => nodes.get(id),
    members: ({ id }) => backward(id, ['in']).map(({ node }) => node),
    to: ({ id }, ...kinds) => forward(id, kinds),
    from: ({ id }, ...kinds) => backward(id, kinds),
    unknown: ({ id }) => unknown.get(id) ?? [],
  };
}

const none: readonly Neighbour[] = [];

/** What stands at the far end of links, by their near end and kind: a build may make thousands of artifacts. */
function neighboursBy(
  links: readonly GraphLink[],
  nodes: ReadonlyMap<string, GraphNode>,
  near: 'from' | 'to',
  far: 'from' | 'to',
): (id: string, kinds: readonly GraphLink['kind'][]) => readonly Neighbour[] {
  const found = new Map<string, Neighbour[]>();
  for (const link of links) {
    const node = nodes.get(link[far] ?? '');
    if (!node || link[near] === undefined) continue;
    const key = `${link.kind} ${link[near]}`;
    const some = found.get(key);
    if (some) some.push({ node, link });
    else found.set(key, [{ node, link }]);
  }
  return (id, kinds) => {
    const [only] = kinds;
    if (kinds.length === 1) return found.get(`${only ?? ''} ${id}`) ?? none;
    return kinds.flatMap((kind) => found.get(`${kind} ${id}`) ?? none);
  };
}

export function isPublication(node: GraphNode): node is Publication {
  return node.kind === 'publication';
}

/** What a lane publishes, by the step or command that does. */
export function groupsOf(view: GraphView, lane: Lane): readonly (readonly Publication[])[] {
  return [...Map.groupBy(view.members(lane).filter(isPublication), ({ group }) => group).values()];
}
