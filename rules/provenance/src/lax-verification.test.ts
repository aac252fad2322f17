import { runExample } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { laxVerification } from './lax-verification.ts';

const issuer = '--certificate-oidc-issuer https://token.actions.githubusercontent.com';

async function findings(script: string) {
  const files = {
    '.github/workflows/deploy.yml': `on: push
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: |
${script.replace(/^/gm, '          ')}
`,
  };
  return (await runExample(laxVerification, files)).findings;
}

test('all that is wrong with one verification is one finding, at the first of it', async () => {
  const [finding, ...others] = await findings(
    "cosign verify ghcr.io/acme/api:1 \\\n  --certificate-identity-regexp '.*' \\\n  --certificate-oidc-issuer-regexp '.*' \\\n  --insecure-ignore-tlog || true",
  );
  expect(others).toEqual([]);
  expect(finding?.message).toBe(
    'cosign verify accepts whoever signed, accepts an identity that any issuer vouches for and does not look into the transparency log, and looks its image up by a tag, and the lane goes on when it fails',
  );
  expect(finding && finding.at.file.positionAt(finding.at.start).line).toBe(8);
  expect(finding?.related.map(({ label }) => label)).toEqual([
    'accepts an identity that any issuer vouches for',
    'does not look into the transparency log',
    'the tag',
    'a failure goes on here',
  ]);
});

test('a tag alone, and a swallowed failure alone, are told by others', async () => {
  expect(await findings('gh attestation verify oci://ghcr.io/acme/api:1 --repo acme/api')).toEqual([]);
  expect(await findings('cosign verify --key k "ghcr.io/acme/api@$DIGEST" || true')).toEqual([]);
});

test.each([
  [
    `--certificate-identity-regexp '^https://github.com/acme/' ${issuer}`,
    'accepts what any repository of the owner made',
  ],
  [
    `--certificate-identity-regexp 'https://github.com/acme' ${issuer}`,
    'accepts every owner whose name starts like this one, which anyone can register',
  ],
  [
    `--certificate-identity-regexp 'https://github.com/acme/api' ${issuer}`,
    'accepts every repository whose name starts like this one',
  ],
  [
    '--certificate-identity https://github.com/acme/api/.github/workflows/r.yml@refs/heads/main',
    'names no issuer, so that anyone could vouch for the identity, or it fails',
  ],
  ['--key k --insecure-ignore-tlog', 'does not look into the transparency log'],
])('cosign verify %s', async (options, fault) => {
  const [finding] = await findings(`cosign verify ${options} "ghcr.io/acme/api@$DIGEST"`);
  expect(finding?.message).toBe(`cosign verify ${fault}`);
});

test('what the help proposes demands enough', async () => {
  const [finding] = await findings(
    `cosign verify --certificate-identity-regexp '.*' ${issuer} "ghcr.io/acme/api@$DIGEST"`,
  );
  const proposed = finding?.help?.replace('Write ', '').replace(' and ', ' ') ?? '';
  expect(await findings(`cosign verify ${proposed} "ghcr.io/acme/api@$DIGEST"`)).toEqual([]);
});

test('files are verified as strictly, and have no tag', async () => {
  const [finding] = await findings(
    `cosign verify-blob --bundle b.json --certificate-identity-regexp '.*' ${issuer} app.tgz`,
  );
  expect(finding?.message).toBe('cosign verify-blob accepts whoever signed');
});
