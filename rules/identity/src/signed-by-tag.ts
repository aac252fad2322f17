import { defineRule } from '@plimsoll/core';
import type { Subject, SubjectUse } from '@plimsoll/core';

export const signedByTag = defineRule({
  id: 'identity/signed-by-tag',
  summary: 'A signature, an attestation or a verification names its image by a tag.',
  why: 'The tag is looked up when the command runs. It may name another image than the one that was built, and another one again when it is deployed: what is proved is not what runs.',
  limits:
    'A reference of which nothing is known before the run is not judged. Where a verification is lax in other ways too, provenance/lax-verification says all of it.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['Sigstore: Signing containers, "sign the digest"', 'slsa-verifier: Verifying container images'],
  visits: 'subjectUse',
  examples: {
    bad: [
      {
        '.github/workflows/release.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    permissions: { packages: write, id-token: write }\n    steps:\n      - id: push\n        uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/api:1.0.0\n      - run: cosign sign --yes «ghcr.io/acme/api:1.0.0»\n',
        Dockerfile: 'FROM scratch\n',
      },
      {
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  verify:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: gh attestation verify «oci://ghcr.io/acme/api:1.0.0» --repo acme/api\n',
      },
    ],
    good: [
      {
        '.github/workflows/release.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    permissions: { packages: write, id-token: write }\n    steps:\n      - id: push\n        uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/api:1.0.0\n      - env:\n          DIGEST: ${{ steps.push.outputs.digest }}\n        run: cosign sign --yes "ghcr.io/acme/api@$DIGEST"\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
  },
  check(use, report) {
    if (use.of !== 'image' || use.lax) return;
    for (const subject of use.subjects) {
      if (subject.by !== 'tag' && subject.by !== 'none') continue;
      report({
        at: subject.range,
        message: `${use.how} names ${nameOf(subject)} by ${identityOf(subject)}: ${CONSEQUENCES[use.does]}`,
        help: helpFor(use, subject),
        related: subject.through,
      });
    }
  },
});

const CONSEQUENCES = {
  sign: 'it signs whatever the tag names when the command runs, which need not be what was built',
  attest: 'it attests whatever the tag names when the command runs, which need not be what was built',
  verify: 'what is verified now need not be what the tag names when it is pulled',
} as const;

function nameOf({ name }: Subject): string {
  return name ?? 'the image';
}

function identityOf({ by, identity }: Subject): string {
  if (by === 'none') return 'no tag, which means latest';
  return identity === undefined ? 'a tag' : `the tag ${identity}`;
}

function helpFor({ how }: SubjectUse, { name, digest }: Subject): string {
  const scheme = how === 'gh attestation verify' ? 'oci://' : '';
  const at = digest ?? 'the digest of the push';
  return `Write ${scheme}${name ?? '<image>'}@${digest ?? 'sha256:<digest>'}${digest === undefined ? `, with ${at}` : ''}`;
}
