import { defineRule, formatList, sentence } from '@plimsoll/core';
import type { Laxity, Verification } from '@plimsoll/core';

export const laxVerification = defineRule({
  id: 'provenance/lax-verification',
  summary: 'A verification accepts what others could have made.',
  why: 'A check which any workflow of an owner, or anyone at all, can pass says nothing of where an image was built. It looks like a gate and is none.',
  limits:
    'An identity that is put together in the run is not judged, nor are policies in files (CUE, Rego, the trust policy of notation) and admission controllers. Where the tag is the only fault identity/signed-by-tag speaks, and lane/fail-open where a swallowed result is.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: [
    'Sigstore: Verifying signatures, identity-based verification',
    'GitHub CLI manual: gh attestation verify',
    'SLSA v1.1: Verifying artifacts, check expectations',
  ],
  visits: 'verification',
  examples: {
    bad: [
      {
        '.github/workflows/deploy.yml':
          'on: workflow_dispatch\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    env:\n      GH_TOKEN: ${{ github.token }}\n    steps:\n      - run: gh attestation verify "oci://ghcr.io/acme/api@$DIGEST" «--owner acme»\n',
      },
      {
        '.github/workflows/deploy.yml':
          'on: workflow_dispatch\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: cosign verify "ghcr.io/acme/api@$DIGEST" «--certificate-identity-regexp \'.*\'» --certificate-oidc-issuer https://token.actions.githubusercontent.com\n',
      },
    ],
    good: [
      {
        '.github/workflows/deploy.yml':
          'on: workflow_dispatch\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    env:\n      GH_TOKEN: ${{ github.token }}\n    steps:\n      - run: gh attestation verify "oci://ghcr.io/acme/api@$DIGEST" --repo acme/api --signer-workflow acme/api/.github/workflows/release.yml\n',
      },
    ],
  },
  check(verification, report) {
    const { how, laxities, of, subjects, swallowed } = verification;
    const [first] = laxities;
    if (!first) return;
    const byTag = of === 'image' ? subjects.find(({ by }) => by === 'tag' || by === 'none') : undefined;
    const faults = [...new Set(laxities.map(({ kind }) => FAULTS[kind]))];
    report({
      at: first.at,
      ...(laxities.every(({ kind }) => kind === 'repository-prefix') && !byTag && { severity: 'warning' }),
      message: sentence(
        `${how} ${formatList(faults, faults.length)}${byTag ? ', and looks its image up by a tag' : ''}${swallowed ? ', and the lane goes on when it fails' : ''}`,
      ),
      help: helpFor(verification, first),
      related: [
        ...laxities
          .slice(1)
          .flatMap(({ at, kind }) => (at.start === first.at.start ? [] : [{ at, label: FAULTS[kind] }])),
        ...(byTag ? [{ at: byTag.range, label: 'the tag' }] : []),
        ...(swallowed ? [swallowed] : []),
      ],
    });
  },
});

const FAULTS: Readonly<Record<Laxity['kind'], string>> = {
  'owner-only': 'accepts what any repository of the owner made',
  'owner-prefix': 'accepts every owner whose name starts like this one, which anyone can register',
  'repository-prefix': 'accepts every repository whose name starts like this one',
  'any-identity': 'accepts whoever signed',
  'no-identity': 'names no identity, so that it proves nothing of who signed, or fails',
  'any-issuer': 'accepts an identity that any issuer vouches for',
  'no-issuer': 'names no issuer, so that anyone could vouch for the identity, or it fails',
  'no-log': 'does not look into the transparency log',
  'no-certificate-log': 'does not ask whether the certificate was logged',
  'no-claims': 'does not compare the signed digest with the image',
};

const ISSUER = '--certificate-oidc-issuer https://token.actions.githubusercontent.com';

function helpFor({ how, origin }: Verification, { kind, written }: Laxity): string {
  if (how.startsWith('gh '))
    return 'Name the repository and the workflow that builds it: --repo OWNER/REPOSITORY --signer-workflow OWNER/REPOSITORY/.github/workflows/FILE.yml';
  if (kind === 'any-issuer' || kind === 'no-issuer') return `Write ${ISSUER}`;
  if (kind === 'no-log' || kind === 'no-certificate-log' || kind === 'no-claims')
    return `Leave ${written ?? 'it'} out${origin.job ? ' of this job' : ''}: a signature of the public instance is in the log, and one with a key can carry a signed timestamp (--use-signed-timestamps)`;
  return `Write --certificate-identity https://github.com/OWNER/REPOSITORY/.github/workflows/FILE.yml@refs/heads/main and ${ISSUER}`;
}
