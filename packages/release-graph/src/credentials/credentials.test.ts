import { textOf } from '@plimsoll/documents';
import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';
import type { CredentialUse } from '../index.ts';

/** A workflow with one job; `steps` and `job` are YAML at no indentation. */
function job(steps: string, settings = ''): string {
  const indent = (text: string, by: string): string => text.trim().replace(/^/gm, by);
  const more = settings === '' ? '' : `${indent(settings, '    ')}\n`;
  return `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n${more}    steps:\n${indent(steps, '      ')}\n`;
}

function usesOf(files: string | Record<string, string>): readonly CredentialUse[] {
  return buildGraph(documentsOf(typeof files === 'string' ? { '.github/workflows/a.yml': files } : files)).credentialUses;
}

/** `static AWS oidc: aws-access-key-id: …` */
function told(files: string | Record<string, string>): readonly string[] {
  return usesOf(files).map(({ form, provider, alternative, range }) => `${form} ${provider} ${alternative.kind}: ${textOf(range)}`);
}

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
    expect(use).toMatchObject({ provider: 'AWS', form: 'static', name: 'aws-access-key-id', alternative: { kind: 'oidc', permission: true } });
    expect(use?.secrets.map(({ text }) => text)).toEqual(['secrets.KEY_ID', 'secrets.KEY']);
    expect(use && textOf(use.range)).toBe('aws-access-key-id: ${{ secrets.KEY_ID }}');
    expect(use?.alternative.help).toContain('with:\n  role-to-assume: arn:aws:iam::<account>:role/<role>\n  aws-region: eu-central-1\n  role-session-name: site');
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
    expect(told(job('- uses: acme/upload@v1\n  with: { aws_access_key_id: "${{ secrets.A }}", bucket: site }'))).toEqual([
      'static AWS oidc: aws_access_key_id: "${{ secrets.A }}"',
    ]);
    expect(told(job('- uses: acme/notify@v1\n  with: { webhook: "${{ secrets.SLACK_WEBHOOK }}", token: "${{ secrets.X }}" }'))).toEqual([]);
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
    told(job(`- uses: docker/login-action@v4\n  with:\n    registry: ${registry}\n    username: ${username}\n    password: ${password}`))[0]?.split(': ')[0];

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
    const push = (registry: string) => told(job(`- uses: acme/push-chart@v1\n  with: { registry: ${registry}, registry_password: '\${{ secrets.P }}' }`));
    expect(push('quay.io')).toEqual(["static Quay limited: registry_password: '${{ secrets.P }}'"]);
    expect(push('charts.acme.example')).toEqual([]);
  });

  test('tokens of the run are keyless', () => {
    expect(login('europe-docker.pkg.dev', 'oauth2accesstoken', '${{ steps.auth.outputs.access_token }}')).toBe('keyless Google Cloud oidc');
    expect(login('ghcr.io', '${{ github.actor }}', '${{ secrets.GITHUB_TOKEN }}')).toBeUndefined();
    const hub = job('- uses: docker/login-action@v4\n  env: { DOCKERHUB_OIDC_CONNECTIONID: "${{ vars.ID }}" }\n  with: { username: acme }');
    expect(told(hub)).toEqual(['keyless Docker Hub limited: DOCKERHUB_OIDC_CONNECTIONID: "${{ vars.ID }}"']);
  });

  test('no registry is Docker Hub, and the help for ECR keeps the registry', () => {
    expect(told(job('- uses: docker/login-action@v4\n  with: { username: acme, password: "${{ secrets.HUB }}" }'))).toEqual([
      'static Docker Hub limited: password: "${{ secrets.HUB }}"',
    ]);
    const [use] = usesOf(job('- uses: docker/login-action@v4\n  with: { registry: 123456789012.dkr.ecr.eu-west-1.amazonaws.com, username: "${{ secrets.A }}", password: "${{ secrets.B }}" }'));
    expect(use?.name).toBe('username');
    expect(use?.alternative.help).toContain('registry: 123456789012.dkr.ecr.eu-west-1.amazonaws.com');
  });
});

describe('variables', () => {
  test('a variable of the step is marked, its value decides', () => {
    const step = (value: string) => told(job(`- run: aws s3 sync . s3://site\n  env:\n    AWS_SECRET_ACCESS_KEY: ${value}`));
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
      told(job(`- run: ${run}\n  env:\n    AWS_ACCESS_KEY_ID: \${{ secrets.A }}\n    AWS_SECRET_ACCESS_KEY: \${{ secrets.B }}${more}`));
    expect(step('')).toHaveLength(1);
    expect(step('\n    AWS_ENDPOINT_URL: https://r2.example')).toEqual([]);
    expect(step('', 'aws s3 ls --endpoint-url https://minio.example')).toEqual([]);
    expect(told(job('- run: aws s3 ls\n  env: { AWS_SECRET_ACCESS_KEY: "${{ secrets.R2_SECRET }}" }'))).toEqual([]);
  });

  test('secrets of other services are nobody’s key here', () => {
    expect(told(job('- run: ./test.sh\n  env: { SLACK_WEBHOOK: "${{ secrets.A }}", CODECOV_TOKEN: "${{ secrets.B }}", GH_TOKEN: "${{ secrets.C }}", SONAR_TOKEN: "${{ secrets.D }}" }'))).toEqual([]);
  });

  test('where no keyless login is known, a job tells the same secret once', () => {
    const step = '- run: flyctl deploy\n  env: { FLY_API_TOKEN: "${{ secrets.FLY }}" }\n';
    expect(told(job(step + step))).toEqual(['static Fly.io none: FLY_API_TOKEN: "${{ secrets.FLY }}"']);
  });
});

