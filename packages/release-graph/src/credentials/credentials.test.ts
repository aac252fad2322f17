import { textOf } from '@plimsoll/documents';
import { describe, expect, test } from 'vitest';
import { job, told, usesOf } from './uses.testing.ts';

describe('inputs of actions', () => {
  test('static keys are marked at the first of them, and the help keeps the other inputs of the step', () => {
    const [use, ...others] = usesOf(
      job(`
- uses: aws-actions/configure-aws-credentials@v6
  with:
    aws-region: eu-central-1
    aws-access-key-id: \${{ secrets.KEY_ID }}
    aws-secret-access-key: \${{ secrets.KEY }}
    role-session-name: site`),
    );
    expect(others).toEqual([]);
    expect(use).toMatchObject({
      provider: 'AWS',
      form: 'static',
      name: 'aws-access-key-id',
      alternative: { kind: 'oidc', permission: true },
    });
    expect(use?.secrets.map(({ text }) => text)).toEqual(['secrets.KEY_ID', 'secrets.KEY']);
    expect(use && textOf(use.range)).toBe('aws-access-key-id: ${{ secrets.KEY_ID }}');
    expect(use?.alternative.help).toContain(
      'with:\n  role-to-assume: arn:aws:iam::<account>:role/<role>\n  aws-region: eu-central-1\n  role-session-name: site',
    );
    expect(use?.alternative.help).toContain('id-token: write');
    expect(use?.alternative.help).not.toContain('secrets.KEY');
  });

  test('a job that has the permission is not told to get it', () => {
    const steps = '- uses: azure/login@v3\n  with: { creds: "${{ secrets.AZURE_CREDENTIALS }}" }';
    expect(usesOf(job(steps))[0]?.alternative.help).toContain('id-token');
    expect(usesOf(job(steps, 'permissions: { id-token: write }'))[0]?.alternative.help).not.toContain('id-token');
  });

  test('keys beside a role are static all the same', () => {
    expect(
      told(
        job(`
- uses: aws-actions/configure-aws-credentials@v6
  with: { role-to-assume: 'arn:aws:iam::1:role/x', aws-access-key-id: '\${{ vars.ID }}', aws-secret-access-key: '\${{ secrets.KEY }}' }`),
      ),
    ).toEqual(["static AWS oidc: aws-access-key-id: '${{ vars.ID }}'"]);
  });

  test('ids that are kept in secrets are no keys, nor is what an OIDC login hands on', () => {
    expect(
      told(
        job(`
- uses: aws-actions/configure-aws-credentials@v6
  with: { role-to-assume: '\${{ secrets.ROLE }}', aws-region: eu-west-1 }
- id: auth
  uses: rust-lang/crates-io-auth-action@v1
- run: cargo publish
  env:
    CARGO_REGISTRY_TOKEN: \${{ steps.auth.outputs.token }}`),
      ).map((text) => text.split(':')[0]),
    ).toEqual(['keyless AWS oidc', 'keyless crates.io oidc']);
  });

  test('an action that no table knows is judged by inputs whose names leave no doubt', () => {
    expect(
      told(job('- uses: acme/upload@v1\n  with: { aws_access_key_id: "${{ secrets.A }}", bucket: site }')),
    ).toEqual(['static AWS oidc: aws_access_key_id: "${{ secrets.A }}"']);
    expect(
      told(
        job('- uses: acme/notify@v1\n  with: { webhook: "${{ secrets.SLACK_WEBHOOK }}", token: "${{ secrets.X }}" }'),
      ),
    ).toEqual([]);
  });

  test('a composite action is told at its own input, once, with what its callers hand over', () => {
    const files = {
      '.github/workflows/a.yml': job(`
- uses: ./deploy
  with: { key: '\${{ secrets.GCP_KEY }}' }
- uses: ./deploy
  with: { key: '\${{ secrets.GCP_KEY }}' }`),
      'deploy/action.yml':
        'name: deploy\ndescription: x\ninputs:\n  key: { required: true }\nruns:\n  using: composite\n  steps:\n    - uses: google-github-actions/auth@v3\n      with:\n        credentials_json: ${{ inputs.key }}\n',
    };
    const [use, ...others] = usesOf(files);
    expect(others).toEqual([]);
    expect(use?.range.file.path).toBe('deploy/action.yml');
    expect(use?.secrets.map(({ text }) => text)).toEqual(['secrets.GCP_KEY']);
  });

  test('a called workflow is judged by the secrets that it is handed', () => {
    const files = (secret: string) => ({
      '.github/workflows/a.yml': `on: push\njobs:\n  call:\n    uses: ./.github/workflows/b.yml\n    secrets:\n      password: ${secret}\n`,
      '.github/workflows/b.yml': `on: { workflow_call: { secrets: { password: { required: true } } } }\n${job('- uses: docker/login-action@v4\n  with: { registry: quay.io, username: bot, password: "${{ secrets.password }}" }').replace('on: push\n', '')}`,
    });
    expect(told(files('${{ secrets.QUAY }}'))).toHaveLength(1);
    expect(told(files('${{ github.token }}'))).toEqual([]);
  });
});

