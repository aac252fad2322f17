import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph } from './index.ts';
import type { Publication } from './index.ts';

const publicationsOf = (files: Record<string, string>) => buildGraph(documentsOf(files)).publications;

const workflow = (steps: string, job = '') =>
  `on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n${job}    steps:\n${steps.replace(/^/gm, '      ').trimEnd()}\n`;

const push =
  '- id: push\n  uses: docker/build-push-action@v6\n  with:\n    context: .\n    push: true\n    tags: ghcr.io/acme/api:1\n';

const attested = (steps: string, more: Record<string, string> = {}) => {
  const [publication] = publicationsOf({
    '.github/workflows/a.yml': workflow(steps),
    Dockerfile: 'FROM scratch\n',
    ...more,
  });
  return publication && summary(publication);
};

const summary = ({ names, attestations }: Publication) => ({
  names,
  status: attestations.status,
  kinds: attestations.status === 'opaque' ? attestations.reason : attestations.target.map((one) => one.kind),
});

test('with setup-buildx-action a build that pushes has the provenance of BuildKit', () => {
  expect(attested(`- uses: docker/setup-buildx-action@v3\n${push}`)).toEqual({
    names: ['ghcr.io/acme/api'],
    status: 'resolved',
    kinds: ['buildkit'],
  });
});

test('without it the builder is not known, and so whether it attests by default', () => {
  expect(attested(push)).toMatchObject({ status: 'partial', kinds: ['buildkit'] });
});

test('before version 4 the action attests nothing by itself', () => {
  expect(attested(`- uses: docker/setup-buildx-action@v2\n${push.replace('@v6', '@v3')}`)).toMatchObject({
    status: 'resolved',
    kinds: [],
  });
});

test('provenance that is asked for is there; one that is turned off is not, and says where', () => {
  expect(attested(`${push}    provenance: mode=max\n`)).toMatchObject({ status: 'resolved', kinds: ['buildkit'] });
  const [publication] = publicationsOf({
    '.github/workflows/a.yml': workflow(`${push}    provenance: false\n`),
    Dockerfile: 'FROM scratch\n',
  });
  expect(publication?.attestations).toEqual({ status: 'resolved', target: [] });
  expect(publication?.disabledBy?.label).toBe('provenance is turned off here');
});

test('actions/attest covers the digest of the step that it reads', () => {
  const attest =
    '- uses: actions/attest@v4\n  with:\n    subject-name: ${{ vars.NAME }}\n    subject-digest: ${{ steps.push.outputs.digest }}\n';
  expect(attested(push + attest)).toMatchObject({ status: 'resolved', kinds: ['actions-attest', 'buildkit'] });
});

test('an attestation in a job behind reads the digest through the outputs', () => {
  const files = {
    '.github/workflows/a.yml': `on: push
jobs:
  image:
    runs-on: x
    outputs:
      digest: \${{ steps.push.outputs.digest }}
    steps:
${push.replace(/^/gm, '      ').trimEnd()}
  proof:
    needs: image
    uses: slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@v2.1.0
    with:
      image: ghcr.io/acme/other-name
      digest: \${{ needs.image.outputs.digest }}
`,
    Dockerfile: 'FROM scratch\n',
  };
  expect(publicationsOf(files).map(summary)).toMatchObject([
    { status: 'resolved', kinds: ['slsa-generator', 'buildkit'] },
  ]);
});

test('an attestation of an SBOM is no provenance', () => {
  expect(
    attested(
      `${push}    provenance: true\n- uses: actions/attest@v4\n  with: { sbom-path: s.json, subject-name: ghcr.io/acme/api, subject-digest: "\${{ steps.push.outputs.digest }}" }\n`,
    ),
  ).toMatchObject({ kinds: ['buildkit'] });
});

