import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph } from './index.ts';
import type { Digest, DigestUse } from './index.ts';

const workflow = (jobs: string, on = 'push') => ({
  '.github/workflows/release.yml': `on: ${on}\njobs:\n${jobs}`,
  Dockerfile: 'FROM scratch\n',
});

const graphOf = (files: Readonly<Record<string, string>>) => buildGraph(documentsOf(files));

const summary = ({ by, of, names, places, fate }: Digest) => ({
  by,
  of,
  names,
  places: places.map((place) =>
    place.kind === 'output'
      ? `${place.step ?? 'no id'}.${place.name}`
      : place.kind === 'file'
        ? place.path
        : place.kind,
  ),
  fate: fate.status,
});

const useSummary = ({ written, wants, digest }: DigestUse) => ({
  written,
  wants,
  digest:
    digest.status === 'resolved' ? digest.target.map((one) => `${one.by} of ${one.names.join(' ')}`) : digest.status,
});

const image = `  image:
    runs-on: x
    outputs:
      digest: \${{ steps.push.outputs.digest }}
    steps:
      - id: push
        uses: docker/build-push-action@v6
        with:
          platforms: linux/amd64,linux/arm64
          push: true
          tags: ghcr.io/acme/api:1.0.0
`;

test('a build that pushes gives the digest of an index where it is for several platforms', () => {
  const { digests } = graphOf(workflow(image));
  expect(digests.map(summary)).toEqual([
    { by: 'build', of: 'index', names: ['ghcr.io/acme/api'], places: ['push.digest'], fate: 'kept' },
  ]);
});

test('it is followed through the outputs of the job to each use, which says what for', () => {
  const deploy = `  deploy:
    needs: image
    runs-on: x
    env:
      DIGEST: \${{ needs.image.outputs.digest }}
    steps:
      - run: cosign sign --yes ghcr.io/acme/api@\${{ needs.image.outputs.digest }}
      - run: kubectl set image deployment/api api=ghcr.io/acme/api@\${{ env.DIGEST }}
      - uses: actions/attest@v4
        with:
          subject-name: ghcr.io/acme/api
          subject-digest: \${{ needs.image.outputs.digest }}
`;
  const { digests, digestUses } = graphOf(workflow(image + deploy));
  const resolved = ['build of ghcr.io/acme/api'];
  expect(digestUses.map(useSummary)).toEqual([
    { written: 'steps.push.outputs.digest', wants: 'output', digest: resolved },
    { written: 'needs.image.outputs.digest', wants: 'other', digest: resolved },
    { written: 'needs.image.outputs.digest', wants: 'signature', digest: resolved },
    { written: 'env.DIGEST', wants: 'deployment', digest: resolved },
    { written: 'needs.image.outputs.digest', wants: 'attestation', digest: resolved },
  ]);
  expect(digests[0]?.reads.map(({ label }) => label)).toHaveLength(5);
});

test('the merge gives the digest that is published; those of the platforms are parts of it', () => {
  const jobs = `  image:
    runs-on: x
    strategy: { matrix: { platform: [linux/amd64, linux/arm64] } }
    steps:
      - id: push
        uses: docker/build-push-action@v6
        with:
          platforms: \${{ matrix.platform }}
          outputs: type=image,name=ghcr.io/acme/api,push-by-digest=true,push=true
      - run: touch digests/\${{ steps.push.outputs.digest }}
  merge:
    needs: image
    runs-on: x
    steps:
      - run: docker buildx imagetools create --metadata-file index.json -t ghcr.io/acme/api:1 $(printf 'ghcr.io/acme/api@%s ' *)
`;
  const { digests, publications } = graphOf(workflow(jobs));
  expect(digests.map(summary)).toEqual([
    { by: 'merge', of: 'index', names: ['ghcr.io/acme/api'], places: ['index.json'], fate: 'kept' },
    { by: 'build', of: 'platform', names: ['ghcr.io/acme/api'], places: ['push.digest'], fate: 'kept' },
  ]);
  expect(digests[0]?.publication).toBe(publications[0]);
  expect(digests[1]?.publication).toBeUndefined();
  expect(digests[1]?.mergedAt?.at.start).toBe(digests[0]?.range.start);
});

test('a script hands on what it reads of a metadata file, or asks a registry', () => {
  const jobs = `  image:
    runs-on: x
    steps:
      - id: build
        run: |
          docker buildx build --push --metadata-file meta.json -t ghcr.io/acme/api:1 .
          echo "digest=$(jq -r '."containerimage.digest"' meta.json)" >> "$GITHUB_OUTPUT"
      - id: ask
        run: |
          D=$(crane digest ghcr.io/acme/other:1)
          echo "digest=$D" >> "$GITHUB_OUTPUT"
      - run: echo \${{ steps.build.outputs.digest }} \${{ steps.ask.outputs.digest }} \${{ steps.no.outputs.digest }}
`;
  expect(graphOf(workflow(jobs)).digestUses.map(useSummary)).toEqual([
    { written: 'steps.build.outputs.digest', wants: 'other', digest: ['build of ghcr.io/acme/api'] },
    { written: 'steps.ask.outputs.digest', wants: 'other', digest: ['inspect of ghcr.io/acme/other'] },
    { written: 'steps.no.outputs.digest', wants: 'other', digest: 'dangling' },
  ]);
});

test('a workflow that is called twice gives one digest of both names', () => {
  const called = `on:
  workflow_call:
    inputs: { name: { type: string } }
    outputs: { digest: { value: "\${{ jobs.image.outputs.digest }}" } }
jobs:
${image.replace('acme/api', 'acme/${{ inputs.name }}')}`;
  const caller = (id: string) => `  ${id}:\n    uses: ./.github/workflows/build.yml\n    with: { name: ${id} }\n`;
  const use = `  use:\n    needs: [api, web]\n    runs-on: x\n    steps:\n      - run: echo \${{ needs.api.outputs.digest }}\n`;
  const { digests, digestUses } = graphOf({
    ...workflow(caller('api') + caller('web') + use),
    '.github/workflows/build.yml': called,
  });
  expect(digests.map(({ names }) => names)).toEqual([['ghcr.io/acme/api', 'ghcr.io/acme/web']]);
  expect(digestUses.map(({ digest }) => digest.status)).toEqual(['resolved', 'resolved', 'resolved']);
});

test('circles of outputs, actions and jobs end', () => {
  const files = {
    ...workflow(
      '  a:\n    needs: b\n    outputs: { digest: "${{ needs.b.outputs.digest }}" }\n    runs-on: x\n    steps: [{ id: x, uses: ./loop }]\n' +
        '  b:\n    needs: a\n    outputs: { digest: "${{ needs.a.outputs.digest }}" }\n    uses: ./.github/workflows/release.yml\n',
      '[push, workflow_call]',
    ),
    'loop/action.yml':
      'outputs: { digest: { value: "${{ steps.y.outputs.digest }}" } }\nruns: { using: composite, steps: [{ id: y, uses: ./loop }] }\n',
  };
  const graph = graphOf(files);
  expect(graph.digests).toEqual([]);
  expect(graph.digestUses.every(({ digest }) => digest.status !== 'resolved')).toBe(true);
});
