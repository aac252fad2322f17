import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';
import type { Overview, OverviewLink, OverviewNode } from '../index.ts';

const LANE = '.github/workflows/release.yml';

function overviewOf(files: Readonly<Record<string, string>>): Overview {
  return buildGraph(documentsOf(files)).overview;
}

/** `from -kind-> to`, by labels; with the reason where there is one. */
function linksOf({ nodes, links }: Overview, ...kinds: readonly OverviewLink['kind'][]): readonly string[] {
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  const end = (id: string | undefined): string => (id === undefined ? '?' : (labels.get(id) ?? 'MISSING'));
  return links
    .filter(({ kind }) => kinds.includes(kind))
    .map(
      ({ kind, from, to, reason }) => `${end(from)} -${kind}-> ${end(to)}${reason === undefined ? '' : `: ${reason}`}`,
    );
}

function nodesOf<K extends OverviewNode['kind']>(
  { nodes }: Overview,
  kind: K,
): readonly Extract<OverviewNode, { kind: K }>[] {
  return nodes.filter((node): node is Extract<OverviewNode, { kind: K }> => node.kind === kind);
}

const MATRIX = `on:
  push: { branches: [main], tags: ['v*'] }
  pull_request:
permissions: { contents: read }
jobs:
  images:
    runs-on: ubuntu-latest
    permissions: { packages: write, id-token: write }
    environment: production
    strategy: { matrix: { app: [api, web] } }
    steps:
      - uses: docker/login-action@v4
        with: { username: acme, password: '\${{ secrets.HUB }}' }
      - id: push
        uses: docker/build-push-action@v7
        with:
          context: .
          file: apps/\${{ matrix.app }}/Dockerfile
          push: \${{ github.event_name == 'push' }}
          tags: |
            ghcr.io/acme/\${{ matrix.app }}:\${{ github.sha }}
            docker.io/acme/\${{ matrix.app }}:latest
      - uses: actions/attest@v4
        with:
          subject-name: ghcr.io/acme/\${{ matrix.app }}
          subject-digest: \${{ steps.push.outputs.digest }}
`;
const IMAGES = {
  [LANE]: MATRIX,
  'apps/api/Dockerfile': 'FROM scratch\nCOPY . /\n',
  'apps/web/Dockerfile': 'FROM scratch\nCOPY . /\n',
};

describe('a matrix that builds two images', () => {
  const overview = overviewOf(IMAGES);

  test('publishes two artifacts, each under its names and from its own build', () => {
    expect(nodesOf(overview, 'publication')).toMatchObject([
      { names: ['ghcr.io/acme/api', 'docker.io/acme/api'], tags: ['${{ github.sha }}', 'latest'], job: 'images' },
      { names: ['ghcr.io/acme/web', 'docker.io/acme/web'] },
    ]);
    expect(linksOf(overview, 'publishes')).toEqual([
      'apps/api/Dockerfile -publishes-> ghcr.io/acme/api, docker.io/acme/api',
      'apps/web/Dockerfile -publishes-> ghcr.io/acme/web, docker.io/acme/web',
    ]);
  });

  test('says on which events of its lane', () => {
    const [first] = nodesOf(overview, 'publication');
    expect(first?.events).toEqual(['push']);
  });

  test('shares context and proof', () => {
    expect(linksOf(overview, 'builds-from')).toEqual([
      'apps/api/Dockerfile -builds-from-> .',
      'apps/web/Dockerfile -builds-from-> .',
    ]);
    expect(nodesOf(overview, 'context')).toMatchObject([{ contextKind: 'local', files: 3 }]);
    expect(linksOf(overview, 'attests')).toContain('actions/attest -attests-> ghcr.io/acme/web, docker.io/acme/web');
    expect(linksOf(overview, 'has-digest')).toContain(
      'ghcr.io/acme/api, docker.io/acme/api -has-digest-> steps.push.outputs.digest',
    );
  });

  test('the lane tells its events and its identity', () => {
    expect(nodesOf(overview, 'lane')).toMatchObject([
      {
        path: LANE,
        inCi: true,
        events: [{ event: 'push', branches: ['main'], tags: ['v*'] }, { event: 'pull_request' }],
        oidc: 'yes',
        writes: ['packages'],
        logins: [{ provider: 'Docker Hub', form: 'static', secrets: ['secrets.HUB'] }],
        environments: ['production'],
      },
    ]);
  });
});

test('ids stay when lines and other jobs come before', () => {
  const ids = ({ nodes }: Overview): readonly string[] => nodes.map(({ id }) => id);
  const other = '  lint:\n    runs-on: ubuntu-latest\n    steps: [{ run: echo }]\n';
  const changed = MATRIX.replace('jobs:\n', `# a comment\njobs:\n${other}`);
  expect(ids(overviewOf({ ...IMAGES, [LANE]: changed }))).toEqual(ids(overviewOf(IMAGES)));
});