describe('commands', () => {
  const run = (script: string, env = '') => told(job(`- run: ${script}${env === '' ? '' : `\n  env: { ${env} }`}`));
  const password = "P: '${{ secrets.P }}'";

  test('logins to registries, with the password as an option, through a pipe or a here-string', () => {
    expect(run('docker login -u acme -p "$P"', password)).toEqual(['static Docker Hub limited: -p "$P"']);
    expect(run('echo "$P" | docker login quay.io -u acme --password-stdin', password)).toEqual(['static Quay limited: "$P"']);
    expect(run('docker login -u acme --password-stdin acme.azurecr.io <<< "$P"', password)).toEqual(['static Azure oidc: "$P"']);
    expect(run('echo ${{ secrets.P }} | helm registry login -u x --password-stdin europe-docker.pkg.dev')).toEqual(['static Google Cloud oidc: ${{ secrets.P }}']);
    expect(run('echo "$P" | docker login ghcr.io -u acme --password-stdin', password)).toEqual([]);
    expect(run('echo "$P" | docker login -u acme --password-stdin', "P: '${{ github.token }}'")).toEqual([]);
  });

  test('a password that a login of the run gives is no key', () => {
    expect(run('aws ecr get-login-password | docker login -u AWS --password-stdin 123456789012.dkr.ecr.eu-west-1.amazonaws.com')).toEqual([]);
    expect(run('gcloud auth print-access-token | docker login -u oauth2accesstoken --password-stdin europe-docker.pkg.dev')).toEqual([]);
  });

  test('publications with the credential among their options', () => {
    expect(run('twine upload -p "$P" dist/*', password)).toEqual(['static PyPI oidc: -p "$P"']);
    expect(run('twine upload --repository-url https://pypi.acme.example -p "$P" dist/*', password)).toEqual([]);
    expect(run('dotnet nuget push a.nupkg -k ${{ secrets.K }} -s https://api.nuget.org/v3/index.json')).toEqual(['static NuGet oidc: -k ${{ secrets.K }}']);
    expect(run('dotnet nuget push a.nupkg -k ${{ secrets.K }} -s https://nuget.pkg.github.com/acme/index.json')).toEqual([]);
    expect(run('cargo publish --token ${{ secrets.K }}')).toEqual(['static crates.io oidc: --token ${{ secrets.K }}']);
  });

  test('logins of the clouds’ tools', () => {
    expect(run('az login --service-principal -u "$ID" -p "$P" --tenant "$T"', password)).toEqual(['static Azure oidc: -p "$P"']);
    expect(run('az login --identity')).toEqual([]);
    expect(told(job("- run: |\n    echo \"$P\" > key.json\n    gcloud auth activate-service-account --key-file=key.json\n  env: { P: '${{ secrets.P }}' }"))).toEqual(['static Google Cloud oidc: "$P"']);
    expect(run('vercel deploy --prod --token="$P"', password)).toEqual(['static Vercel none: --token="$P"']);
  });

  test('a step is told once, for what is best replaced', () => {
    expect(told(job(`- run: |\n    docker login -u acme -p "$P"\n    aws s3 ls\n  env: { P: '\${{ secrets.P }}', AWS_SECRET_ACCESS_KEY: '\${{ secrets.K }}' }`))).toEqual([
      "static AWS oidc: AWS_SECRET_ACCESS_KEY: '${{ secrets.K }}'",
    ]);
  });
});

describe('npm', () => {
  const step = (run: string, before = '') => told(job(`${before}- run: ${run}\n  env:\n    NODE_AUTH_TOKEN: \${{ secrets.NPM_TOKEN }}`));
  const setup = (registry: string) => `- uses: actions/setup-node@v6\n  with: { registry-url: '${registry}' }\n`;

  test('a token to read private packages is none to publish', () => {
    expect(step('npm ci')).toEqual([]);
    expect(step('npm run release')).toEqual(['static npm oidc: NODE_AUTH_TOKEN: ${{ secrets.NPM_TOKEN }}']);
    expect(step('npx semantic-release@24')).toHaveLength(1);
    expect(step('npx semantic-release --dry-run')).toEqual([]);
    expect(step('pnpm changeset publish')).toHaveLength(1);
    expect(step('./scripts/publish.sh')).toHaveLength(1);
    expect(step('pnpm install')).toEqual([]);
    expect(step('npx changeset publish')).toHaveLength(1);
  });

  test('GitHub’s and private registries take no trusted publisher', () => {
    expect(step('npx changeset publish', setup('https://npm.pkg.github.com'))).toEqual([]);
    expect(step('npx changeset publish', setup('https://registry.npmjs.org'))).toHaveLength(1);
  });

  test('a token that one step writes down for another that publishes counts', () => {
    const write = '- run: echo "//registry.npmjs.org/:_authToken=$NPM_TOKEN" > .npmrc\n  env: { NPM_TOKEN: "${{ secrets.NPM_TOKEN }}" }\n';
    expect(told(job(`${write}- run: npm ci`))).toEqual([]);
    expect(told(job(`${write}- run: yarn run release`))).toEqual(['static npm oidc: NPM_TOKEN: "${{ secrets.NPM_TOKEN }}"']);
  });
});
