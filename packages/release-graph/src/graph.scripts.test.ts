import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph, imageNames } from './index.ts';

const buildsOf = (files: Record<string, string>) =>
  buildGraph(documentsOf(files)).builds.map(({ how, dockerfile, context, tags }) => [
    how,
    dockerfile.status === 'opaque' ? dockerfile.reason : dockerfile.target.file.path,
    context.status === 'opaque'
      ? context.reason
      : context.target.kind === 'local'
        ? context.target.folder
        : context.target.kind,
    ...tags.flatMap(imageNames),
  ]);

const workflow = (run: string, more = '') => ({
  '.github/workflows/a.yml': `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n${run.replace(/^/gm, '          ')}\n${more}`,
});

test('cd, pushd and working-directory say where a command runs', () => {
  const files = {
    'api/Dockerfile': 'FROM scratch\n',
    'web/Dockerfile': 'FROM scratch\n',
    'docs/Dockerfile': 'FROM scratch\n',
  };
  const script =
    'cd api && docker build -t api .\ncd ..\npushd web; docker build -t web .; popd\n(cd docs && docker build -t docs .)';
  expect(buildsOf({ ...workflow(script), ...files })).toEqual([
    ['command', 'api/Dockerfile', 'api', 'api'],
    ['command', 'web/Dockerfile', 'web', 'web'],
    ['command', 'docs/Dockerfile', 'docs', 'docs'],
  ]);
  expect(
    buildsOf({
      ...workflow('docker build -t a -f Dockerfile ..', '        working-directory: api\n'),
      'api/Dockerfile': 'FROM scratch\n',
    }),
  ).toEqual([['command', 'api/Dockerfile', '', 'a']]);
});

test('a checkout into a folder is the root of the repository', () => {
  const files = {
    '.github/workflows/a.yml':
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v4\n        with: { path: src }\n      - uses: actions/checkout@v4\n        with: { repository: acme/other, path: other }\n      - uses: docker/build-push-action@v6\n        with: { context: src/api }\n      - uses: docker/build-push-action@v6\n        with: { context: other }\n',
    'api/Dockerfile': 'FROM scratch\n',
  };
  expect(buildsOf(files)).toEqual([
    ['build-push-action', 'api/Dockerfile', 'api'],
    [
      'build-push-action',
      'other is in the checkout of another repository',
      'other is in the checkout of another repository',
    ],
  ]);
});

test('options in a variable are options', () => {
  const [build] = buildGraph(
    documentsOf({
      ...workflow(
        'docker buildx build $FLAGS .',
        '        env: { FLAGS: "--push --tag ghcr.io/acme/api:${{ github.sha }}" }\n',
      ),
      Dockerfile: 'FROM scratch\n',
    }),
  ).builds;
  expect(build?.pushes).toBe(true);
  expect(build?.tags.flatMap(imageNames)).toEqual(['ghcr.io/acme/api']);
});

test('scripts of package.json, make, Nx and the shell are builds, each from its own folder', () => {
  expect(
    buildsOf({
      'api/package.json': '{ "scripts": { "image": "docker build -t acme/api .", "test": "jest" } }',
      'api/Dockerfile': 'FROM scratch\n',
      Makefile:
        'NAME := acme/web\nweb: ## the image\n\t@docker build \\\n\t  -t $(NAME):$$(git rev-parse HEAD) -f web/Dockerfile .\n',
      'web/Dockerfile': 'FROM scratch\n',
      'apps/worker/project.json':
        '{ "name": "worker", "targets": { "image": { "executor": "nx:run-commands", "options": { "command": "docker build -t acme/worker -f apps/worker/Dockerfile ." } } } }',
      'apps/worker/Dockerfile': 'FROM scratch\n',
      'hack/build.sh': '#!/bin/sh\ncd "$(dirname "$0")/.." && docker build -t acme/tool tool\n',
      'tool/Dockerfile': 'FROM scratch\n',
    }),
  ).toEqual([
    ['command', 'web/Dockerfile', '', 'acme/web'],
    ['command', 'api/Dockerfile', 'api', 'acme/api'],
    ['command', 'apps/worker/Dockerfile', '', 'acme/worker'],
    ['command', 'tool/Dockerfile', 'tool', 'acme/tool'],
  ]);
});

