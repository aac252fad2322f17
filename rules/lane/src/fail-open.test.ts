import { faultsOf, runExample } from '@plimsoll/rule-tester';
import { describe, expect, test } from 'vitest';
import { failOpen } from './fail-open.ts';

const verify = 'cosign verify --key cosign.pub ghcr.io/acme/base@sha256:4f3b';
const push = 'docker push ghcr.io/acme/api:1.0.0';

/** A workflow whose steps may hold marks. */
function steps(text: string, job = ''): Record<string, string> {
  return {
    '.github/workflows/release.yml': `on: push\njobs:\n  image:\n${job.replace(/^(?=.)/gm, '    ')}    runs-on: ubuntu-24.04\n    steps:\n${text.trim().replace(/^/gm, '      ')}\n`,
  };
}

function script(text: string, extra = ''): Record<string, string> {
  return steps(`- ${extra === '' ? '' : `${extra}\n  `}run: |\n${text.trim().replace(/^/gm, '    ')}`);
}

describe('what stands behind ||', () => {
  test.each([
    ['true', `${verify} || «true»`],
    [':', `${verify} || «:»`],
    ['echo', `${verify} || «echo 'not signed'»`],
    ['exit 0', `${verify} || «exit 0»`],
    ['a group in which nothing fails', `${verify} || { «echo failed»; sleep 1; }`],
    ['with a command behind it', `${verify} || «true»\nmake deploy`],
    ['of several lines', `cosign verify \\\n  --key cosign.pub \\\n  ghcr.io/acme/base@sha256:4f3b \\\n  || «true»`],
    ['of a push in a loop', `for tag in a b; do\n  docker push ghcr.io/acme/api:$tag || «continue»\ndone`],
    ['of a publication', `npm publish || «echo published already»`],
    ['of a signature', `cosign sign --yes ghcr.io/acme/api@sha256:4f3b || «true»`],
    ['behind &&', `${verify} && echo ok || «echo 'not signed'»`],
    ['of a list', `(docker build . && ${push}) || «true»`],
    ['behind sudo and timeout', `sudo timeout 60 ${push} || «true»`],
    ['of an answer that is thrown away', `SIGNED=$(${verify} || «true»)`],
    ['of a build that is pushed later', `docker build -t ghcr.io/acme/api:1.0.0 . || «true»\n${push}`],
  ])('%s swallows', async (_, text) => {
    expect(await faultsOf(failOpen, { ...script(text), 'package.json': '{ "name": "api" }' })).toEqual([]);
  });

  test.each([
    ['exit 1', `${verify} || exit 1`],
    ['a group that fails', `${verify} || { echo failed; exit 1; }`],
    ['a group that fails, of several lines', `${verify} || {\n  echo failed\n  exit 1\n}`],
    ['a subshell that fails', `${verify} || (echo failed; exit 1)`],
    ['a second try', `${push} || { sleep 5; ${push}; }`],
    ['a second try in the list', `${push} || ${push}`],
    ['a status that is kept', `${verify} || status=$?\nexit $status`],
    ['a build that goes nowhere', 'docker build -t test . || true'],
    ['a logout', 'docker logout ghcr.io || true'],
    ['a removal', 'docker image rm api || true'],
    ['a registry of the run', 'docker push localhost:5000/api:1 || true'],
    ['a dry run', 'npm publish --dry-run || true'],
    ['a scan that only reports', `trivy image api || true\n${push}`],
    ['an answer', `SIGNED=$(${verify} && echo yes || echo no)\n[ "$SIGNED" = yes ]`],
    ['a flag', `${verify} || failed=1\nexit $failed`],
    ['a cache', 'docker push ghcr.io/acme/api:buildcache || true'],
    ['a build for the cache', 'docker buildx build --push -t ghcr.io/acme/api/cache:main . || true'],
    ['words in a text', `echo "${verify} || true"`],
  ])('%s does not', async (_, text) => {
    expect(await faultsOf(failOpen, script(text))).toEqual([]);
  });
});

