import { faultsOf, runExample } from '@plimsoll/rule-tester';
import { describe, expect, test } from 'vitest';
import { failOpen } from './fail-open.ts';

const verify = 'cosign verify --key cosign.pub ghcr.io/acme/base@sha256:4f3b';

describe('a job that runs after a failure', () => {
  const jobs = (deploy: string, verifying = `- run: ${verify}`) => ({
    '.github/workflows/release.yml': `on: push\njobs:\n  lint:\n    runs-on: ubuntu-24.04\n    steps: [{ run: make lint }]\n  verify:\n    runs-on: ubuntu-24.04\n    steps:\n      ${verifying}\n  deploy:\n    needs: [lint, verify]\n${deploy.replace(/^/gm, '    ')}\n    runs-on: ubuntu-24.04\n    steps:\n      - run: kubectl set image deployment/api api=ghcr.io/acme/api@sha256:4f3b\n`,
  });

  test.each([
    ['if: «always()»'],
    ['if: «${{ !cancelled() }}»'],
    ["if: «always() && needs.lint.result == 'success'»"],
    ["if: «always() && github.ref == 'refs/heads/main'»"],
    ['if: «!cancelled()»'],
    ['if: «>-»\n  always()'],
  ])('%s', async (deploy) => {
    expect(await faultsOf(failOpen, jobs(deploy))).toEqual([]);
  });

  test.each([
    ["if: always() && needs.verify.result == 'success'"],
    ["if: ${{ !cancelled() && needs.verify.result != 'failure' }}"],
    ["if: ${{ always() && !contains(needs.*.result, 'failure') }}"],
    ['if: ${{ !failure() && !cancelled() }}'],
    ['if: success()'],
    ["if: github.ref == 'refs/heads/main'"],
    ['if: failure()'],
  ])('not: %s', async (deploy) => {
    expect(await faultsOf(failOpen, jobs(deploy))).toEqual([]);
  });

  test('one that nothing releases in', async () => {
    const { findings } = await runExample(failOpen, {
      '.github/workflows/ci.yml': `on: push\njobs:\n  a:\n    runs-on: x\n    steps: [{ run: '${verify}' }]\n  b:\n    needs: a\n    if: always()\n    runs-on: x\n    steps: [{ run: 'curl -d done https://chat.example' }]\n`,
    });
    expect(findings).toEqual([]);
  });

  test('a job further up counts, also in a called workflow', async () => {
    expect(
      await faultsOf(failOpen, {
        '.github/workflows/release.yml': `on: push\njobs:\n  image: { uses: ./.github/workflows/image.yml }\n  note:\n    needs: image\n    if: always()\n    runs-on: x\n    steps: [{ run: echo }]\n  deploy:\n    needs: note\n    if: «always()»\n    uses: ./.github/workflows/deploy.yml\n`,
        '.github/workflows/image.yml': `on: workflow_call\njobs:\n  image:\n    runs-on: x\n    steps: [{ run: '${verify}' }]\n`,
        '.github/workflows/deploy.yml':
          'on: workflow_call\njobs:\n  deploy:\n    runs-on: x\n    steps: [{ run: kubectl set image deployment/api api=ghcr.io/acme/api@sha256:4f3b }]\n',
      }),
    ).toEqual([]);
  });

  test('continue-on-error of a job', async () => {
    const workflow = (setting: string, needs = 'needs: verify\n    ') => ({
      '.github/workflows/release.yml': `on: push\njobs:\n  verify:\n    continue-on-error: ${setting}\n    runs-on: x\n    steps: [{ run: '${verify}' }]\n  deploy:\n    ${needs}runs-on: x\n    steps: [{ run: kubectl set image deployment/api api=ghcr.io/acme/api@sha256:4f3b }]\n`,
    });
    expect(await faultsOf(failOpen, workflow('«true»'))).toEqual([]);
    expect(await faultsOf(failOpen, workflow('true', ''))).toEqual([]);
    expect(await faultsOf(failOpen, workflow('${{ vars.LAX }}'))).toEqual([]);
  });
});

describe('the generator of SLSA', () => {
  const workflow = (setting: string, more = '') => ({
    '.github/workflows/release.yml': `on: push\njobs:\n  provenance:\n    uses: slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@v2.1.0\n    with:\n      image: ghcr.io/acme/api\n      digest: sha256:4f3b\n      continue-on-error: ${setting}\n${more}`,
  });

  test('that continues on error', async () => {
    expect(await faultsOf(failOpen, workflow('«true»'))).toEqual([]);
  });

  test('that does not, or whose outcome is asked for', async () => {
    expect(await faultsOf(failOpen, workflow('false'))).toEqual([]);
    const asks =
      "  judge:\n    needs: provenance\n    if: needs.provenance.outputs.outcome != 'success'\n    runs-on: x\n    steps: [{ run: exit 1 }]\n";
    expect(await faultsOf(failOpen, workflow('true', asks))).toEqual([]);
  });
});
