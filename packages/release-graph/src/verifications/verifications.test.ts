import { describe, expect, test } from 'vitest';
import { graphOf, job, run } from '../deployments/deployments.testing.ts';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';

const image = `ghcr.io/acme/api@sha256:${'a'.repeat(64)}`;
const issuer = '--certificate-oidc-issuer https://token.actions.githubusercontent.com';
const identity = '--certificate-identity https://github.com/acme/api/.github/workflows/release.yml@refs/heads/main';

const laxities = (script: string, more = ''): readonly string[] =>
  graphOf(job(run(script), more)).verifications.flatMap((one) => one.laxities.map(({ kind }) => kind));

describe('cosign', () => {
  test.each([
    [`${identity} ${issuer}`, []],
    [`--key cosign.pub`, []],
    [`--key cosign.pub --insecure-ignore-tlog`, ['no-log']],
    [`--key cosign.pub --insecure-ignore-tlog=false`, []],
    [`--key cosign.pub --insecure-ignore-tlog=true --use-signed-timestamps`, []],
    [`${identity} ${issuer} --insecure-ignore-sct`, ['no-certificate-log']],
    [`${identity} ${issuer} --check-claims=false`, ['no-claims']],
    [`${identity} ${issuer} --check-claims=true`, []],
    [identity, ['no-issuer']],
    [issuer, ['no-identity']],
    ['', ['no-identity']],
    [`--certificate-identity-regexp '.*' ${issuer}`, ['any-identity']],
    [`--certificate-identity-regexp='.+' ${issuer}`, ['any-identity']],
    [`--certificate-identity-regexp '^.*$' ${issuer}`, ['any-identity']],
    [`--certificate-identity-regexp 'https://github.com/.*' ${issuer}`, ['any-identity']],
    [`--certificate-identity-regexp '.*' --certificate-oidc-issuer-regexp '.*'`, ['any-identity', 'any-issuer']],
    [`${identity} --certificate-oidc-issuer-regexp '.*'`, ['any-issuer']],
    [`--certificate-identity-regexp '^https://github.com/acme/.*' ${issuer}`, ['owner-only']],
    [`--certificate-identity-regexp 'https://github.com/acme/' ${issuer}`, ['owner-only']],
    [`--certificate-identity-regexp 'https://github.com/acme' ${issuer}`, ['owner-prefix']],
    [`--certificate-identity-regexp '^https://github\\.com/acme/api' ${issuer}`, ['repository-prefix']],
    [`--certificate-identity-regexp '^https://github.com/acme/api/' ${issuer}`, []],
    [
      `--certificate-identity-regexp '^https://github.com/acme/api/.github/workflows/release.yml@refs/tags/v.*' ${issuer}`,
      [],
    ],
    [`--certificate-identity-regexp "https://github.com/$GITHUB_REPOSITORY/.*" ${issuer}`, []],
    [`--certificate-identity-regexp "https://github.com/\${{ github.repository_owner }}/.*" ${issuer}`, ['owner-only']],
    [`--certificate-identity-regexp "$PATTERN" ${issuer}`, []],
    [`--certificate-identity-regexp '^(a|b)@acme.example$' ${issuer}`, []],
    ['$COSIGN_FLAGS', []],
    [`"$@"`, []],
  ])('verify %s', (options, expected) => {
    expect(laxities(`cosign verify ${options} ${image}`)).toEqual(expected);
  });

  test('a pattern that a variable holds', () => {
    const env = '    env: { PATTERN: ".*" }\n';
    expect(laxities(`cosign verify --certificate-identity-regexp "$PATTERN" ${issuer} ${image}`, env)).toEqual([
      'any-identity',
    ]);
  });

  test('attestations and files alike', () => {
    expect(
      laxities(
        `cosign verify-attestation --type slsaprovenance1 --certificate-identity-regexp .\\* ${issuer} ${image}`,
      ),
    ).toEqual(['any-identity']);
    expect(laxities(`cosign verify-blob --bundle b --certificate-identity-regexp '.*' ${issuer} app.tgz`)).toEqual([
      'any-identity',
    ]);
  });
});

describe('gh attestation verify', () => {
  test.each([
    ['--repo acme/api', []],
    ['-R acme/api', []],
    ['--owner acme', ['owner-only']],
    ['-o acme', ['owner-only']],
    ['--owner acme --signer-workflow acme/api/.github/workflows/release.yml', []],
    ['--owner acme --signer-repo acme/api', []],
    ['--owner acme --cert-identity https://github.com/acme/api/.github/workflows/r.yml@refs/heads/main', []],
    [`--owner acme --cert-identity-regex '.*'`, ['any-identity']],
    [`--owner acme --cert-identity-regex '^https://github.com/acme/api/'`, []],
  ])('%s', (options, expected) => {
    expect(laxities(`gh attestation verify oci://${image} ${options}`)).toEqual(expected);
  });
});