test('a reusable workflow publishes in each lane that calls it', () => {
  const reusable =
    'on: workflow_call\njobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n      - run: docker build -t ghcr.io/acme/api:1 . && docker push ghcr.io/acme/api:1\n';
  const caller = (event: string): string => `on: ${event}\njobs:\n  call:\n    uses: ./.github/workflows/_image.yml\n`;
  const overview = overviewOf({
    Dockerfile: 'FROM scratch\n',
    '.github/workflows/_image.yml': reusable,
    '.github/workflows/nightly.yml': caller('schedule'),
    [LANE]: caller('push'),
  });
  expect(linksOf(overview, 'in').filter((link) => link.startsWith('ghcr.io'))).toEqual([
    'ghcr.io/acme/api -in-> .github/workflows/nightly.yml',
    `ghcr.io/acme/api -in-> ${LANE}`,
  ]);
});

test('of a composite action that two lanes call, each publishes its own, with a proof of its own', () => {
  const action =
    "inputs: { app: { required: true } }\nruns:\n  using: composite\n  steps:\n    - { id: push, uses: docker/build-push-action@v7, with: { context: '${{ inputs.app }}', push: true, tags: 'acme/${{ inputs.app }}:1' } }\n    - { uses: actions/attest@v4, with: { subject-name: 'acme/${{ inputs.app }}', subject-digest: '${{ steps.push.outputs.digest }}' } }\n";
  const caller = (app: string): string =>
    `on: push\njobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n      - { uses: ./image, with: { app: ${app} } }\n`;
  const overview = overviewOf({
    'image/action.yml': action,
    'one/Dockerfile': 'FROM scratch\n',
    'two/Dockerfile': 'FROM scratch\n',
    '.github/workflows/one.yml': caller('one'),
    '.github/workflows/two.yml': caller('two'),
  });
  expect(linksOf(overview, 'in', 'attests').filter((link) => /acme|attest /.test(link))).toEqual([
    'acme/one -in-> .github/workflows/one.yml',
    'acme/two -in-> .github/workflows/two.yml',
    'actions/attest -in-> .github/workflows/one.yml',
    'actions/attest -attests-> acme/one',
    'unsigned BuildKit provenance -attests-> acme/one',
    'actions/attest -in-> .github/workflows/two.yml',
    'actions/attest -attests-> acme/two',
    'unsigned BuildKit provenance -attests-> acme/two',
  ]);
  expect(linksOf(overview, 'has-digest')).toEqual([
    'acme/one -has-digest-> steps.push.outputs.digest',
    'acme/two -has-digest-> steps.push.outputs.digest',
  ]);
});

test('what a script publishes that no workflow calls is outside of CI', () => {
  const overview = overviewOf({
    Dockerfile: 'FROM scratch\n',
    Makefile: 'release:\n\tdocker build -t acme/tool:1 .\n\tdocker push acme/tool:1\n',
  });
  expect(nodesOf(overview, 'lane')).toMatchObject([{ path: 'Makefile', inCi: false, events: [], oidc: 'no' }]);
  expect(linksOf(overview, 'publishes')).toEqual(['Dockerfile -publishes-> acme/tool']);
});

describe('what is not known', () => {
  test('is a link with one end and a reason', () => {
    const workflow = MATRIX.replace('context: .', 'context: ${{ vars.CONTEXT }}').replace(
      /file: .*/,
      'file: Dockerfile',
    );
    const overview = overviewOf({ [LANE]: workflow });
    const opaque = overview.links.filter(({ status }) => status === 'opaque');
    expect(opaque).not.toHaveLength(0);
    for (const { from, to, reason, at } of opaque) {
      expect([from, to].filter((id) => id === undefined)).toHaveLength(1);
      expect([typeof reason, at?.file.path]).toEqual(['string', LANE]);
    }
  });

  test('a workflow of another repository is one of them', () => {
    const overview = overviewOf({
      [LANE]: 'on: push\njobs:\n  call:\n    uses: acme/ci/.github/workflows/image.yml@v1\n',
    });
    expect(overview.links).toMatchObject([
      { kind: 'calls', from: `lane:${LANE}`, name: 'acme/ci/.github/workflows/image.yml@v1', status: 'opaque' },
    ]);
  });

  test('a circle of calls is one of them', () => {
    const call = (name: string): string =>
      `on: [push, workflow_call]\njobs:\n  call:\n    uses: ./.github/workflows/${name}.yml\n`;
    const overview = overviewOf({ '.github/workflows/a.yml': call('b'), '.github/workflows/b.yml': call('a') });
    expect(new Set(overview.links.map(({ kind, reason }) => `${kind}: ${reason ?? ''}`))).toEqual(
      new Set(['calls: calls that lead in a circle, or through more than ten files, are not followed']),
    );
  });

  test('of several builds that names do not tell apart, each may be the one', () => {
    const overview = overviewOf({
      'a/Dockerfile': 'FROM scratch\n',
      'b/Dockerfile': 'FROM scratch\n',
      [LANE]:
        'on: push\njobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          docker build -t one:ci a\n          docker build -t two:ci b\n          docker tag one:ci ghcr.io/acme/x:1\n          docker tag two:ci ghcr.io/acme/x:1\n          docker push ghcr.io/acme/x:1\n',
    });
    const [first] = overview.links.filter(({ kind }) => kind === 'publishes');
    expect(first).toMatchObject({ status: 'partial', reason: 'it is not known which of several builds it is' });
  });
});

test('a Dockerfile that nothing builds is told apart', () => {
  const overview = overviewOf({ 'dev/Dockerfile': 'FROM scratch\n' });
  expect(overview).toEqual({ nodes: [], links: [], unbuilt: ['dev/Dockerfile'] });
});
