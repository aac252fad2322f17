import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph } from './index.ts';

const workflow = (run: string) =>
  `on: push\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n${run.replace(/^/gm, '          ')}\n`;

function published(run: string, files: Readonly<Record<string, string>> = {}) {
  const documents = documentsOf({ '.github/workflows/release.yml': workflow(run), ...files });
  return buildGraph(documents).publications.map(({ names, tags, copied, attestations }) => ({
    names,
    tags: tags.map(({ tag }) => tag),
    copied: copied ?? false,
    status: attestations.status,
  }));
}

test('an image that is copied, or named again, is published there', () => {
  const copy = { copied: true, status: 'opaque' };
  const app = { names: ['ghcr.io/acme/app'], ...copy };
  for (const [run, expected] of [
    ['skopeo copy --all docker://quay.io/acme/app:1 docker://ghcr.io/acme/app:1', { ...app, tags: ['1'] }],
    ['crane copy quay.io/acme/app:1 ghcr.io/acme/app', { ...app, tags: ['latest'] }],
    ['cosign copy quay.io/acme/app:1 ghcr.io/acme/app:1', { ...app, tags: ['1'] }],
    ['docker buildx imagetools create -t ghcr.io/acme/app:latest ghcr.io/acme/app:1', { ...app, tags: ['latest'] }],
    [
      'for tag in 1 2; do skopeo copy "docker://quay.io/acme/app:$tag" "docker://ghcr.io/acme/app:$tag"; done',
      { ...app, tags: ['$tag'] },
    ],
    ['skopeo copy "docker://$TAG" "docker://${TAG/${FROM}/ghcr.io/acme/app}"', { ...app, tags: ['latest'] }],
  ] as const)
    expect(published(run)).toEqual([expected]);
  expect(published('skopeo copy "docker://$TAG" "docker://${TAG#quay.io/}"')).toMatchObject([{ names: [], ...copy }]);
  expect(published('crane copy $FROM ${REGISTRY}/app:${TAG}')).toMatchObject([{ names: ['$REGISTRY/app'], ...copy }]);
});

test('a copy into a folder, an archive or a registry of the run publishes nothing', () => {
  for (const run of [
    'skopeo copy docker://quay.io/acme/app:1 dir:app',
    'skopeo copy docker://quay.io/acme/app:1 docker-archive:app.tar',
    'crane copy quay.io/acme/app:1 localhost:5000/app:1',
    'docker tag acme/app:1 ghcr.io/acme/app:1',
    'docker buildx imagetools create --dry-run -t ghcr.io/acme/app:latest ghcr.io/acme/app:1',
  ])
    expect(published(run)).toEqual([]);
});

test('an index of what the same run builds is no copy', () => {
  const run = [
    'docker buildx build --push --platform linux/amd64 -t ghcr.io/acme/app:1-amd64 .',
    'docker buildx build --push --platform linux/arm64 -t ghcr.io/acme/app:1-arm64 .',
    'docker buildx imagetools create -t ghcr.io/acme/app:1 ghcr.io/acme/app:1-amd64 ghcr.io/acme/app:1-arm64',
    'docker buildx imagetools create -t ghcr.io/acme/app:latest ghcr.io/acme/app:1-amd64 ghcr.io/acme/app:1-arm64',
  ].join('\n');
  expect(published(run, { Dockerfile: 'FROM scratch\n' }).filter(({ copied }) => copied)).toEqual([]);
});