test('a called workflow of another repository that is given the image may attest it', () => {
  const files = {
    '.github/workflows/a.yml': `${workflow(push, '    outputs: { digest: "${{ steps.push.outputs.digest }}" }\n')}  proof:\n    needs: image\n    uses: acme/platform/.github/workflows/attest.yml@v1\n    with: { digest: "\${{ needs.image.outputs.digest }}" }\n`,
    Dockerfile: 'FROM scratch\n',
  };
  expect(publicationsOf(files).map(summary)).toMatchObject([
    { status: 'opaque', kinds: 'acme/platform/.github/workflows/attest.yml@v1 is given the image and may attest it' },
  ]);
});

test('a registry on localhost is none', () => {
  expect(attested(push.replace('ghcr.io/acme/api:1', 'localhost:5000/api:1'))).toBeUndefined();
});

test('names are read through env, matrix and metadata-action', () => {
  const steps = `- id: meta
  uses: docker/metadata-action@v5
  with:
    images: |
      \${{ env.REGISTRY }}/\${{ github.repository }}
      acme/api
    tags: type=semver,pattern={{version}}
${push.replace('ghcr.io/acme/api:1', '${{ steps.meta.outputs.tags }}')}`;
  const [publication] = publicationsOf({
    '.github/workflows/a.yml': workflow(steps, '    env: { REGISTRY: ghcr.io }\n'),
    Dockerfile: 'FROM scratch\n',
  });
  expect(publication?.names).toEqual(['ghcr.io/${{ github.repository }}', 'acme/api']);
});

test('docker build and docker push are one publication, at the push; the daemon keeps no provenance', () => {
  const publications = publicationsOf({
    '.github/workflows/a.yml': workflow(
      '- run: |\n    docker build -t ghcr.io/acme/api:$GITHUB_REF_NAME -t ghcr.io/acme/api:latest api\n    docker push ghcr.io/acme/api:$GITHUB_REF_NAME\n    docker push ghcr.io/acme/api:latest',
    ),
    'api/Dockerfile': 'FROM scratch\n',
  });
  expect(publications.map(summary)).toEqual([{ names: ['ghcr.io/acme/api'], status: 'resolved', kinds: [] }]);
  expect(publications[0]?.range.file.positionAt(publications[0].range.start).line).toBe(8);
  expect(publications[0]?.build?.context).toMatchObject({ target: { folder: 'api' } });
});

test('a build in one script and a push in another are linked through docker tag', () => {
  const publications = publicationsOf({
    '.github/workflows/a.yml': workflow(
      '- run: docker build -t api .\n- run: docker tag api "$IMAGE:1"\n- run: docker push "$IMAGE:1"',
      '    env: { IMAGE: ghcr.io/acme/api }\n',
    ),
    Dockerfile: 'FROM scratch\n',
  });
  expect(publications.map((one) => [one.names, one.build?.range.file.path])).toEqual([
    [['ghcr.io/acme/api'], '.github/workflows/a.yml'],
  ]);
});

test('what is pushed but not built in the lane may be attested where it is built', () => {
  expect(attested('- run: docker pull quay.io/acme/api && docker push ghcr.io/acme/api:1')).toMatchObject({
    status: 'opaque',
  });
});

test('platforms that are pushed by digest and put together are one publication', () => {
  const files = {
    '.github/workflows/a.yml': `on: push
env: { IMAGE: ghcr.io/acme/api }
jobs:
  build:
    strategy: { matrix: { platform: [linux/amd64, linux/arm64] } }
    runs-on: x
    steps:
      - uses: docker/setup-buildx-action@v3
      - id: build
        uses: docker/build-push-action@v6
        with:
          platforms: \${{ matrix.platform }}
          outputs: type=image,name=\${{ env.IMAGE }},push-by-digest=true,name-canonical=true,push=true
  merge:
    needs: build
    runs-on: x
    steps:
      - id: merge
        run: |
          docker buildx imagetools create -t "$IMAGE:1" $(printf "$IMAGE@sha256:%s " *)
          echo "digest=$(docker buildx imagetools inspect $IMAGE:1 --format '{{.Manifest.Digest}}')" >> "$GITHUB_OUTPUT"
      - uses: actions/attest@v4
        with:
          subject-name: \${{ env.IMAGE }}
          subject-digest: \${{ steps.merge.outputs.digest }}
`,
    Dockerfile: 'FROM scratch\n',
  };
  const publications = publicationsOf(files);
  expect(publications.map(summary)).toEqual([
    { names: ['ghcr.io/acme/api'], status: 'resolved', kinds: ['actions-attest', 'buildkit'] },
  ]);
  expect(publications[0]?.builds).toHaveLength(1);
});

