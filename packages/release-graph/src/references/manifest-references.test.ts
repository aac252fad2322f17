import { textOf } from '@plimsoll/documents';
import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';

/** Each reference as `site image`, with what is marked where that is other text. */
function references(files: Readonly<Record<string, string>>): string[] {
  return buildGraph(documentsOf(files)).imageReferences.map(({ site, image, range }) => {
    const marked = textOf(range);
    return `${site} ${image.text}${marked === image.text ? '' : ` at ${marked}`}`;
  });
}

const job = (steps: string): string => `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n${steps}`;

describe('Helm values without a tag', () => {
  const chart = 'apiVersion: v2\nname: worker\nversion: 0.1.0\nappVersion: "1.9"\n';
  const values =
    'image:\n  repository: ghcr.io/acme/worker\n  tag: ""\nproxy:\n  image:\n    repository: envoyproxy/envoy\n';

  test('take the appVersion of the Chart.yaml beside them', () => {
    expect(references({ 'charts/worker/values.yaml': values, 'charts/worker/Chart.yaml': chart })).toEqual([
      'helm values ghcr.io/acme/worker:1.9 at tag: ""',
      'helm values envoyproxy/envoy:1.9 at envoyproxy/envoy',
    ]);
  });

  test('are not known without one, nor where the lane sets it', () => {
    expect(references({ 'charts/worker/values.yaml': values })).toEqual([]);
    const lane = job('      - run: helm package charts/worker --app-version "$VERSION"\n');
    const files = { 'charts/worker/values.yaml': values, 'charts/worker/Chart.yaml': chart };
    expect(references({ ...files, '.github/workflows/a.yml': lane })).toEqual([]);
  });

  test('of an image of the same owner neither', () => {
    const files = { 'charts/worker/values.yaml': values, 'charts/worker/Chart.yaml': chart };
    expect(references({ ...files, 'go.mod': 'module github.com/acme/worker\n' })).toEqual([
      'helm values envoyproxy/envoy:1.9 at envoyproxy/envoy',
    ]);
  });

  test('of an image that is built here say something only where that version moves', () => {
    const lane = job('      - run: docker build -t ghcr.io/acme/worker:dev .\n');
    const files = (appVersion: string) => ({
      Dockerfile: 'FROM scratch\n',
      '.github/workflows/a.yml': lane,
      'chart/values.yaml': 'image: { repository: ghcr.io/acme/worker, tag: "" }\n',
      'chart/Chart.yaml': `name: worker\nappVersion: ${appVersion}\n`,
    });
    expect(references(files('1.2.3'))).toEqual([]);
    expect(references(files('latest'))).toHaveLength(1);
  });
});

describe('task definitions of ECS', () => {
  const definition =
    '{ "family": "web", "containerDefinitions": [{ "name": "web", "image": "acme/web:1" }, { "name": "log", "image": "acme/log" }] }';

  test('name images', () => {
    expect(references({ 'aws/web.json': definition })).toEqual([
      'task definition acme/web:1',
      'task definition acme/log',
    ]);
  });

  test('of which a step of the lane replaces one', () => {
    const render =
      '      - uses: aws-actions/amazon-ecs-render-task-definition@v1\n        with:\n          task-definition: ${{ env.DEFINITION }}\n          container-name: web\n          image: acme/web@sha256:abc\n        env:\n          DEFINITION: ./aws/web.json\n';
    expect(references({ 'aws/web.json': definition, '.github/workflows/a.yml': job(render) })).toEqual([
      'task definition acme/log',
    ]);
  });
});

describe('dev containers', () => {
  const container =
    '{\n  // tools\n  "image": "mcr.microsoft.com/devcontainers/base:1",\n  "features": { "ghcr.io/devcontainers/features/node:1": {}, "./own": {}, "docker": "latest" }\n}\n';

  test('have features, which are references too', () => {
    expect(references({ '.devcontainer/devcontainer.json': container })).toEqual([
      'devcontainer mcr.microsoft.com/devcontainers/base:1',
      'devcontainer feature ghcr.io/devcontainers/features/node:1',
    ]);
  });

  test('and perhaps a lock file with their digests', () => {
    const lock = `{ "features": { "ghcr.io/devcontainers/features/node:1": { "resolved": "ghcr.io/devcontainers/features/node@sha256:${'a'.repeat(64)}" } } }`;
    expect(
      references({ '.devcontainer/devcontainer.json': container, '.devcontainer/devcontainer-lock.json': lock }),
    ).toEqual(['devcontainer mcr.microsoft.com/devcontainers/base:1']);
  });
});

