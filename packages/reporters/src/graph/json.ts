import { escapeActing } from '../visible.ts';
import type { GraphData } from './data.ts';

/** The graph as JSON, a line for each node and link. It is a public interface: `schema/graph.schema.json`. */
export function graphJson({ nodes, links, unbuilt }: GraphData): string {
  const parts = { nodes, links, unbuilt };
  const lists = Object.entries(parts).map(([name, list]) => `  "${name}": ${listText(list)}`);
  return `${escapeActing(`{\n  "version": 1,\n${lists.join(',\n')}\n}`)}\n`;
}

function listText(list: readonly unknown[]): string {
  return list.length === 0 ? '[]' : `[\n${list.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
}