describe('a pipe', () => {
  test.each([
    ['tee', '', `«${verify}» | tee verify.log`],
    ['jq', '', `«${verify}» | jq .`],
    ['sh', 'shell: sh', `«${verify}» | tee verify.log`],
    ['a substitution', '', `DIGEST=$(«${push}» | tail -1)`],
    ['a push of a build', '', '«docker buildx build --push -t ghcr.io/acme/api:1 . 2>&1» | tee build.log'],
    ['pipefail switched off', 'shell: bash', `set +o pipefail\n«${verify}» | tee verify.log`],
  ])('to %s loses the failure', async (_, extra, text) => {
    expect(await faultsOf(failOpen, script(text, extra))).toEqual([]);
  });

  test.each([
    ['pipefail of bash', 'shell: bash', `${verify} | tee verify.log`],
    ['pipefail by set', '', `set -euo pipefail\n${verify} | tee verify.log`],
    ['pipefail by -o', '', `set -o pipefail\n${verify} | tee verify.log`],
    ['a shell of its own', "shell: 'bash -eo pipefail {0}'", `${verify} | tee verify.log`],
    ['PIPESTATUS', '', `${verify} | tee verify.log\nexit \${PIPESTATUS[0]}`],
    ['grep, which fails on nothing', '', `${verify} | grep -q digest`],
    ['jq -e', '', `${verify} | jq -e '.[0]'`],
    ['the last command', '', `echo y | ${verify}`],
    ['PowerShell', 'shell: pwsh', `${verify} | tee verify.log`],
  ])('with %s does not', async (_, extra, text) => {
    expect(await faultsOf(failOpen, script(text, extra))).toEqual([]);
  });

  test('the default shell of the workflow or the job counts', async () => {
    const [path = '', text = ''] = Object.entries(script(`${verify} | tee verify.log`))[0] ?? [];
    expect(await faultsOf(failOpen, { [path]: `defaults: { run: { shell: bash } }\n${text}` })).toEqual([]);
  });

  test('a script that a step calls', async () => {
    expect(
      await faultsOf(failOpen, {
        ...script('./ci/release.sh'),
        'ci/release.sh': `#!/bin/bash\nset -e\n«${push}» | tee push.log\n`,
      }),
    ).toEqual([]);
  });
});

describe('a branch', () => {
  test.each([
    ['that only says so', `if ! «${verify}»; then\n  echo 'not signed'\nfi`],
    ['that only says so, on one line', `if ! «${verify}»; then echo 'not signed'; fi`],
  ])('%s', async (_, text) => {
    expect(await faultsOf(failOpen, script(text))).toEqual([]);
  });

  test.each([
    ['that fails', `if ! ${verify}; then\n  echo 'not signed'\n  exit 1\nfi`],
    ['that does something else', `if ! ${verify}; then\n  make unsigned\nfi`],
    ['that goes on where it holds', `if ${verify}; then\n  make deploy\nfi`],
  ])('not one %s', async (_, text) => {
    expect(await faultsOf(failOpen, script(text))).toEqual([]);
  });
});

test('the command of a step that leads to a script', async () => {
  const files = (call: string) => ({ ...script(call), Makefile: `push:\n\t${push}\n` });
  expect(await faultsOf(failOpen, files('make push || «true»'))).toEqual([]);
  expect(await faultsOf(failOpen, files('«make push» | tee push.log'))).toEqual([]);
  expect(await faultsOf(failOpen, files('make push'))).toEqual([]);
});

describe('errexit', () => {
  test.each([
    ['off', `«set +e»\n${verify}\nmake deploy`],
    ['off by its name', `«set +o errexit»\n${verify}\nmake deploy`],
  ])('%s swallows', async (_, text) => {
    expect(await faultsOf(failOpen, script(text))).toEqual([]);
  });

  test.each([
    ['on again', `set +e\ngrep x y\nset -e\n${verify}\nmake deploy`],
    ['off, and the status is asked for', `set +e\n${verify}\nif [ $? -ne 0 ]; then exit 1; fi`],
    ['off, for the last command', `set +e\n${verify}`],
    ['off, for a condition', `set +e\nif ! ${verify}; then exit 1; fi\nmake`],
  ])('%s does not', async (_, text) => {
    expect(await faultsOf(failOpen, script(text))).toEqual([]);
  });
});

test.each([
  ['echo', `echo "digest=$(«${push}»)" >> $GITHUB_OUTPUT`, []],
  ['export', `export DIGEST=$(«${push}»)`, []],
  ['an assignment', `DIGEST=$(${push})`, []],
  ['a command that needs it', `cosign download sbom $(${push})`, []],
])('a substitution in %s', async (_, text, expected) => {
  expect(await faultsOf(failOpen, script(text))).toEqual(expected);
});