describe('container registries', () => {
  const login = (registry: string, username: string, password = '${{ secrets.P }}') =>
    told(
      job(
        `- uses: docker/login-action@v4\n  with:\n    registry: ${registry}\n    username: ${username}\n    password: ${password}`,
      ),
    )[0]?.split(': ')[0];

  test.each([
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', '${{ secrets.ID }}', 'static AWS oidc'],
    ['${{ vars.ACCOUNT }}.dkr.ecr.eu-west-1.amazonaws.com', '${{ secrets.ID }}', 'static AWS oidc'],
    ['europe-docker.pkg.dev', '_json_key', 'static Google Cloud oidc'],
    ['gcr.io', '_json_key_base64', 'static Google Cloud oidc'],
    ['acme.azurecr.io', 'push', 'static Azure oidc'],
    ['${{ secrets.ACR_LOGIN_SERVER }}', '${{ secrets.ACR_USER }}', 'static Azure oidc'],
    ['acme.jfrog.io', 'bot', 'static JFrog oidc'],
    ['docker.io', 'acme', 'static Docker Hub limited'],
    ['quay.io', 'acme+bot', 'static Quay limited'],
    ['ghcr.io', 'jane', undefined],
    ['registry.acme.example', 'bot', undefined],
    ['${{ vars.REGISTRY }}', 'bot', undefined],
  ])('%s as %s: %s', (registry, username, expected) => {
    expect(login(registry, username)).toBe(expected);
  });

  test('an action that no table knows, with a registry and a password for it', () => {
    const push = (registry: string) =>
      told(
        job(`- uses: acme/push-chart@v1\n  with: { registry: ${registry}, registry_password: '\${{ secrets.P }}' }`),
      );
    expect(push('quay.io')).toEqual(["static Quay limited: registry_password: '${{ secrets.P }}'"]);
    expect(push('charts.acme.example')).toEqual([]);
  });

  test('tokens of the run are keyless', () => {
    expect(login('europe-docker.pkg.dev', 'oauth2accesstoken', '${{ steps.auth.outputs.access_token }}')).toBe(
      'keyless Google Cloud oidc',
    );
    expect(login('ghcr.io', '${{ github.actor }}', '${{ secrets.GITHUB_TOKEN }}')).toBeUndefined();
    const hub = job(
      '- uses: docker/login-action@v4\n  env: { DOCKERHUB_OIDC_CONNECTIONID: "${{ vars.ID }}" }\n  with: { username: acme }',
    );
    expect(told(hub)).toEqual(['keyless Docker Hub limited: DOCKERHUB_OIDC_CONNECTIONID: "${{ vars.ID }}"']);
  });

  test('no registry is Docker Hub, and the help for ECR keeps the registry', () => {
    expect(
      told(job('- uses: docker/login-action@v4\n  with: { username: acme, password: "${{ secrets.HUB }}" }')),
    ).toEqual(['static Docker Hub limited: password: "${{ secrets.HUB }}"']);
    const [use] = usesOf(
      job(
        '- uses: docker/login-action@v4\n  with: { registry: 123456789012.dkr.ecr.eu-west-1.amazonaws.com, username: "${{ secrets.A }}", password: "${{ secrets.B }}" }',
      ),
    );
    expect(use?.name).toBe('username');
    expect(use?.alternative.help).toContain('registry: 123456789012.dkr.ecr.eu-west-1.amazonaws.com');
  });
});

describe('variables', () => {
  test('a variable of the step is marked, its value decides', () => {
    const step = (value: string) =>
      told(job(`- run: aws s3 sync . s3://site\n  env:\n    AWS_SECRET_ACCESS_KEY: ${value}`));
    expect(step('${{ secrets.KEY }}')).toEqual(['static AWS oidc: AWS_SECRET_ACCESS_KEY: ${{ secrets.KEY }}']);
    expect(step('test')).toEqual([]);
    expect(step('${{ steps.creds.outputs.aws-secret-access-key }}')).toEqual([]);
  });

  test('one of the job or the workflow counts once, for the steps that use it', () => {
    const env = 'env:\n  AWS_ACCESS_KEY_ID: ${{ secrets.ID }}\n  AWS_SECRET_ACCESS_KEY: ${{ secrets.KEY }}';
    const steps = '- run: terraform plan\n- run: terraform apply';
    expect(told(job(steps, env))).toEqual(['static AWS oidc: AWS_ACCESS_KEY_ID: ${{ secrets.ID }}']);
    expect(told(`${env}\n${job(steps)}`)).toEqual(['static AWS oidc: AWS_ACCESS_KEY_ID: ${{ secrets.ID }}']);
    expect(told(job('- uses: actions/checkout@v6', env))).toEqual([]);
  });

  test('storage which only speaks the protocol of S3 is not AWS', () => {
    const step = (more: string, run = 'aws s3 ls') =>
      told(
        job(
          `- run: ${run}\n  env:\n    AWS_ACCESS_KEY_ID: \${{ secrets.A }}\n    AWS_SECRET_ACCESS_KEY: \${{ secrets.B }}${more}`,
        ),
      );
    expect(step('')).toHaveLength(1);
    expect(step('\n    AWS_ENDPOINT_URL: https://r2.example')).toEqual([]);
    expect(step('', 'aws s3 ls --endpoint-url https://minio.example')).toEqual([]);
    expect(told(job('- run: aws s3 ls\n  env: { AWS_SECRET_ACCESS_KEY: "${{ secrets.R2_SECRET }}" }'))).toEqual([]);
  });

  test('secrets of other services are nobody’s key here', () => {
    expect(
      told(
        job(
          '- run: ./test.sh\n  env: { SLACK_WEBHOOK: "${{ secrets.A }}", CODECOV_TOKEN: "${{ secrets.B }}", GH_TOKEN: "${{ secrets.C }}", SONAR_TOKEN: "${{ secrets.D }}" }',
        ),
      ),
    ).toEqual([]);
  });

  test('where no keyless login is known, a job tells the same secret once', () => {
    const step = '- run: flyctl deploy\n  env: { FLY_API_TOKEN: "${{ secrets.FLY }}" }\n';
    expect(told(job(step + step))).toEqual(['static Fly.io none: FLY_API_TOKEN: "${{ secrets.FLY }}"']);
  });
});
