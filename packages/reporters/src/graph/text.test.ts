import { describe, expect, test } from 'vitest';
import { graphText } from '../index.ts';
import { build, context, lane, laneWith, link, publication, signature } from './data.testing.ts';

describe('a lane', () => {
  const text = graphText(laneWith('api'));

  test('says how it starts, who it is, and what it publishes from what with which proof', () => {
    expect(text).toBe(`1 workflow releases 1 image.

.github/workflows/release.yml, "Release"
  on        push (tags v*); workflow_dispatch
  identity  OIDC; its token may write packages; environment production
  keys      secrets.NPM_TOKEN for npm
  image api :1.2.3 :latest
      from api/Dockerfile in . (1,200 files); job image, line 12
      proof actions/attest (line 20)
`);
  });

  test('ten images take one screen', () => {
    const names = Array.from({ length: 10 }, (_, i) => `ghcr.io/acme/service-${i}`);
    const lines = graphText(laneWith(...names)).split('\n');
    expect(lines.length).toBeLessThan(50);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
  });

  test('what one step publishes shares its lines', () => {
    const [one, two] = [publication('one', { group: 'g' }), publication('two', { group: 'g' })];
    const data = { nodes: [lane, one, two], links: [link('in', one, lane), link('in', two, lane)], unbuilt: [] };
    expect(graphText(data)).toContain(
      '  2 images :1.2.3 :latest; job image, line 12\n      one\n      two\n      no proof\n',
    );
  });

  test('a second lane that publishes the same says so in a line', () => {
    const data = laneWith('api');
    const nightly = { ...lane, id: 'lane:n', path: 'n.yml', label: 'n.yml' } as const;
    const links = [...data.links, link('in', publication('api'), nightly)];
    expect(graphText({ ...data, nodes: [...data.nodes, nightly], links })).toContain(
      '  also publishes, as said above: api\n',
    );
  });
});

test('of thousands in one lane the first are shown', () => {
  const text = graphText(laneWith(...Array.from({ length: 3000 }, (_, i) => `x${i}`)));
  expect(text).toContain('  and 2,900 artifacts more: --format json lists all of them\n');
});

test('what no workflow publishes comes last, and proves nothing', () => {
  const script = {
    ...lane,
    id: 'lane:Makefile',
    label: 'Makefile',
    path: 'Makefile',
    inCi: false,
    events: [],
  } as const;
  const tool = publication('tool', { place: { path: 'Makefile', line: 2, column: 1 } });
  const unknown = { kind: 'attests', to: tool.id, status: 'opaque', reason: 'a script publishes it' } as const;
  const data = { nodes: [script, tool], links: [link('in', tool, script), unknown], unbuilt: [] };
  const text = graphText(data);
  expect(text).toContain('1 image can be published outside of CI.\n\nMakefile, outside of CI\n  image tool');
  expect(text).not.toContain('proof');
  expect(text).toContain('Not known: 1 of 2 links, all of them of what is not published in CI\n');
});

test('what is not known is counted by its reason, with places', () => {
  const data = laneWith('api', 'web');
  const unknown = (line: number) =>
    ({
      kind: 'has-digest',
      from: 'publication:api',
      status: 'opaque',
      reason: 'nobody knows',
      place: { path: 'a.yml', line, column: 1 },
    }) as const;
  const text = graphText({ ...data, links: [...data.links, ...[1, 2, 3, 4, 5].map(unknown)] });
  expect(text).toContain('Not known: 5 of 16 links\n  nobody knows: a.yml:1, a.yml:2, a.yml:3 and 2 more\n');
});

test('what is built alone, and what nothing builds, is told in a line each', () => {
  const data = {
    nodes: [lane, build('x'), context],
    links: [link('in', build('x'), lane)],
    unbuilt: ['dev/Dockerfile'],
  };
  expect(graphText(data, { pathPrefix: 'sub/' }))
    .toBe(`No release is found: nothing here is known to publish an image or a package.

Built and not published: 1 in workflows
Built by nothing that is found: sub/dev/Dockerfile
`);
});

test('hostile names act on no terminal and start no line', () => {
  const hostile = 'evil\u001B[2J\u202E\n::error::x\n##[group]';
  const data = laneWith(hostile);
  const text = graphText({ ...data, nodes: [...data.nodes, signature], unbuilt: [hostile] });
  for (const character of ['\u001B', '\u202E']) expect(text).not.toContain(character);
  expect(text).not.toMatch(/^::|##\[/m);
});
