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
