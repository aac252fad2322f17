import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph } from './index.ts';
import type { ImageReference } from './index.ts';

const referencesOf = (files: Record<string, string>) => buildGraph(documentsOf(files)).imageReferences;
const names = (references: readonly ImageReference[]) => references.map(({ site, image }) => `${site} ${image.text}`);

test('images of a Dockerfile stand in FROM, COPY --from, mounts and # syntax; stages and scratch are none', () => {
  const references = referencesOf({
    Dockerfile: `# syntax=docker/dockerfile:1
FROM node:22 AS build
RUN --mount=type=bind,from=ghcr.io/acme/tools:2,target=/t true
FROM scratch AS empty
RUN --mount=from=build,target=/b true
FROM build
COPY --from=build /a /a
COPY --from=0 /a /a
COPY --from=ghcr.io/acme/wait /w /w
`,
  });
  expect(names(references)).toEqual([
    'syntax docker/dockerfile:1',
    'FROM node:22',
    'RUN --mount ghcr.io/acme/tools:2',
    'COPY --from ghcr.io/acme/wait',
  ]);
  expect(references.map(({ moving, channel }) => [moving, channel ?? false])).toEqual([
    [false, true],
    [false, false],
    [false, false],
    [true, false],
  ]);
});

test('an ARG default is followed, and its declaration is told', () => {
  const [reference] = referencesOf({ Dockerfile: 'ARG TAG=latest\nFROM node:${TAG}\n' });
  expect(reference).toMatchObject({ written: 'node:${TAG}', image: { text: 'node:latest' }, moving: true });
  expect(reference?.through.map(({ label }) => label)).toEqual(['TAG is declared here']);
});

test('a build-arg takes the place of the default in the builds that are known', () => {
  const files = (args: string) => ({
    '.github/workflows/a.yml': `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          context: .\n          build-args: ${args}\n`,
    Dockerfile: 'ARG BASE=node:latest\nFROM ${BASE}\n',
  });
  expect(names(referencesOf(files('BASE=alpine:3.20')))).toEqual(['FROM alpine:3.20']);
  expect(names(referencesOf(files('BASE=${{ vars.BASE }}')))).toEqual([]);
  expect(names(referencesOf(files('OTHER=1')))).toEqual(['FROM node:latest']);
});

test('a base that the same lane builds is no image of others', () => {
  const files = (base: string) => ({
    '.github/workflows/a.yml': `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: docker build -t ${base}:latest base\n      - run: docker build -t app app\n`,
    'base/Dockerfile': 'FROM debian:12\n',
    'app/Dockerfile': 'FROM acme-base:latest\n',
  });
  expect(names(referencesOf(files('acme-base')))).toEqual(['FROM debian:12']);
  expect(names(referencesOf(files('other')))).toEqual(['FROM debian:12', 'FROM acme-base:latest']);
});

test('a base that a named context replaces is not pulled', () => {
  const references = referencesOf({
    '.github/workflows/a.yml':
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          context: .\n          build-contexts: |\n            runtime=docker-image://node:22\n            alpine=./base\n',
    Dockerfile: 'FROM node:20 AS runtime\nFROM alpine\n',
    'base/x': '',
  });
  expect(names(references)).toEqual(['build context node:22']);
});

test('images matter for a release in the stages of what is published, and in jobs that hold something', () => {
  const references = referencesOf({
    '.github/workflows/a.yml': `on: push
permissions: {}
jobs:
  image:
    runs-on: x
    container: node:20
    steps:
      - uses: docker/build-push-action@v6
        with: { context: ., push: true, target: small, tags: ghcr.io/acme/api:1 }
  deploy:
    runs-on: x
    container: alpine:3
    permissions: { id-token: write }
    services: { db: { image: postgres:17, env: { P: "\${{ secrets.P }}" } }, none: { image: "" } }
    steps: []
`,
    Dockerfile: 'FROM node:22 AS tools\nFROM alpine:3 AS small\nFROM tools\n',
  });
  expect(references.map(({ image, releases }) => [image.text, releases])).toEqual([
    ['node:22', undefined],
    ['alpine:3', 'the published image ghcr.io/acme/api is built with it'],
    ['node:20', undefined],
    ['alpine:3', 'its job holds the secret P'],
    ['postgres:17', 'its job holds the secret P'],
  ]);
});

test('an image of a matrix is told by the name of its own leg', () => {
  const references = referencesOf({
    '.github/workflows/release.yml': `on: push
permissions: {}
jobs:
  images:
    runs-on: x
    strategy: { matrix: { app: [api, web] } }
    steps:
      - uses: docker/build-push-action@v6
        with: { context: ., file: "\${{ matrix.app }}/Dockerfile", push: true, tags: "ghcr.io/acme/\${{ matrix.app }}:1" }
`,
    'api/Dockerfile': 'FROM node:22\n',
    'web/Dockerfile': 'FROM node:24\n',
  });
  expect(references.map(({ image, releases }) => [image.text, releases])).toEqual([
    ['node:22', 'the published image ghcr.io/acme/api is built with it'],
    ['node:24', 'the published image ghcr.io/acme/web is built with it'],
  ]);
});

test('a container of the matrix is each of its values', () => {
  const references = referencesOf({
    '.github/workflows/a.yml':
      'on: push\njobs:\n  a:\n    strategy: { matrix: { node: [20, 22], exclude: [{ node: 20 }], include: [{ node: 24 }] } }\n    runs-on: x\n    container: node:${{ matrix.node }}\n    steps: []\n',
  });
  expect(names(references)).toEqual(['container node:22', 'container node:24']);
});

