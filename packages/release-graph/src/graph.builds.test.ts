import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph, imageNames } from './index.ts';

const buildsOf = (files: Record<string, string>) => buildGraph(documentsOf(files)).builds;

const workflow = (steps: string, job = '') =>
  `on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n${job}    steps:\n${steps.replace(/^/gm, '      ').trimEnd()}\n`;

test('a build-push-action without a context builds from the Git context, to which no ignore file applies', () => {
  const [build] = buildsOf({
    '.github/workflows/a.yml': workflow(
      '- uses: docker/build-push-action@v6\n  with:\n    file: api/Dockerfile\n    push: true\n    tags: ghcr.io/acme/api:1',
    ),
    'api/Dockerfile': 'FROM scratch\n',
    '.dockerignore': '*\n',
  });
  expect(build).toMatchObject({
    how: 'build-push-action',
    pushes: true,
    context: { status: 'resolved', target: { kind: 'git' } },
  });
  expect(build?.dockerfile).toMatchObject({ target: { file: { path: 'api/Dockerfile' } } });
  expect(build?.ignoreFile).toEqual({ status: 'resolved', target: undefined });
  expect(build?.contents?.sent.files).toBe(3);
});

test('a local context and its Dockerfile are found, and with them what ships', () => {
  const [build, ...others] = buildsOf({
    '.github/workflows/a.yml': workflow(
      '- uses: actions/checkout@v4\n- uses: docker/build-push-action@v6\n  with:\n    context: ./api\n    build-args: |\n      VERSION=${{ github.sha }}\n      KIND=small',
    ),
    'api/Dockerfile': 'FROM scratch\nCOPY . /app\n',
    'api/main.go': 'package main\n',
  });
  expect(others).toEqual([]);
  expect(build?.context).toEqual({ status: 'resolved', target: { kind: 'local', folder: 'api' } });
  expect(build?.contents?.final?.files.map((file) => file.path)).toEqual(['/app/Dockerfile', '/app/main.go']);
  expect(build?.buildArgs.map(({ name, value }) => [name, value?.values])).toEqual([
    ['VERSION', []],
    ['KIND', ['small']],
  ]);
});

test('each leg of a matrix is a build of its own, and legs that read the same are one', () => {
  const builds = buildsOf({
    '.github/workflows/a.yml': workflow(
      '- uses: docker/build-push-action@v6\n  with:\n    context: ${{ matrix.app }}\n    tags: ghcr.io/acme/${{ matrix.app }}:${{ github.sha }}',
      '    strategy:\n      matrix:\n        app: [api, web]\n        platform: [linux/amd64, linux/arm64]\n',
    ),
    'api/Dockerfile': 'FROM scratch\n',
    'web/Dockerfile': 'FROM scratch\n',
  });
  expect(builds.map(({ context }) => context)).toEqual([
    { status: 'resolved', target: { kind: 'local', folder: 'api' } },
    { status: 'resolved', target: { kind: 'local', folder: 'web' } },
  ]);
  expect(builds[0]?.tags.flatMap(imageNames)).toEqual(['ghcr.io/acme/api']);
});

test('inputs of a local reusable workflow are bound by each of its callers', () => {
  const builds = buildsOf({
    '.github/workflows/release.yml':
      'on: push\njobs:\n  api: { uses: ./.github/workflows/image.yml, with: { folder: api } }\n  web: { uses: ./.github/workflows/image.yml, with: { folder: web } }\n',
    '.github/workflows/image.yml':
      'on:\n  workflow_call:\n    inputs:\n      folder: { type: string, required: true }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          context: ${{ inputs.folder }}\n',
    'api/Dockerfile': 'FROM scratch\n',
    'web/Dockerfile': 'FROM scratch\n',
  });
  expect(builds.map((build) => [build.origin.callers[0]?.job.id, build.context])).toEqual([
    ['api', { status: 'resolved', target: { kind: 'local', folder: 'api' } }],
    ['web', { status: 'resolved', target: { kind: 'local', folder: 'web' } }],
  ]);
});

