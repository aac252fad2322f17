import { runExample } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { signedByTag } from './signed-by-tag.ts';

const signing = (script: string): Readonly<Record<string, string>> => ({
  '.github/workflows/release.yml': `on: push
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - id: meta
        uses: docker/metadata-action@v6
        with: { images: ghcr.io/acme/api, tags: "type=sha" }
      - id: push
        uses: docker/build-push-action@v7
        with: { push: true, tags: "\${{ steps.meta.outputs.tags }}" }
      - env:
          TAGS: \${{ steps.meta.outputs.tags }}
          DIGEST: \${{ steps.push.outputs.digest }}
        run: |
${script.replace(/^/gm, '          ')}
`,
  Dockerfile: 'FROM scratch\n',
});

async function findings(script: string) {
  return (await runExample(signedByTag, signing(script))).findings;
}

test.each([
  'for tag in ${TAGS}; do\n  cosign sign --yes "${tag}@${DIGEST}"\ndone',
  'images=""\nfor tag in ${TAGS}; do images+="${tag}@${DIGEST} "; done\ncosign sign --yes ${images}',
  'echo "${TAGS}" | xargs -I {} cosign sign --yes {}@${DIGEST}',
  'cosign sign --yes "$(cat image-ref.txt)"',
  'cosign sign-blob --yes --bundle b.json checksums.txt',
  'cosign verify --key k localhost:5000/api:1',
])('by digest, or not known: %s', async (script) => {
  expect(await findings(script)).toEqual([]);
});

test('the digest of the same lane is what to write', async () => {
  const [finding] = await findings('cosign sign --yes ghcr.io/acme/api:1.0.0');
  expect(finding?.message).toMatch(/^cosign sign names ghcr.io\/acme\/api by the tag 1.0.0: it signs whatever/);
  expect(finding?.help).toBe('Write ghcr.io/acme/api@${{ steps.push.outputs.digest }}');
});

test('tags that another step made are told as such', async () => {
  const [finding] = await findings('cosign sign --yes ${TAGS}');
  expect(finding?.message).toContain('ghcr.io/acme/api by the tag ');
});

test('a verification which is lax as well is told by provenance/lax-verification', async () => {
  expect(await findings('gh attestation verify oci://ghcr.io/acme/api:1 --owner acme')).toEqual([]);
  const [finding] = await findings('gh attestation verify oci://ghcr.io/acme/api:1 --repo acme/api');
  expect(finding?.help).toBe('Write oci://ghcr.io/acme/api@${{ steps.push.outputs.digest }}');
});