test('compose pulls what it does not build, with its defaults', () => {
  const references = referencesOf({
    'compose.yaml':
      'services:\n  api: { build: ., image: acme/api:latest }\n  worker: { image: acme/api:latest }\n  db: { image: "postgres:${PG:-17}" }\n  other: { image: "redis:${REDIS}" }\n',
    Dockerfile: 'FROM scratch\n',
  });
  expect(names(references)).toEqual(['compose postgres:17']);
});

test('what Skaffold builds or kustomize replaces is not what a Kubernetes manifest pulls', () => {
  const pod = (image: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers:\n    - { name: a, image: ${image} }\n`;
  const references = referencesOf({
    'k8s/a.yaml': pod('frontend'),
    'k8s/b.yaml': pod('controller:latest'),
    'k8s/c.yaml': pod('ghcr.io/acme/api:latest'),
    'skaffold.yaml': 'apiVersion: skaffold/v4\nkind: Config\nbuild:\n  artifacts:\n    - image: frontend\n',
    'k8s/kustomization.yaml': 'images:\n  - { name: controller, newName: ghcr.io/acme/controller, newTag: v1.2.3 }\n',
  });
  expect(names(references)).toEqual(['kubernetes ghcr.io/acme/api:latest', 'kustomize ghcr.io/acme/controller:v1.2.3']);
});

test('actions of other repositories are told once where they stand, with why they matter', () => {
  const { actionReferences } = buildGraph(
    documentsOf({
      '.github/workflows/a.yml': `on: push
jobs:
  a:
    runs-on: x
    permissions: { contents: write }
    strategy: { matrix: { n: [1, 2] } }
    steps:
      - uses: actions/checkout@v4
      - uses: ./.github/actions/local
      - uses: docker://alpine:3
      - uses: acme/mine/x@v1
  b:
    uses: acme/platform/.github/workflows/w.yml@main
`,
      '.github/actions/local/action.yml': 'name: l\nruns:\n  using: composite\n  steps:\n    - uses: other/tool@v2\n',
    }),
    { repository: 'Acme/Mine', trustedOwners: ['Actions'] },
  );
  expect(
    actionReferences.map((one) => [
      one.uses.text,
      one.releases !== undefined,
      one.trusted,
      one.ownRepository,
      one.image?.image.name,
    ]),
  ).toEqual([
    ['actions/checkout@v4', true, true, false, undefined],
    ['docker://alpine:3', true, false, false, 'alpine'],
    ['acme/mine/x@v1', true, false, true, undefined],
    ['acme/platform/.github/workflows/w.yml@main', false, false, false, undefined],
    ['other/tool@v2', true, false, false, undefined],
  ]);
});

test('an image in a registry of the machine itself is none of others', () => {
  expect(
    names(
      referencesOf({
        Dockerfile: 'FROM localhost:5000/base:latest\n',
        'k8s/pod.yaml': 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: localhost/acme/agent:latest\n',
      }),
    ),
  ).toEqual([]);
});

test('a file for tests, examples or development is told, unless a published image is made of it', () => {
  const asides = (files: Record<string, string>) =>
    referencesOf(files).map(({ range, aside }) => [range.file.path, aside]);
  const pod = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: redis\n';
  expect(
    asides({
      'Dockerfile.dev': 'FROM node\n',
      'docs/recipes/Dockerfile': 'FROM node\n',
      'test/e2e/Dockerfile': 'FROM node\n',
      'protest/Dockerfile': 'FROM node\n',
      'compose.test.yaml': 'services: { db: { image: postgres } }\n',
      'compose.yaml': 'services: { db: { image: postgres } }\n',
      'deploy/local-agent.yaml': pod,
      'dev/k8s/agent.yaml': pod,
    }),
  ).toEqual([
    ['Dockerfile.dev', 'development'],
    ['docs/recipes/Dockerfile', 'example'],
    ['test/e2e/Dockerfile', 'test'],
    ['protest/Dockerfile', undefined],
    ['compose.test.yaml', 'test'],
    ['compose.yaml', undefined],
    ['deploy/local-agent.yaml', undefined],
    ['dev/k8s/agent.yaml', 'development'],
  ]);
  expect(
    asides({
      ...{ 'examples/api/Dockerfile': 'FROM node\n' },
      '.github/workflows/release.yml':
        'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: docker buildx build --push -t ghcr.io/acme/api:1 examples/api\n',
    }),
  ).toEqual([['examples/api/Dockerfile', undefined]]);
});

test('the secret that is told is one by its name; user names and ids are none of worth', () => {
  const because = (secrets: readonly string[]) =>
    buildGraph(
      documentsOf({
        '.github/workflows/a.yml': `on: push\npermissions: {}\njobs:\n  a:\n    runs-on: x\n    env: { ${secrets.map((name) => `${name}: "\${{ secrets.${name} }}"`).join(', ')} }\n    steps:\n      - uses: actions/checkout@v4\n`,
      }),
    ).actionReferences.map(({ releases }) => releases);
  expect(because(['DOCKER_USERNAME', 'DOCKER_PASSWORD'])).toEqual(['its job holds the secret DOCKER_PASSWORD']);
  expect(because(['AWS_ROLE_ARN', 'GIT_NAME'])).toEqual([undefined]);
});
