import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph, imageNames } from './index.ts';

const hcl = `// what is shipped
variable "TAG" { default = "dev" }
variable "REGISTRY" {
  default = "ghcr.io/acme"
}
group "default" { targets = ["api", "web"] }
target "_common" {
  context = "."
  args = { KIND = "small", TAG = TAG }
}
target "api" {
  inherits   = ["_common"]
  dockerfile = "api/Dockerfile"
  tags       = ["\${REGISTRY}/api:\${TAG}", notequal("", TAG) ? "\${REGISTRY}/api:latest" : ""]
  output     = [{ type = "registry" }]
}
target "web" {
  inherits = ["_common"]
  context  = "web"
  target   = "final"
  tags     = ["\${REGISTRY}/web:\${TAG}"]
  contexts = { base = "docker-image://alpine:3" }
}
target "all" {
  matrix = { item = ["api", "web"] }
  name   = "all-\${item}"
  dockerfile = "\${item}/Dockerfile"
}
`;

const files = (run: string) => ({
  'docker-bake.hcl': hcl,
  'api/Dockerfile': 'FROM scratch\n',
  'web/Dockerfile': 'FROM scratch AS final\n',
  '.github/workflows/a.yml': `on: push\njobs:\n  a:\n    runs-on: x\n    env: { TAG: "1.2" }\n    steps:\n      - uses: actions/checkout@v4\n${run.replace(/^/gm, '      ').trimEnd()}\n`,
});

const buildsOf = (run: string) => buildGraph(documentsOf(files(run))).builds.filter((build) => build.how !== 'assumed');

test('bake builds the targets of its groups, with what they inherit and the variables of the environment', () => {
  const builds = buildsOf('- run: docker buildx bake --push');
  expect(
    builds.map(({ dockerfile, context, target, pushes }) => [
      dockerfile.status !== 'opaque' && dockerfile.target.file.path,
      context.status !== 'opaque' && context.target,
      target,
      pushes,
    ]),
  ).toEqual([
    ['api/Dockerfile', { kind: 'local', folder: '' }, undefined, true],
    ['web/Dockerfile', { kind: 'local', folder: 'web' }, 'final', true],
  ]);
  expect(builds[1]?.tags.map((tag) => tag.values)).toEqual([['ghcr.io/acme/web:1.2']]);
  expect(builds[0]?.tags.flatMap(imageNames)).toContain('ghcr.io/acme/api');
  expect(builds[1]?.buildArgs.map(({ name, value }) => [name, value?.values])).toEqual([
    ['KIND', ['small']],
    ['TAG', ['1.2']],
  ]);
  expect([...(builds[1]?.namedContexts ?? [])]).toEqual([['base', { kind: 'image', image: 'alpine:3' }]]);
});

test('overrides and matrices count', () => {
  const builds = buildsOf('- run: docker buildx bake all --set *.args.KIND=big --set all.target=final');
  expect(
    builds.map(({ dockerfile, target, buildArgs }) => [
      dockerfile.status !== 'opaque' && dockerfile.target.file.path,
      target,
      buildArgs.map(({ name, value }) => [name, value?.values]),
    ]),
  ).toEqual([
    ['api/Dockerfile', 'final', [['KIND', ['big']]]],
    ['web/Dockerfile', 'final', [['KIND', ['big']]]],
  ]);
});

test('the action reads its definition from Git, so no ignore file applies, unless its source is the checkout', () => {
  const [git] = buildsOf('- uses: docker/bake-action@v6\n  with: { targets: web, push: true }');
  expect(git?.context).toEqual({ status: 'resolved', target: { kind: 'git', url: '{{defaultContext}}:web' } });
  const [local] = buildsOf('- uses: docker/bake-action@v6\n  with: { source: ., targets: web }');
  expect(local?.context).toEqual({ status: 'resolved', target: { kind: 'local', folder: 'web' } });
});

test('targets that are known only in the run leave the call opaque', () => {
  const [build] = buildsOf('- uses: docker/bake-action@v6\n  with: { targets: "${{ vars.TARGET }}" }');
  expect(build?.dockerfile).toEqual({
    status: 'opaque',
    reason: 'which targets are built is not known before the run',
  });
});

test('a broken bake file is read as far as it goes', () => {
  for (const text of [
    'target "a" {',
    'target "a" { tags = [',
    'group "default" { targets = ["a"',
    'x = "${',
    `target "a" { tags = ${'['.repeat(5000)}`,
    `a = ${'b ? '.repeat(5000)}`,
    'target "a" { inherits = ["a"] }\ngroup "default" { targets = ["default"] }',
  ]) {
    const { builds } = buildGraph(documentsOf({ ...files('- run: docker buildx bake'), 'docker-bake.hcl': text }));
    expect(builds.length).toBeGreaterThan(0);
  }
});

test('a target that is the context of another is built with it', () => {
  const { builds } = buildGraph(
    documentsOf({
      'docker-bake.hcl':
        'target "app" { contexts = { lib = "target:lib" } }\ntarget "lib" { dockerfile = "lib.Dockerfile" }\n',
      'lib.Dockerfile': 'FROM scratch\n',
      Dockerfile: 'FROM scratch\n',
      Makefile: 'image:\n\tdocker buildx bake app\n',
    }),
  );
  expect(
    builds.map(({ how, dockerfile }) => [how, dockerfile.status !== 'opaque' && dockerfile.target.file.path]),
  ).toEqual([
    ['command', 'Dockerfile'],
    ['command', 'lib.Dockerfile'],
  ]);
});

test('a vendored bake file is the build of others', () => {
  const { builds } = buildGraph(documentsOf({ 'vendor/acme/docker-bake.hcl': hcl, Dockerfile: 'FROM scratch\n' }));
  expect(builds.map(({ how }) => how)).toEqual(['assumed']);
});

test('a bake file that nothing calls builds what its groups name', () => {
  const { builds, publications } = buildGraph(
    documentsOf({
      'docker-bake.hcl': hcl,
      'api/Dockerfile': 'FROM scratch\n',
      'web/Dockerfile': 'FROM scratch AS final\n',
    }),
  );
  expect(builds.map(({ how, range, pushes }) => [how, range.file.path, pushes])).toEqual([
    ['bake', 'docker-bake.hcl', false],
    ['bake', 'docker-bake.hcl', false],
  ]);
  expect(publications).toEqual([]);
});

test('images that are contexts of targets are references, with the variables of the lane', () => {
  const bake =
    'variable "TAG" { default = "latest" }\ntarget "app" { contexts = { base = "docker-image://node:${TAG}", lib = "./lib" } }\n';
  const names = (rest: Record<string, string>) =>
    buildGraph(documentsOf({ 'docker-bake.hcl': bake, Dockerfile: 'FROM base\n', ...rest })).imageReferences.map(
      ({ site, image }) => `${site} ${image.text}`,
    );
  expect(names({})).toEqual(['bake node:latest']);
  expect(names({ Makefile: 'image:\n\tTAG=22 docker buildx bake app\n' })).toEqual(['bake node:22']);
  expect(names({ 'docker-bake.json': '{"target":{"web":{"contexts":{"base":"docker-image://alpine:3"}}}}' })).toContain(
    'bake alpine:3',
  );
});
