import { faultsOf, runExample } from '@plimsoll/rule-tester';
import { describe, expect, test } from 'vitest';
import { shadowBuild } from './shadow-build.ts';

const workflow = (steps: string, on = "{ push: { tags: ['v*'] } }"): string =>
  `on: ${on}\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n${steps.replace(/^/gm, '      ').trimEnd()}\n`;
const push =
  '- uses: docker/build-push-action@v7\n  with: { context: ., push: true, tags: "ghcr.io/acme/api:${{ github.ref_name }}" }';
const lane = { 'plimsoll.yaml': 'lane:\n  workflows: [.github/workflows/release.yml]\n' };
const release = { '.github/workflows/release.yml': workflow(push), Dockerfile: 'FROM scratch\n' };

const faults = (files: Record<string, string>) => faultsOf(shadowBuild, files);

describe('a script that the lane calls is the lane', () => {
  const Makefile = 'publish:\n\tdocker buildx build --push -t ghcr.io/acme/api:$(TAG) .\n';

  test('where another workflow calls it too, that call is outside', async () => {
    const files = {
      ...lane,
      '.github/workflows/release.yml': workflow('- run: make publish TAG=1'),
      '.github/workflows/hotfix.yml': workflow('- run: «make publish TAG=2»', 'workflow_dispatch'),
      Makefile,
      Dockerfile: 'FROM scratch\n',
    };
    expect(await faults(files)).toEqual([]);
  });

  test('through npm, and by a path that is put together in the shell', async () => {
    const files = {
      '.github/workflows/release.yml': workflow(
        '- run: npm run ship\n- run: |\n    DIR=hack\n    bash "$DIR/push.sh" 1',
      ),
      'package.json': '{ "scripts": { "ship": "docker push ghcr.io/acme/api:1" } }',
      'hack/push.sh': '#!/bin/bash\ndocker push ghcr.io/acme/web:$1\n',
    };
    expect(await faults(files)).toEqual([]);
  });

  test('by a path with an expression in it', async () => {
    const files = {
      '.github/workflows/release.yml': workflow('- run: ./hack/push_${{ inputs.suite }}.sh'),
      'hack/push_api.sh': '#!/bin/bash\ndocker push ghcr.io/acme/api:1\n',
      'hack/send_api.sh': '#!/bin/bash\n«docker push ghcr.io/acme/api:2»\n',
    };
    expect(await faults(files)).toEqual([]);
  });
});

test('a workflow that the lane and another call is marked where the other calls it', async () => {
  const files = {
    ...lane,
    '.github/workflows/release.yml':
      "on: { push: { tags: ['v*'] } }\njobs:\n  image:\n    uses: ./.github/workflows/build.yml\n",
    '.github/workflows/nightly.yml':
      "on: { schedule: [{ cron: '1 1 * * *' }] }\njobs:\n  image:\n    uses: «./.github/workflows/build.yml»\n",
    '.github/workflows/build.yml': workflow(push, 'workflow_call'),
    Dockerfile: 'FROM scratch\n',
  };
  expect(await faults(files)).toEqual([]);
});

test('without a declared lane each workflow that publishes is the lane', async () => {
  const files = { ...release, '.github/workflows/hotfix.yml': workflow(push, 'workflow_dispatch') };
  expect(await faults(files)).toEqual([]);
});

test('all tools that push are seen in scripts, and what they keep local is not', async () => {
  const files = {
    ...release,
    'hack/release.sh':
      '#!/bin/sh\nKO_DOCKER_REPO=ghcr.io/acme/api «ko build --bare ./cmd/api»\n«pack build ghcr.io/acme/web --publish»\npack build web\n«./mvnw jib:build -Dimage=ghcr.io/acme/jib»\n./mvnw jib:dockerBuild\n«/kaniko/executor --context . --destination ghcr.io/acme/k:1»\n/kaniko/executor --context . --no-push\n«docker buildx build --output type=registry -t ghcr.io/acme/out:1 .»\ndocker buildx build --load -t api .\n',
  };
  const marked = {
    ...files,
    'hack/release.sh': files['hack/release.sh'].replace(
      'KO_DOCKER_REPO=ghcr.io/acme/api «',
      '«KO_DOCKER_REPO=ghcr.io/acme/api ',
    ),
  };
  expect(await faults(marked)).toEqual([]);
});

