import { runExample } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { missingAttestation } from './missing-attestation.ts';

const pushing = (image: string) => ({
  '.github/workflows/release.yml': `on: push
jobs:
  image:
    runs-on: ubuntu-24.04
    env: { DOCKER_BUILDKIT: 0 }
    steps:
      - run: |
          docker build -t ${image} .
          docker push ${image}
`,
  Dockerfile: 'FROM scratch\n',
});

async function findingsOf(image: string, preset: 'recommended' | 'strict') {
  return (await runExample(missingAttestation, pushing(image), { preset })).findings;
}

test('a name that is only known at run time is not shown', async () => {
  const [finding] = await findingsOf('$REGISTRY/api:1.0.0', 'recommended');
  expect(finding?.message).toMatch(/^The image is published with no provenance/);
  expect(finding?.help).toContain('subject-name: <image> ');
});

test('an image for tests is the matter of the strict preset', async () => {
  expect(await findingsOf('ghcr.io/acme/api-e2e:1.0.0', 'recommended')).toEqual([]);
  expect(await findingsOf('ghcr.io/acme/api-e2e:1.0.0', 'strict')).toHaveLength(1);
  expect(await findingsOf('ghcr.io/acme/attestation:1.0.0', 'recommended')).toHaveLength(1);
});

test('the step of another job is not named for the digest of an index', async () => {
  const files = {
    '.github/workflows/release.yml': `on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    outputs: { digest: "\${{ steps.build.outputs.digest }}" }
    steps:
      - id: build
        uses: docker/build-push-action@v7
        with: { outputs: "type=image,name=ghcr.io/acme/api,push-by-digest=true,push=true", provenance: true }
  merge:
    needs: build
    runs-on: ubuntu-24.04
    steps:
      - run: docker buildx imagetools create -t ghcr.io/acme/api:1 ghcr.io/acme/api@\${{ needs.build.outputs.digest }}
`,
    Dockerfile: 'FROM scratch\n',
  };
  const { findings } = await runExample(missingAttestation, files, { preset: 'strict' });
  const merge = findings.find(({ at }) => at.start > files['.github/workflows/release.yml'].indexOf('merge:'));
  expect(merge?.help).toContain('docker buildx imagetools inspect');
  expect(merge?.help).not.toContain('steps.build');
});

test('in an action the name that one caller gives is not shown, and the callers are granted too', async () => {
  const files = {
    '.github/workflows/release.yml':
      'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v6\n      - uses: ./.github/actions/push\n        with: { image: "${{ vars.REGISTRY }}/api" }\n',
    '.github/actions/push/action.yml':
      'name: push\ndescription: pushes\ninputs: { image: { required: true, description: name } }\nruns:\n  using: composite\n  steps:\n    - id: build\n      uses: docker/build-push-action@v7\n      with: { push: true, tags: "${{ inputs.image }}:1" }\n',
    Dockerfile: 'FROM scratch\n',
  };
  const [finding] = (await runExample(missingAttestation, files, { preset: 'strict' })).findings;
  expect(finding?.help).toBe(
    'Add a step "uses: actions/attest" behind it with subject-name: <image> and subject-digest: ${{ steps.build.outputs.digest }}, and grant the job, and each that calls it, id-token: write and attestations: write',
  );
});
