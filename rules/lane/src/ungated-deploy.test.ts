import { runExample } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { ungatedDeploy } from './ungated-deploy.ts';

const deploying = (steps: string): Readonly<Record<string, string>> => ({
  '.github/workflows/deploy.yml': `on: push
jobs:
  production:
    runs-on: ubuntu-24.04
    environment: production
    steps:
${steps.replace(/^/gm, '      ')}
`,
});

async function messages(steps: string) {
  return (await runExample(ungatedDeploy, deploying(steps))).findings.map(({ message }) => message);
}

const verify = '- run: gh attestation verify "oci://ghcr.io/acme/api@$DIGEST" --repo acme/api';
const deploy = '- run: kubectl set image deploy/api "api=ghcr.io/acme/api@$DIGEST"';

test('of several images the one that nothing verifies is named', async () => {
  expect(
    await messages(
      `${verify}\n- run: kubectl set image deploy/api "api=ghcr.io/acme/api@$DIGEST" "web=ghcr.io/acme/web@$OTHER"`,
    ),
  ).toEqual([
    'kubectl set image deploys ghcr.io/acme/api and ghcr.io/acme/web, and nothing verifies ghcr.io/acme/web: whoever can push the image can deploy it',
  ]);
});

test('the workflow that deploys is not proposed as the one that signed', async () => {
  const [finding] = (await runExample(ungatedDeploy, deploying(deploy))).findings;
  expect(finding?.help).toContain('--signer-workflow "$GITHUB_REPOSITORY/.github/workflows/<the one that publishes>"');
});

test('what the help proposes is a gate', async () => {
  const [finding] = (await runExample(ungatedDeploy, deploying(deploy))).findings;
  expect(finding?.help).toContain('gh attestation verify "oci://ghcr.io/acme/api@$DIGEST"');
  const proposed = /^Run before it: (.*), with "(GH_TOKEN: .*)" in the "env:" of the step$/.exec(finding?.help ?? '');
  const gate = `- env:\n    ${proposed?.[2]}\n  run: |\n    ${proposed?.[1]}`;
  expect(await messages(`${gate}\n${deploy}`)).toEqual([]);
});

test.each([
  '- uses: actions/deploy-pages@v4',
  '- run: terraform apply -auto-approve',
  '- run: kubectl rollout status deploy/api',
  '- run: kubectl create namespace shop',
  '- run: helm upgrade --install ingress ingress-nginx/ingress-nginx',
  '- run: flyctl deploy --remote-only',
])('nothing with a digest is deployed by %s', async (steps) => {
  expect(await messages(steps)).toEqual([]);
});

test('a step whose name says that it verifies, and which is not understood, may be the gate', async () => {
  expect(await messages(`- uses: acme/verify-image@v1\n${deploy}`)).toEqual([]);
});
