import { runExample } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { unprotectedEnvironment } from './unprotected-environment.ts';

const job = (id: string, steps: string, more = ''): string =>
  `  ${id}:\n    runs-on: ubuntu-24.04\n${more}    steps:\n${steps.replace(/^/gm, '      ')}\n`;

async function found(jobs: string, on = 'push') {
  const files = { '.github/workflows/deploy.yml': `on: ${on}\njobs:\n${jobs}` };
  const { findings } = await runExample(unprotectedEnvironment, files);
  return findings.map(({ message }) => message.split(' and ')[0]);
}

const deploy = '- run: kubectl apply -k overlays/production';

test('a job is told once, whatever it deploys', async () => {
  expect(await found(job('production', `${deploy}\n- run: kubectl rollout restart deploy/api`))).toEqual([
    'Job production deploys with kubectl apply',
  ]);
  expect(await found(job('eu', deploy) + job('us', deploy))).toHaveLength(2);
});

test('an environment that an input names is one', async () => {
  expect(
    await found(job('production', deploy, '    environment: ${{ inputs.environment }}\n'), 'workflow_call'),
  ).toEqual([]);
  expect(
    await found(job('production', deploy, '    environment: { name: production, url: "https://acme.example" }\n')),
  ).toEqual([]);
});

test.each([
  '- run: kubectl get pods',
  '- run: helm template api ./chart',
  '- run: kind create cluster && kubectl apply -f k8s',
  '- run: docker compose up -d && npm test',
  '- run: terraform plan',
])('nothing is deployed by %s', async (steps) => {
  expect(await found(job('check', steps))).toEqual([]);
});

test('sites and infrastructure are deployed as well', async () => {
  expect(await found(job('site', '- run: npx wrangler deploy'))).toEqual(['Job site deploys with wrangler deploy']);
  expect(await found(job('infra', '- run: terraform apply -auto-approve'))).toEqual([
    'Job infra deploys with terraform apply',
  ]);
});
