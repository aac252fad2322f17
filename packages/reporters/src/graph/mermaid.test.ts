import { describe, expect, test } from 'vitest';
import { graphMermaid } from '../index.ts';
import { lane, laneWith, link, publication, signature } from './data.testing.ts';

describe('a flowchart', () => {
  test('leads from context over build to artifact and proof, with a box for the lane', () => {
    expect(graphMermaid(laneWith('api')).split('\n').slice(1)).toEqual([
      'flowchart LR',
      '  n2[/"context .<br/>1,200 files<br/>.dockerignore"/]',
      '  subgraph lane0["release.yml (push and workflow#95;dispatch#59; OIDC#59; stored keys)"]',
      '    direction LR',
      '    n0[["api<br/>#58;1.2.3 #58;latest"]]',
      '    n1["api/Dockerfile<br/>job image"]',
      '    n3{{"attested by actions/attest"}}',
      '  end',
      '  n1 --> n0',
      '  n2 --> n1',
      '  n0 --> n3',
      '  classDef outside stroke-dasharray: 5 4',
      '',
    ]);
  });

  test('shows several proofs of the same as one', () => {
    const data = laneWith('api');
    const links = [...data.links, link('in', signature, lane), link('signs', signature, publication('api'))];
    expect(graphMermaid({ ...data, nodes: [...data.nodes, signature], links })).toContain(
      '{{"attested by actions/attest<br/>signed by cosign sign"}}',
    );
  });

  test('says that there is nothing', () => {
    expect(graphMermaid({ nodes: [], links: [], unbuilt: [] })).toContain('nothing here is known to publish');
  });
});

test.each([
  'a"]; click n0 href "javascript:x"',
  '%%{init: {"securityLevel": "loose"}}%%',
  '<script>x</script>',
  'a\nend\nb',
  '`**b**`',
  '#quot;',
  '$$x$$',
  '1. a list',
])('the label %j is text alone', (name) => {
  const line =
    graphMermaid(laneWith(name))
      .split('\n')
      .find((one) => one.includes('[["')) ?? '';
  expect(line).toMatch(/^ {4}n0\[\["(?:[\p{L}\p{N} ./,()@-]|#\d+;|<br\/>)+"\]\]$/u);
  expect(line).not.toMatch(/\["\d+\./);
});

test('what has no room is counted', () => {
  const names = Array.from({ length: 400 }, (_, i) => `ghcr.io/acme/${'long'.repeat(20)}-${i}`);
  const text = graphMermaid(laneWith(...names));
  expect(text.length).toBeLessThan(50_000);
  expect(text).toMatch(/more\["\d+ artifacts more have no room here/);
});
