import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph } from './index.ts';

const action = `name: publish
inputs: { name: { required: true }, sign: { default: 'false' } }
runs:
  using: composite
  steps:
    - id: build
      uses: docker/build-push-action@v6
      with: { push: true, provenance: false, tags: "\${{ inputs.name }}:1" }
    - if: inputs.sign == 'true'
      shell: bash
      env: { DIGEST: "\${{ steps.build.outputs.digest }}", NAME: "\${{ inputs.name }}" }
      run: cosign sign --yes "$NAME@$DIGEST"
`;

function proofs(steps: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const { publications } = buildGraph(
    documentsOf({
      '.github/workflows/release.yml': `on: push\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n${steps.map((step) => `      - ${step}\n`).join('')}`,
      Dockerfile: 'FROM scratch\n',
      ...files,
    }),
  );
  return publications.map(({ names, attestations: link }) => [
    ...names,
    ...(link.status === 'opaque' ? [link.reason] : link.target.map(({ kind }) => kind)),
  ]);
}

test('an action signs only in the calls that ask for it', () => {
  expect(
    proofs(
      [
        "{ uses: ./publish, with: { name: ghcr.io/acme/api, sign: 'true' } }",
        "{ uses: ./publish, with: { name: ghcr.io/acme/web, sign: 'false' } }",
      ],
      { 'publish/action.yml': action },
    ),
  ).toEqual([['ghcr.io/acme/api', 'cosign-sign'], ['ghcr.io/acme/web']]);
});

test('a step that never runs proves nothing', () => {
  const push =
    '{ id: push, uses: docker/build-push-action@v6, with: { push: true, provenance: false, tags: "ghcr.io/acme/api:1" } }';
  const sign = (condition: string) =>
    `{ if: ${condition}, run: "cosign sign --yes ghcr.io/acme/api@\${{ steps.push.outputs.digest }}" }`;
  expect(proofs([push, sign("github.event_name == 'push'")])).toEqual([['ghcr.io/acme/api', 'cosign-sign']]);
  expect(proofs([push, sign("github.event_name == 'release'")])).toEqual([['ghcr.io/acme/api']]);
});

test('a script that two workflows call is signed only where it is signed', () => {
  const lane = (run: string) =>
    `on: push\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${run}\n`;
  const { publications } = buildGraph(
    documentsOf({
      '.github/workflows/a.yml': lane('make sign'),
      '.github/workflows/b.yml': lane('make push'),
      Makefile:
        'push:\n\tdocker buildx build --push --provenance=false -t ghcr.io/acme/api:1 .\nsign: push\n\tcosign sign ghcr.io/acme/api:1\n',
      Dockerfile: 'FROM scratch\n',
    }),
  );
  const found = publications.map(({ origin, attestations: link }) => [
    origin.workflow?.file.path,
    link.status === 'opaque' ? link.reason : link.target.length,
  ]);
  expect(found).toEqual([
    ['.github/workflows/a.yml', 1],
    ['.github/workflows/b.yml', 0],
  ]);
});

test('a signature by tag is one of the image with that tag, where there is one', () => {
  const push = (tag: string) =>
    `{ run: "docker buildx build --push --provenance=false -t ghcr.io/acme/api:${tag} --target ${tag} ." }`;
  const sign = (tag: string) => `{ run: "cosign sign ghcr.io/acme/api:${tag}" }`;
  expect(proofs([push('main'), push('debug'), sign('main')])).toEqual([
    ['ghcr.io/acme/api', 'cosign-sign'],
    ['ghcr.io/acme/api'],
  ]);
  expect(proofs([push('main'), sign('$TAG')])).toEqual([['ghcr.io/acme/api', 'cosign-sign']]);
});