test('what swallows a failure is told', () => {
  const swallowed = (steps: string): string | undefined => graphOf(job(steps)).verifications[0]?.swallowed?.label;
  expect(swallowed(run(`cosign verify --key k ${image} || true`))).toBe('a failure goes on here');
  expect(swallowed(run(`cosign verify --key k ${image} || exit 1`))).toBeUndefined();
  expect(swallowed(`- continue-on-error: true\n  run: cosign verify --key k ${image}\n`)).toBe(
    'a failure is passed over',
  );
  expect(swallowed(run(`cosign verify --key k ${image}`))).toBeUndefined();
});

test('a job that tests verifies what nobody runs', () => {
  const workflow = job(run(`cosign verify --certificate-identity-regexp '.*' ${issuer} ${image}`), '', 'e2e');
  expect(graphOf(workflow).verifications).toEqual([]);
});

test('subjects of signatures, by tag or digest', () => {
  const subjects = (script: string): readonly string[] =>
    graphOf(job(run(script))).subjectUses.flatMap((one) =>
      one.subjects.map(({ by, name, identity: written }) =>
        `${one.does} ${name ?? '?'} by ${by} ${written ?? ''}`.trim(),
      ),
    );
  expect(subjects('cosign sign --yes acme/api:1')).toEqual(['sign acme/api by tag 1']);
  expect(subjects('cosign sign --yes acme/api@$(crane digest acme/api:1)')).toEqual([
    'sign acme/api by digest $(crane digest acme/api:1)',
  ]);
  expect(subjects('cosign sign --yes "acme/api@${DIGEST}"')).toEqual(['sign acme/api by digest $DIGEST']);
  expect(subjects('cosign sign --yes acme/api')).toEqual(['sign acme/api by none']);
  expect(subjects('cosign sign --yes $IMAGE')).toEqual(['sign ? by unknown']);
  expect(subjects('for t in 1 2; do cosign sign --yes acme/api:$t; done')).toEqual(['sign acme/api by tag $t']);
  expect(subjects('for i in acme/api:1 acme/web:1; do cosign sign --yes $i; done')).toEqual(['sign ? by tag 1']);
  expect(subjects('for i in acme/api@$A acme/web@$B; do cosign sign --yes "$i"; done')).toEqual(['sign ? by digest']);
  expect(subjects('for i in $(cat images.txt); do cosign sign --yes "$i"; done')).toEqual(['sign ? by unknown']);
  expect(subjects('echo acme/api:1 | xargs -I {} cosign sign --yes {}')).toEqual(['sign acme/api by tag 1']);
  expect(subjects('echo acme/api:1 | xargs -n1 cosign sign --yes')).toEqual(['sign acme/api by tag 1']);
  expect(subjects('echo "$TAGS" | xargs -I {} cosign sign --yes {}@$DIGEST')).toEqual(['sign ? by digest $DIGEST']);
  expect(subjects('cat images.txt | xargs cosign sign --yes')).toEqual([]);
  expect(subjects('cosign sign --yes localhost:5000/api:1')).toEqual([]);
  expect(subjects('notation sign registry.example:5000/api:1')).toEqual(['sign registry.example:5000/api by tag 1']);
  expect(subjects('slsa-verifier verify-image acme/api:1 --source-uri github.com/acme/api')).toEqual([
    'verify acme/api by tag 1',
  ]);
});

describe('scans', () => {
  const scans = (steps: string) =>
    graphOf(job(steps)).scans.map(({ how, of, fails }) => `${how} ${of} ${String(fails)}`);

  test.each([
    [run('trivy image --exit-code 1 acme/api:1'), 'trivy image image true'],
    [run('trivy image acme/api:1'), 'trivy image image false'],
    [run('trivy image --exit-code $CODE acme/api:1'), 'trivy image image unknown'],
    [run('trivy fs .'), 'trivy fs files false'],
    [run('grype acme/api:1 --fail-on high'), 'grype unknown true'],
    [run('snyk container test acme/api:1'), 'snyk container test image true'],
    [
      '- uses: aquasecurity/trivy-action@v1\n  with: { image-ref: "acme/api:1", exit-code: "1" }\n',
      'aquasecurity/trivy-action image true',
    ],
    ['- uses: aquasecurity/trivy-action@v1\n  with: { scan-type: fs }\n', 'aquasecurity/trivy-action files false'],
    ['- uses: anchore/scan-action@v6\n  with: { image: "acme/api:1" }\n', 'anchore/scan-action image true'],
    [
      '- uses: anchore/scan-action@v6\n  with: { image: "acme/api:1", fail-build: false }\n',
      'anchore/scan-action image false',
    ],
  ])('%s', (steps, expected) => {
    expect(scans(steps)).toEqual([expected]);
  });
});

test('hostile patterns and scripts end soon', () => {
  const long = '.*'.repeat(20_000);
  const script = `cosign verify --certificate-identity-regexp '${long}x' ${issuer} ${image}\nsed -i "${'s|'.repeat(20_000)}" a.yaml\nyq -i '${'.a'.repeat(20_000)}' b.yaml\nhelm upgrade a ./b --set ${'{,'.repeat(900)}\n`;
  const graph = buildGraph(documentsOf({ '.github/workflows/a.yml': job(run(script)) }));
  expect(graph.verifications).toHaveLength(1);
  expect(graph.deployments).toHaveLength(1);
});