describe('compose', () => {
  test('a service that extends one with a build in another file pulls nothing', () => {
    const common = 'services:\n  web:\n    build: .\n';
    const compose =
      'services:\n  web:\n    extends: { file: deploy/common.yml, service: web }\n    image: acme/web:1\n  db:\n    extends: { file: deploy/common.yml, service: db }\n    image: postgres:17\n';
    expect(references({ 'compose.yaml': compose, 'deploy/common.yml': common })).toEqual(['compose postgres:17']);
  });

  test('models, included files of a registry and files with other names count', () => {
    expect(
      references({
        'compose.yaml':
          'include:\n  - oci://ghcr.io/acme/stack:1\nservices:\n  a: { image: a:1 }\nmodels:\n  llm: { model: ai/smollm2 }\n',
        'deploy/stack.yml': 'services:\n  db:\n    image: ${DB:-postgres}:17\n',
        'templates/stack.yml': 'services:\n  a:\n    build: ./cloned-later\n',
        'config/services.yaml': 'services:\n  _defaults:\n    autowire: true\n',
        'ci.yml': 'services:\n  - docker:dind\nbuild:\n  image: a\n',
      }),
    ).toEqual([
      'compose a:1',
      'compose ai/smollm2',
      'compose ghcr.io/acme/stack:1',
      'compose postgres:17 at ${DB:-postgres}:17',
    ]);
  });
});

test('Skaffold builds its artifacts, and pulls their builders and what its tests run', () => {
  const skaffold =
    'apiVersion: skaffold/v4beta6\nkind: Config\nbuild:\n  artifacts:\n    - image: web\n      buildpacks: { builder: "gcr.io/buildpacks/builder:v1" }\n    - image: job\n      jib: { fromImage: eclipse-temurin:21 }\nverify:\n  - name: e2e\n    container: { name: e2e, image: acme/e2e }\n';
  const pod = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: web\n    - image: redis:7\n';
  expect(references({ 'skaffold.yaml': skaffold, 'k8s/pod.yaml': pod })).toEqual([
    'skaffold gcr.io/buildpacks/builder:v1',
    'skaffold eclipse-temurin:21',
    'skaffold acme/e2e',
    'kubernetes redis:7',
  ]);
});

describe('contexts of builds', () => {
  const build = (inputs: string): string =>
    job(`      - uses: docker/build-push-action@v7\n        with:\n          context: .\n${inputs}`);

  test('that are images are pulled, and so is the frontend of a build-arg', () => {
    const inputs =
      '          build-contexts: tools=docker-image://acme/tools:1\n          build-args: BUILDKIT_SYNTAX=docker/dockerfile:1-labs\n';
    expect(references({ Dockerfile: 'FROM scratch\n', '.github/workflows/a.yml': build(inputs) })).toEqual([
      'build context acme/tools:1 at docker-image://acme/tools:1',
      'syntax docker/dockerfile:1-labs at BUILDKIT_SYNTAX=docker/dockerfile:1-labs',
    ]);
    const run = job('      - run: docker buildx build --build-context tools=docker-image://acme/tools:1 .\n');
    expect(references({ Dockerfile: 'FROM scratch\n', '.github/workflows/a.yml': run })).toHaveLength(1);
  });

  test('that replace a pinned base are told as such, and not twice', () => {
    const Dockerfile = `FROM node:22@sha256:${'a'.repeat(64)} AS base\n`;
    const inputs = '          build-contexts: base=docker-image://node:23\n';
    expect(references({ Dockerfile, '.github/workflows/a.yml': build(inputs) })).toEqual([]);
  });
});

describe('Dockerfiles in other files', () => {
  test('of compose', () => {
    const text =
      'services:\n  web:\n    build:\n      context: .\n      dockerfile_inline: |\n        ARG TAG=latest\n        FROM node:${TAG} AS build\n        FROM build\n        COPY --from=acme/tools /a /a\n  one:\n    build:\n      dockerfile_inline: "FROM alpine:3.20"\n';
    expect(references({ 'compose.yaml': text })).toEqual([
      'FROM node:latest at node:${TAG}',
      'COPY --from acme/tools',
      'FROM alpine:3.20',
    ]);
  });

  test('of bake', () => {
    const text = 'target "default" {\n  dockerfile-inline = <<EOT\nFROM alpine\nRUN true\nEOT\n}\n';
    expect(references({ 'docker-bake.hcl': text })).toEqual(['FROM alpine']);
  });
});