test('a composite action is followed with the inputs of the step that calls it', () => {
  const [build] = buildsOf({
    '.github/workflows/a.yml': workflow('- uses: ./.github/actions/image\n  with:\n    name: api'),
    '.github/actions/image/action.yml':
      'name: image\ndescription: builds\ninputs:\n  name: { required: true }\n  push: { default: "true" }\nruns:\n  using: composite\n  steps:\n    - uses: docker/build-push-action@v6\n      with:\n        context: .\n        file: ${{ inputs.name }}/Dockerfile\n        push: ${{ inputs.push }}\n',
    'api/Dockerfile': 'FROM scratch\n',
  });
  expect(build?.dockerfile).toMatchObject({ status: 'resolved', target: { file: { path: 'api/Dockerfile' } } });
  expect(build?.pushes).toBe(true);
});

test('a context that is known only in the run is opaque, and says why; the Dockerfile gets an assumed build', () => {
  const builds = buildsOf({
    '.github/workflows/a.yml': workflow(
      '- uses: docker/build-push-action@v6\n  with:\n    context: ${{ vars.FOLDER }}',
    ),
    'api/Dockerfile': 'FROM scratch\nCOPY main.go .\n',
    'api/main.go': '',
  });
  expect(builds[0]?.context).toEqual({ status: 'opaque', reason: 'context is an expression: ${{ vars.FOLDER }}' });
  expect(builds[1]).toMatchObject({
    how: 'assumed',
    context: { status: 'partial', target: { kind: 'local', folder: 'api' } },
  });
});

test('an assumed build takes the root where only that holds what is copied', () => {
  const [build] = buildsOf({
    'apps/api/Dockerfile': 'FROM scratch\nCOPY package.json apps/api ./\n',
    'package.json': '{}',
  });
  expect(build).toMatchObject({ how: 'assumed', context: { target: { folder: '' } } });
});

test('a condition which can be true is a push on some events', () => {
  const files = (push: string) => ({
    '.github/workflows/a.yml': `on: [push, pull_request]\njobs:\n  image:\n    runs-on: x\n    steps:\n      - uses: docker/build-push-action@v6\n        with: { push: "${push}" }\n`,
    Dockerfile: 'FROM scratch\n',
  });
  expect(buildsOf(files("${{ github.event_name != 'pull_request' }}"))[0]?.pushes).toBe(true);
  expect(buildsOf(files("${{ github.event_name == 'release' }}"))[0]?.pushes).toBe(false);
  expect(buildsOf(files('${{ vars.PUSH }}'))[0]?.pushes).toBe('unknown');
});

test('compose builds are read from the compose file, with its variables and .env', () => {
  const [build] = buildsOf({
    'compose.yaml':
      'services:\n  api:\n    image: ghcr.io/acme/api:${TAG:-dev}\n    build:\n      context: ./api\n      dockerfile: Dockerfile.${KIND}\n      args: { VERSION: "1" }\n',
    '.env': 'KIND=small\n',
    'api/Dockerfile.small': 'FROM scratch\n',
  });
  expect(build).toMatchObject({
    how: 'compose',
    context: { target: { folder: 'api' } },
    dockerfile: { target: { file: { path: 'api/Dockerfile.small' } } },
  });
  expect(build?.tags[0]?.values).toEqual(['ghcr.io/acme/api:dev']);
});

test('a variable that stands before a command is in its environment, not in its words', () => {
  const [build] = buildsOf({
    '.github/workflows/a.yml': workflow(
      '- run: TOKEN=${{ secrets.T }} KIND=a docker build --build-arg TOKEN --build-arg KIND=$KIND .',
    ),
    Dockerfile: 'FROM scratch\n',
  });
  expect(
    build?.buildArgs.map(({ name, value, inherited }) => [name, value?.values, inherited?.secrets.length]),
  ).toEqual([
    ['TOKEN', undefined, 1],
    ['KIND', [], undefined],
  ]);
});