describe('continue-on-error of a step', () => {
  const scan = (rest: string) =>
    `- id: scan\n  uses: aquasecurity/trivy-action@v0.31.0\n${rest}  with: { image-ref: api, exit-code: 1 }\n`;
  const pushing = `- run: ${push}`;

  test.each([
    ['a scan before a push', `${scan('  continue-on-error: «true»\n')}${pushing}`],
    ['a scan behind a push', `${pushing}\n${scan('  continue-on-error: «true»\n')}`],
    [
      'a scan whose end is only told',
      `${scan('  continue-on-error: «true»\n')}- if: steps.scan.outcome == 'failure'\n  run: echo "::warning::findings"\n${pushing}`,
    ],
    [
      'an attestation',
      '- uses: actions/attest@v4\n  continue-on-error: «true»\n  with: { subject-name: ghcr.io/acme/api, subject-digest: "sha256:4f3b" }',
    ],
    [
      'a push',
      '- uses: docker/build-push-action@v7\n  continue-on-error: «true»\n  with: { context: ., push: true, tags: "ghcr.io/acme/api:1" }',
    ],
    ['an expression', `- run: ${verify}\n  continue-on-error: «\${{ true }}»`],
  ])('%s', async (_, text) => {
    expect(await faultsOf(failOpen, { ...steps(text), Dockerfile: 'FROM scratch\n' })).toEqual([]);
  });

  test.each([
    ['a scan with nothing that goes out', scan('  continue-on-error: true\n')],
    [
      'a scan that reports',
      `- uses: aquasecurity/trivy-action@v0.31.0\n  continue-on-error: true\n  with: { image-ref: api }\n${pushing}`,
    ],
    [
      'a step that fails later',
      `${scan('  continue-on-error: true\n')}${pushing}\n- if: steps.scan.outcome == 'failure'\n  run: exit 1`,
    ],
    ['a push that asks', `${scan('  continue-on-error: true\n')}- if: steps.scan.outcome == 'success'\n  run: ${push}`],
    [
      'a second try',
      `- id: first\n  run: ${push}\n  continue-on-error: true\n- if: steps.first.outcome == 'failure'\n  run: ${push}`,
    ],
    [
      'the upload of what was found',
      `- uses: github/codeql-action/upload-sarif@v3\n  continue-on-error: true\n  with: { sarif_file: trivy.sarif }\n${pushing}`,
    ],
    ['a comment', `- uses: peter-evans/create-or-update-comment@v4\n  continue-on-error: true\n${pushing}`],
    ['an expression that may be false', `- run: ${verify}\n  continue-on-error: \${{ matrix.experimental }}`],
    ['false', `- run: ${verify}\n  continue-on-error: false`],
    [
      'a deployment, which leaves what ran',
      '- run: kubectl set image deployment/api api=ghcr.io/acme/api:1\n  continue-on-error: true',
    ],
  ])('not: %s', async (_, text) => {
    expect(await faultsOf(failOpen, { ...steps(text), Dockerfile: 'FROM scratch\n' })).toEqual([]);
  });
});

describe('a step that runs after a failure', () => {
  test.each([
    ['always()', `- run: make test\n- if: «always()»\n  run: ${push}`],
    ['!cancelled()', `- run: make test\n- if: «\${{ !cancelled() }}»\n  run: ${push}`],
    ['success() || failure()', `- run: ${verify}\n- if: «success() || failure()»\n  run: ${push}`],
    [
      'that asks for another step',
      `- id: a\n  run: make\n- run: ${verify}\n- if: «always() && steps.a.outcome == 'success'»\n  run: ${push}`,
    ],
    [
      'that attests',
      '- run: docker build .\n- if: «always()»\n  uses: actions/attest@v4\n  with: { subject-name: ghcr.io/acme/api, subject-digest: "sha256:4f3b" }',
    ],
  ])('%s', async (_, text) => {
    expect(await faultsOf(failOpen, steps(text))).toEqual([]);
  });

  test.each([
    ['a condition on the event', `- run: make test\n- if: github.ref == 'refs/heads/main'\n  run: ${push}`],
    [
      'what asks for the result',
      `- id: build\n  run: docker build -t api .\n- if: always() && steps.build.outcome == 'success'\n  run: ${push}`,
    ],
    ['a notice', `- run: ${push}\n- if: always()\n  uses: slackapi/slack-github-action@v2`],
    ['a clean-up', `- run: ${push}\n- if: always()\n  run: docker logout`],
    ['a scan, which fails all the same', `- run: make test\n- if: always()\n  run: trivy image --exit-code 1 api`],
    ['what only runs after a failure', `- run: make test\n- if: failure()\n  run: docker push ghcr.io/acme/debug:1`],
    [
      'a failure that is hidden before',
      `- run: trivy image api\n  continue-on-error: true\n- if: always()\n  run: ${push}`,
    ],
    ['the first step', `- if: always()\n  run: ${push}`],
  ])('not: %s', async (_, text) => {
    expect(await faultsOf(failOpen, steps(text))).toEqual([]);
  });
});

test('a verification that is lax as well is told by the rule on that', async () => {
  const lax =
    "cosign verify --certificate-identity-regexp '.*' --certificate-oidc-issuer https://x ghcr.io/acme/api@sha256:4f3b";
  expect(await faultsOf(failOpen, script(`${lax} || true`))).toEqual([]);
});

test('a cluster of the job itself is for tests', async () => {
  const text = `- uses: helm/kind-action@v1\n- run: ${push} || true`;
  expect(await faultsOf(failOpen, steps(text))).toEqual([]);
});

test('the messages name the tools and the jobs', async () => {
  const { findings } = await runExample(failOpen, {
    '.github/workflows/release.yml': `on: push\njobs:\n  verify:\n    runs-on: x\n    steps: [{ run: '${verify} || true' }]\n  deploy:\n    needs: verify\n    if: always()\n    runs-on: x\n    steps: [{ run: kubectl set image deployment/api api=ghcr.io/acme/api@sha256:4f3b }]\n`,
  });
  expect(findings.map(({ message }) => message)).toEqual([
    'The failure of cosign verify is passed over: what did not pass goes on all the same',
    'The job deploy runs kubectl set image even when a job before it failed',
  ]);
  expect(findings[1]?.help).toContain("needs.verify.result == 'success'");
});