test('another tag for a published digest is no publication of its own', () => {
  const steps = `${push}- run: docker buildx imagetools create -t ghcr.io/acme/api:production ghcr.io/acme/api@\${{ steps.push.outputs.digest }}\n`;
  const publications = publicationsOf({ '.github/workflows/a.yml': workflow(steps), Dockerfile: 'FROM scratch\n' });
  expect(publications.map(({ copied }) => copied)).toEqual([undefined, true]);
});

test('cosign attest covers by name and digest; a loop whose subject is not known leaves it open', () => {
  const env = '  env: { DIGEST: "${{ steps.push.outputs.digest }}", TAGS: "${{ steps.meta.outputs.tags }}" }\n';
  expect(
    attested(
      `${push}    provenance: false\n- run: cosign attest --yes --type slsaprovenance --predicate p.json "ghcr.io/acme/api@$DIGEST"\n${env}`,
    ),
  ).toMatchObject({ kinds: ['cosign-attest'] });
  expect(
    attested(`${push}    provenance: false\n- run: echo "$TAGS" | xargs -I {} cosign sign --yes {}@$DIGEST\n${env}`)
      ?.kinds,
  ).toContain('cosign-sign');
});

test('a push in a Makefile belongs to the step that calls it; alone it is outside of any lane', () => {
  const make =
    'IMAGE ?= ghcr.io/acme/api\nimage:\n\tdocker build -t $(IMAGE):$(TAG) .\npublish: image\n\tdocker push $(IMAGE):$(TAG)\n';
  const called = publicationsOf({
    '.github/workflows/a.yml': workflow('- run: make publish TAG=1'),
    Makefile: make,
    Dockerfile: 'FROM scratch\n',
  });
  expect(called.map((one) => [summary(one), one.origin.job?.id])).toEqual([
    [{ names: ['ghcr.io/acme/api'], status: 'resolved', kinds: [] }, 'image'],
  ]);
  const alone = publicationsOf({ Makefile: make, Dockerfile: 'FROM scratch\n' });
  expect(alone.map((one) => [summary(one), one.origin.job])).toEqual([
    [
      { names: ['ghcr.io/acme/api'], status: 'opaque', kinds: 'it is published by a script, outside of any workflow' },
      undefined,
    ],
  ]);
});

test('npm publish has provenance where it is asked for, or where trusted publishing brings it', () => {
  const npm = (steps: string, job = '', more: Record<string, string> = {}) =>
    publicationsOf({
      '.github/workflows/a.yml': workflow(steps, job),
      'package.json': '{ "name": "@acme/lib" }',
      ...more,
    }).map(summary);
  const token = '- run: npm publish\n  env: { NODE_AUTH_TOKEN: "${{ secrets.NPM_TOKEN }}" }';
  expect(npm(token)).toEqual([{ names: ['@acme/lib'], status: 'resolved', kinds: [] }]);
  expect(npm(token.replace('publish', 'publish --provenance'))).toMatchObject([{ kinds: ['registry'] }]);
  expect(
    npm(token, '', { 'package.json': '{ "name": "lib", "publishConfig": { "provenance": true } }' }),
  ).toMatchObject([{ kinds: ['registry'] }]);
  expect(npm('- run: npm publish', '    permissions: { id-token: write }\n')).toMatchObject([{ kinds: ['registry'] }]);
  expect(npm('- run: npm publish --dry-run')).toEqual([]);
});

test('pypi-publish attests as a trusted publisher, and not with a password', () => {
  const pypi = (input = '') => attested(`- uses: pypa/gh-action-pypi-publish@release/v1${input}\n`);
  expect(pypi()).toMatchObject({ kinds: ['registry'] });
  expect(pypi('\n  with: { password: "${{ secrets.PYPI }}" }')).toMatchObject({ status: 'resolved', kinds: [] });
});