test('a registry of the machine, and one that whoever calls the script names, are no publication in recommended', async () => {
  const Makefile =
    'REGISTRY ?= localhost:5000\ndev:\n\tdocker push $(REGISTRY)/api:dev\nmine:\n\tdocker push $(MY_REGISTRY)/api:dev\n';
  expect(await faultsOf(shadowBuild, { ...release, Makefile }, { preset: 'recommended' })).toEqual([]);
});

test('another service that calls the script is a lane of its own', async () => {
  const files = {
    '.gitlab-ci.yml': 'image:\n  script:\n    - make publish\n',
    Makefile: 'publish:\n\tdocker push ghcr.io/acme/api:1\nby-hand:\n\t«docker push ghcr.io/acme/api:2»\n',
  };
  expect(await faults(files)).toEqual([]);
});

test('a push that is ruled out for the project’s own registry', async () => {
  const Makefile =
    'NAMESPACE ?= acme\nimage:\n\tif [ $(PUSH) = true ] && [ $(NAMESPACE) != acme ]; then docker push ghcr.io/$(NAMESPACE)/api:1; fi\n';
  expect(await faults({ ...release, Makefile })).toEqual([]);
});

test('nx release in a script pushes the images of the projects that are released by Docker', async () => {
  const files = {
    ...release,
    'nx.json': '{ "release": { "docker": { "registryUrl": "ghcr.io" }, "projects": ["api"] } }',
    'package.json': '{ "private": true, "scripts": { "release": "«nx release publish»" } }',
    'apps/api/project.json': '{ "name": "api" }',
    'apps/api/Dockerfile': 'FROM scratch\n',
  };
  expect(await faults(files)).toEqual([]);
});

describe('targets of Nx', () => {
  const nx = (executor: string): Record<string, string> => ({
    ...release,
    'nx.json': '{}',
    'apps/api/project.json': `{ "name": "api", "targets": { "ship": { "executor": ${executor}, "options": { "push": true, "tags": ["ghcr.io/acme/api:1"] } } } }`,
    'apps/api/Dockerfile': 'FROM scratch\n',
  });
  const calling = { '.github/workflows/release.yml': workflow('- run: npx nx run api:ship') };

  test.each(['@nx-tools/nx-container:build', '@nx/docker:build', '@nx/docker:release-publish'])(
    '%s',
    async (executor) => {
      expect(await faults(nx(`«"${executor}"»`))).toEqual([]);
      expect(await faults({ ...nx(`"${executor}"`), ...calling })).toEqual([]);
    },
  );
});

test('the help keeps to the tool that builds', async () => {
  const helpOf = async (files: Record<string, string>): Promise<string | undefined> =>
    (await runExample(shadowBuild, files, { preset: 'strict' })).findings[0]?.help;
  expect(await helpOf({ ...release, Makefile: 'apply:\n\tko apply -f config/\n' })).toMatch(/: ko build --local$/);
  expect(await helpOf({ ...release, Makefile: 'ship:\n\tdocker push ghcr.io/acme/api:1\n' })).toMatch(
    /: docker buildx build --load$/,
  );
  const executor = {
    ...release,
    'nx.json': '{}',
    'apps/api/project.json':
      '{ "name": "api", "targets": { "ship": { "executor": "@nx-tools/nx-container:build", "options": { "push": true, "tags": ["ghcr.io/acme/api:1"] } } } }',
    'apps/api/Dockerfile': 'FROM scratch\n',
  };
  expect(await helpOf(executor)).toMatch(/: "push": false in the options of the executor$/);
});
