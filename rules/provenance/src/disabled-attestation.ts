import { defineRule, publishedSubject } from '@plimsoll/core';
import type { Publication } from '@plimsoll/core';

export const disabledAttestation = defineRule({
  id: 'provenance/disabled-attestation',
  summary: 'The provenance of an image that is published is switched off.',
  why: 'BuildKit records by itself from which commit and with which inputs it built. A switch or an exporter that drops the record leaves an image of which nobody can tell where it comes from.',
  limits:
    'It speaks of images that are pushed, and not where another attestation covers the digest or where a step that is not understood may attest it. In the recommended preset a signature of cosign counts as proof too.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['SLSA v1.1 Build L1: provenance exists', 'Docker: Provenance attestations'],
  visits: 'publication',
  options: {
    tests: { description: 'Also report images that are named as made for tests.', default: false, strict: true },
    signatures: {
      description: 'A signature alone is enough: do not report an image that is signed and has no provenance.',
      default: true,
      strict: false,
    },
  },
  examples: {
    bad: [
      {
        '.github/workflows/release.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          push: true\n          provenance: «false»\n          tags: ghcr.io/acme/api:1.0.0\n',
        Dockerfile: 'FROM scratch\n',
      },
      {
        '.github/workflows/release.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    env:\n      BUILDX_NO_DEFAULT_ATTESTATIONS: «1»\n    steps:\n      - run: docker buildx build --push -t ghcr.io/acme/api:1.0.0 .\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
    good: [
      {
        '.github/workflows/release.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          push: true\n          provenance: mode=max\n          tags: ghcr.io/acme/api:1.0.0\n',
        Dockerfile: 'FROM scratch\n',
      },
      {
        '.github/workflows/release.yml':
          'on: push\npermissions: { packages: write, id-token: write, attestations: write }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - id: push\n        uses: docker/build-push-action@v7\n        with:\n          push: true\n          provenance: false\n          tags: ghcr.io/acme/api:1.0.0\n      - uses: actions/attest@v4\n        with:\n          subject-name: ghcr.io/acme/api\n          subject-digest: ${{ steps.push.outputs.digest }}\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
  },
  check(publication, report, { signatures, tests }) {
    const { switches, range, forTests } = publication;
    if ((forTests && !tests) || mayBeAttested(publication, signatures)) return;
    for (const { at, label } of switches) {
      report({
        at,
        message: `${publishedSubject(publication)} published without the provenance that BuildKit makes: ${label}`,
        help: 'Take the switch out or write "provenance: mode=max" (--provenance=mode=max), and push from the build itself; where a host refuses an index, add a step "uses: actions/attest" for the digest',
        related: [{ at: range, label: 'it is pushed here' }],
        same: `${at.file.path}:${at.start}`,
      });
    }
  },
});

/** A script that no workflow calls attests only what it says itself. */
function mayBeAttested({ attestations, site }: Publication, signatures: boolean): boolean {
  if (attestations.status === 'opaque') return site === 'workflow' || site === 'action';
  return attestations.target.some(({ kind, signed }) => signed && (signatures || kind !== 'cosign-sign'));
}
