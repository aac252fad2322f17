import { formatCount, formatList } from '@plimsoll/core';
import type { GraphData, GraphLink, GraphNode } from './data.ts';
import { chooseNodes } from './mermaid-choice.ts';
import { proofBoxes } from './mermaid-proof.ts';
import { label, title } from './mermaid-text.ts';
import { graphView } from './view.ts';
import type { GraphView, Lane } from './view.ts';
import { tagsText } from './words.ts';

/** Names may be long, and a box has a title of its own. */
const settings = '%%{init: {"flowchart": {"wrappingWidth": 480, "subGraphTitleMargin": {"top": 2, "bottom": 10}}}}%%';

/**
 * The graph as a Mermaid flowchart, for a summary on GitHub: from contexts over builds to what is published, proven and
 * deployed, with a box for each lane.
 */
export function graphMermaid(data: GraphData): string {
  const view = graphView(data);
  const { nodes, links, left } = chooseNodes(view);
  const proofs = proofBoxes(nodes, links);
  const names = new Map([...nodes].map((node, index) => [node.id, `n${index}`]));
  const boxes = Map.groupBy(nodes, (node) => lanesOf(node, view)[0]);
  const lanes = view.lanes.filter((lane) => boxes.has(lane));
  const drawn = (node: GraphNode): readonly string[] => {
    const lines = proofs.labels.get(node.id) ?? (proofs.ids.has(node.id) ? [] : labelOf(node));
    return lines.length === 0 ? [] : [nodeText(node, names.get(node.id) ?? '', lines)];
  };
  const lines = [
    ...(boxes.get(undefined) ?? []).flatMap(drawn),
    ...lanes.flatMap((lane, index) => boxLines(lane, index, (boxes.get(lane) ?? []).flatMap(drawn))),
    ...new Set([...links].flatMap((link) => edge(link, names, proofs.ids))),
    ...otherLanes(nodes, view, lanes),
    ...(nodes.size === 0 ? [`none[${label('nothing here is known to publish an image or a package')}]`] : []),
    ...(left > 0
      ? [`more[${label(`${formatCount(left, 'artifact')} more have no room here`, 'plimsoll graph lists them')}]`]
      : []),
    'classDef outside stroke-dasharray: 5 4',
  ];
  return `${settings}\nflowchart LR\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function lanesOf(node: GraphNode, view: GraphView): readonly Lane[] {
  return view.to(node, 'in').flatMap(({ node: lane }) => (lane.kind === 'lane' ? [lane] : []));
}

function boxLines(lane: Lane, index: number, lines: readonly string[]): readonly string[] {
  return [
    `subgraph lane${index}[${title(titleOf(lane))}]`,
    '  direction LR',
    ...lines.map((line) => `  ${line}`),
    'end',
    ...(lane.inCi ? [] : [`class lane${index} outside`]),
  ];
}

function titleOf({ path, inCi, events, oidc, logins }: Lane): string {
  if (!inCi) return `${path}, outside of CI`;
  const facts = [
    formatList([...new Set(events.map(({ event }) => event))], 4),
    ...(oidc === 'yes' ? ['OIDC'] : []),
    ...(logins.some(({ form }) => form === 'static') ? ['stored keys'] : []),
  ].filter((text) => text !== '');
  const name = path.replace(/^\.github\/workflows\//, '');
  return facts.length === 0 ? name : `${name} (${facts.join('; ')})`;
}

/** A lane that publishes what another lane's box holds already. */
function otherLanes(nodes: ReadonlySet<GraphNode>, view: GraphView, boxes: readonly Lane[]): readonly string[] {
  const others = new Map<Lane, Set<number>>();
  for (const node of nodes) {
    const [home, ...rest] = node.kind === 'publication' ? lanesOf(node, view) : [];
    const box = home === undefined ? -1 : boxes.indexOf(home);
    for (const lane of rest) others.set(lane, (others.get(lane) ?? new Set()).add(box));
  }
  return [...others].flatMap(([lane, homes], index) => [
    `other${index}([${title(`also ${titleOf(lane)}`)}])`,
    ...[...homes].map((box) => `other${index} -.-> lane${box}`),
  ]);
}

const shapes: Readonly<Record<GraphNode['kind'], readonly [string, string]>> = {
  lane: ['([', '])'],
  build: ['[', ']'],
  context: ['[/', '/]'],
  publication: ['[[', ']]'],
  digest: ['[', ']'],
  attestation: ['{{', '}}'],
  signature: ['{{', '}}'],
  verification: ['{{', '}}'],
  scan: ['{{', '}}'],
  deployment: ['(', ')'],
};

function nodeText({ kind }: GraphNode, name: string, lines: readonly string[]): string {
  const [open, close] = shapes[kind];
  return `${name}${open}${label(...lines)}${close}`;
}

function labelOf(node: GraphNode): readonly string[] {
  switch (node.kind) {
    case 'publication':
      return [...(node.names.length > 0 ? node.names.slice(0, 3) : [node.label]), tagsText(node.tags.slice(0, 3))];
    case 'context': {
      const ignoreFile = node.ignoreFile ?? 'no ignore file';
      return [
        `context ${node.label}`,
        ...(node.files === undefined ? [] : [formatCount(node.files, 'file'), ignoreFile]),
      ];
    }
    case 'build':
      return [node.label, node.job === undefined ? '' : `job ${node.job}`];
    case 'deployment':
      return [
        `deployed by ${node.label}`,
        node.by === 'unknown' ? '' : `by ${node.by === 'none' ? 'no tag' : node.by}`,
        node.environment ?? '',
      ];
    default:
      return [node.label];
  }
}

/** All lead from left to right; what proves and deploys an artifact stands behind it. */
const turned: ReadonlySet<GraphLink['kind']> = new Set([
  'builds-from',
  'attests',
  'signs',
  'verifies',
  'scans',
  'deploys',
]);

function edge(
  { kind, from, to, status }: GraphLink,
  names: ReadonlyMap<string, string>,
  proofs: ReadonlyMap<string, string>,
): readonly string[] {
  const nameOf = (id = ''): string | undefined => names.get(proofs.get(id) ?? id);
  const [left, right] = turned.has(kind) ? [nameOf(to), nameOf(from)] : [nameOf(from), nameOf(to)];
  if (left === undefined || right === undefined || left === right) return [];
  return [`${left} ${status === 'resolved' ? '-->' : '-.->'} ${right}`];
}
