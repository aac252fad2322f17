import { formatCount, formatList } from '@plimsoll/core';
import type { GraphData, GraphLink, GraphNode } from './data.ts';
import { chooseNodes } from './mermaid-choice.ts';
import { label } from './mermaid-text.ts';
import { graphView } from './view.ts';
import type { GraphView, Lane } from './view.ts';
import { tagsText } from './words.ts';

/**
 * The graph as a Mermaid flowchart, for a summary on GitHub: from contexts over builds to what is published, proven and
 * deployed, with a box for each lane.
 */
export function graphMermaid(data: GraphData): string {
  const view = graphView(data);
  const { nodes, links, left } = chooseNodes(view);
  const names = new Map([...nodes].map((node, index) => [node.id, `n${index}`]));
  const boxes = Map.groupBy(nodes, (node) => lanesOf(node, view)[0]);
  const inNone = boxes.get(undefined) ?? [];
  const lanes = view.lanes.filter((lane) => boxes.has(lane));
  const lines = [
    ...inNone.map((node) => drawn(node, names)),
    ...lanes.flatMap((lane, index) => boxLines(lane, index, boxes.get(lane) ?? [], names)),
    ...[...links].flatMap((link) => edge(link, names)),
    ...otherLanes(nodes, view, names),
    ...(nodes.size === 0 ? [`none[${label('nothing here is known to publish an image or a package')}]`] : []),
    ...(left > 0
      ? [`more[${label(`${formatCount(left, 'artifact')} more have no room here`, 'plimsoll graph lists them')}]`]
      : []),
    'classDef outside stroke-dasharray: 5 4',
  ];
  return `flowchart LR\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function lanesOf(node: GraphNode, view: GraphView): readonly Lane[] {
  return view.to(node, 'in').flatMap(({ node: lane }) => (lane.kind === 'lane' ? [lane] : []));
}

function boxLines(
  lane: Lane,
  index: number,
  nodes: readonly GraphNode[],
  names: ReadonlyMap<string, string>,
): readonly string[] {
  return [
    `subgraph lane${index}[${label(lane.inCi ? lane.path : `${lane.path}, outside of CI`, identityOf(lane))}]`,
    ...nodes.map((node) => `  ${drawn(node, names)}`),
    'end',
    ...(lane.inCi ? [] : [`class lane${index} outside`]),
  ];
}

function identityOf({ events, oidc, logins }: Lane): string {
  const stored = logins.some(({ form }) => form === 'static');
  return [
    formatList([...new Set(events.map(({ event }) => event))], 4),
    ...(oidc === 'yes' ? ['OIDC'] : []),
    ...(stored ? ['stored keys'] : []),
  ]
    .filter((text) => text !== '')
    .join(', ');
}

/** A lane that publishes what another lane's box holds already. */
function otherLanes(
  nodes: ReadonlySet<GraphNode>,
  view: GraphView,
  names: ReadonlyMap<string, string>,
): readonly string[] {
  const others = [...nodes]
    .filter(({ kind }) => kind === 'publication')
    .flatMap((node) =>
      lanesOf(node, view)
        .slice(1)
        .map((lane) => ({ node, lane })),
    );
  return [...Map.groupBy(others, ({ lane }) => lane)].flatMap(([lane, some], index) => [
    `other${index}([${label(lane.path, identityOf(lane))}])`,
    ...some.map(({ node }) => `other${index} -. ${label('publishes as well')} .-> ${names.get(node.id) ?? ''}`),
  ]);
}

const shapes: Readonly<Record<GraphNode['kind'], readonly [string, string]>> = {
  lane: ['([', '])'],
  build: ['[', ']'],
  context: ['[/', '/]'],
  publication: ['[[', ']]'],
  digest: ['>', ']'],
  attestation: ['{{', '}}'],
  signature: ['{{', '}}'],
  verification: ['{{', '}}'],
  scan: ['{{', '}}'],
  deployment: ['(', ')'],
};

function drawn(node: GraphNode, names: ReadonlyMap<string, string>): string {
  const [open, close] = shapes[node.kind];
  return `${names.get(node.id) ?? ''}${open}${labelOf(node)}${close}`;
}

function labelOf(node: GraphNode): string {
  switch (node.kind) {
    case 'publication':
      return label(...(node.names.length > 0 ? node.names.slice(0, 3) : [node.label]), tagsText(node.tags.slice(0, 3)));
    case 'context':
      return label(`context ${node.label}`, node.files === undefined ? '' : formatCount(node.files, 'file'));
    case 'build':
      return label(node.label, node.job === undefined ? '' : `job ${node.job}`);
    case 'deployment':
      return label(node.label, node.environment ?? '');
    default:
      return label(node.label);
  }
}

/** Words for the links that are drawn the other way round, so that all lead from left to right. */
const passive: Readonly<Partial<Record<GraphLink['kind'], string>>> = {
  attests: 'attested by',
  signs: 'signed by',
  verifies: 'verified by',
  scans: 'scanned by',
  deploys: 'deployed by',
};

function edge({ kind, from, to, status }: GraphLink, names: ReadonlyMap<string, string>): readonly string[] {
  const word = passive[kind];
  const [left, right] =
    kind === 'builds-from' || word !== undefined
      ? [names.get(to ?? ''), names.get(from ?? '')]
      : [names.get(from ?? ''), names.get(to ?? '')];
  if (left === undefined || right === undefined) return [];
  const weak = status !== 'resolved';
  if (word === undefined) return [`${left} ${weak ? '-.->' : '-->'} ${right}`];
  return [weak ? `${left} -. ${label(word)} .-> ${right}` : `${left} -- ${label(word)} --> ${right}`];
}
