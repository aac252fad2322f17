import { expect, test } from 'vitest';
import { graphDot } from '../index.ts';
import { lane, laneWith, publication } from './data.testing.ts';

test('each node stands once, in the box of its lane, and each link is an edge', () => {
  const dot = graphDot(laneWith('api'));
  expect(dot).toMatch(/^digraph release \{\n {2}rankdir=LR;/);
  expect(dot).toContain('  "publication:api" [label="api\\n:1.2.3 :latest", shape=box3d];');
  expect(dot).toContain('    "publication:api";\n');
  expect(dot).toContain('  "build:api/Dockerfile" -> "publication:api" [label="publishes"];');
});

test('what is not known is a node of its own, at a dashed edge', () => {
  const unknown = { kind: 'publishes', to: 'publication:api', status: 'opaque', reason: 'no "build"' } as const;
  const dot = graphDot({ nodes: [lane, publication('api')], links: [unknown], unbuilt: [] });
  expect(dot).toContain('  "unknown 0" [label="no \\"build\\"", shape=plaintext];');
  expect(dot).toContain('  "unknown 0" -> "publication:api" [label="publishes", style=dashed];');
});

test('quotes, backslashes and line ends of names end no string', () => {
  const strings = /"(?:[^"\\]|\\.)*"/g;
  const dot = graphDot(laneWith('a"] ; evil [label="\\', 'b\\"\n}'));
  expect(dot.replace(strings, '')).not.toMatch(/["\\]|evil/);
});
