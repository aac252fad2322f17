export { graphData } from './data.ts';
export type { GraphData, GraphLink, GraphNode, GraphPlace } from './data.ts';
export { graphDot } from './dot.ts';
export { graphJson } from './json.ts';
export { limitGraph } from './limit.ts';
export { graphMermaid } from './mermaid.ts';
export { graphText } from './text.ts';
export type { GraphTextOptions } from './words.ts';