test('the lane gives its variables to the scripts that it calls', () => {
  const files = {
    ...workflow(
      'make image TAG=1\nnpx nx run worker:image\n./hack/build.sh',
      '        env: { NAME: ghcr.io/acme/api }\n',
    ),
    Makefile: 'NAME ?= local\nIMAGE = $(NAME):$(TAG)\nimage:\n\tdocker build -t $(IMAGE) .\n',
    'apps/worker/project.json': '{ "targets": { "image": { "command": "docker build -t $NAME-worker ." } } }',
    'hack/build.sh': 'docker build -t "${NAME}-tool" .\n',
    Dockerfile: 'FROM scratch\n',
  };
  expect(buildsOf(files)).toEqual([
    ['command', 'Dockerfile', '', 'ghcr.io/acme/api'],
    ['command', 'Dockerfile', '', 'ghcr.io/acme/api-worker'],
    ['command', 'Dockerfile', '', 'ghcr.io/acme/api-tool'],
  ]);
});

test('executors of Nx build with the root as context and the Dockerfile of the project', () => {
  expect(
    buildsOf({
      'nx.json': '{}',
      'apps/api/project.json':
        '{ "targets": { "container": { "executor": "@nx-tools/nx-container:build", "options": { "push": true, "tags": ["ghcr.io/acme/api:1"] } } } }',
      'apps/api/Dockerfile': 'FROM scratch\n',
    }),
  ).toEqual([['command', 'apps/api/Dockerfile', '', 'ghcr.io/acme/api']]);
});

test('commands are listed once each, where they stand', () => {
  const { commands } = buildGraph(
    documentsOf({
      ...workflow('docker build .'),
      Dockerfile:
        'FROM alpine\nRUN apk add curl && curl x\nONBUILD RUN make\nSHELL ["pwsh", "-Command"]\nRUN Get-Item\n',
      'package.json': '{ "scripts": { "push": "docker push x" } }',
    }),
  );
  expect(commands.map(({ site, command }) => `${site} ${command.name}`)).toEqual([
    'RUN apk',
    'RUN curl',
    'RUN make',
    'step docker',
    'script docker',
  ]);
});

test('a Makefile takes the variables of the files that it includes', () => {
  expect(
    buildsOf({
      Makefile: 'include Makefile.defs ../outside.mk\nimage:\n\t$(ENGINE) build -t acme/api:1 . # docker or podman\n',
      'Makefile.defs': 'ENGINE ?= docker\n',
      Dockerfile: 'FROM scratch\n',
    }),
  ).toEqual([['command', 'Dockerfile', '', 'acme/api']]);
});

test('the tool of a Go module is run from its sources', () => {
  const publications = (module: string) =>
    buildGraph(
      documentsOf({
        ...workflow('go run ./ build --bare ./cmd/app', '        env: { KO_DOCKER_REPO: ghcr.io/acme/app }\n'),
        'go.mod': `// ours\nmodule ${module}\n\ngo 1.25\n`,
      }),
    ).publications.map(({ names }) => names);
  expect(publications('github.com/google/ko')).toEqual([['ghcr.io/acme/app']]);
  expect(publications('github.com/acme/app')).toEqual([]);
});

test('a script calls others from the root, from where it stands, and by its own folder', () => {
  const push = '#!/bin/sh\ndocker push ghcr.io/acme/api\n';
  const sites = (call: string, path: string) =>
    buildGraph(
      documentsOf({ ...workflow('./ops/release.sh'), 'ops/release.sh': `#!/bin/bash\n${call}\n`, [path]: push }),
    ).publications.map(({ site }) => site);
  expect(sites('./ops/push.sh', 'ops/push.sh')).toEqual(['workflow']);
  expect(sites('bash push.sh', 'ops/push.sh')).toEqual(['workflow']);
  expect(sites('DIR="$( cd "$( dirname "${BASH_SOURCE[0]}" )" && pwd )"\n"${DIR}"/push.sh', 'ops/push.sh')).toEqual([
    'workflow',
  ]);
  expect(sites('ROOT=$(cd $(dirname $0)/.. && pwd)\nsh $ROOT/ci/push.sh', 'ci/push.sh')).toEqual(['workflow']);
  expect(sites('"$SOMEWHERE"/push.sh', 'ops/push.sh')).toEqual(['shell']);
});
