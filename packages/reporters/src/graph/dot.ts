import { visible } from '../visible.ts';
import { cut } from '../words.ts';
import type { GraphData, GraphLink, GraphNode } from './data.ts';

const widest = 60;

/** The graph for Graphviz: a box for each lane, lanes from left to right. */
export function graphDot({ nodes, links }: GraphData): string {
  const lanes = Map.groupBy(
    links.filter(({ kind }) => kind === 'in'),
    ({ to }) => to ?? '',
  );
  const placed = new Set<string>();
  const clusters = nodes
    .filter(({ kind }) => kind === 'lane')
    .flatMap((lane, index) => {
      const members = (lanes.get(lane.id) ?? []).flatMap(({ from }) => from ?? []).filter((id) => !placed.has(id));
      for (const id of members) placed.add(id);
      return [
        `  subgraph cluster_${index} {`,
        `    label=${quoted(lane.label)};`,
        `    ${name(lane.id)} [label=${quoted(lane.label)}, shape=folder];`,
        ...members.map((id) => `    ${name(id)};`),
        '  }',
      ];
    });
  const own = nodes.filter(({ kind }) => kind !== 'lane').map((node) => `  ${name(node.id)} [${attributes(node)}];`);
  const edges = links.filter(({ kind }) => kind !== 'in').map((link, index) => edge(link, index));
  return [
    'digraph release {',
    '  rankdir=LR;',
    '  node [shape=box];',
    ...own,
    ...clusters,
    ...edges.flat(),
    '}',
    '',
  ].join('\n');
}

const shapes: Readonly<Partial<Record<GraphNode['kind'], string>>> = {
  context: 'tab',
  publication: 'box3d',
  digest: 'note',
  attestation: 'hexagon',
  signature: 'hexagon',
  verification: 'diamond',
  scan: 'diamond',
  deployment: 'component',
};

function attributes(node: GraphNode): string {
  const tags =
    node.kind === 'publication' && node.tags.length > 0
      ? `\n${node.tags
          .slice(0, 3)
          .map((tag) => `:${tag}`)
          .join(' ')}`
      : '';
  return `label=${quoted(`${node.label}${tags}`)}, shape=${shapes[node.kind] ?? 'box'}`;
}

/** What is not known is a point of its own. */
function edge({ kind, from, to, status, reason }: GraphLink, index: number): readonly string[] {
  const unknown = `unknown ${index}`;
  const style = status === 'resolved' ? '' : ', style=dashed';
  return [
    ...(from === undefined || to === undefined
      ? [`  ${name(unknown)} [label=${quoted(reason ?? 'not known')}, shape=plaintext];`]
      : []),
    `  ${name(from ?? unknown)} -> ${name(to ?? unknown)} [label=${quoted(kind)}${style}];`,
  ];
}

/** A label: of its own language only quotes and backslashes matter, and `\\n` starts a line. */
function quoted(text: string): string {
  const lines = text.split('\n').map((line) => cut(visible(line), widest).replace(/[\\"]/g, '\\$&'));
  return `"${lines.join('\\n')}"`;
}

/** The name of a node, whole, so that no two become one. */
function name(id: string): string {
  return `"${visible(id).replace(/[\\"]/g, '\\$&')}"`;
}
