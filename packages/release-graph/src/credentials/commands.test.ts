import { describe, expect, test } from 'vitest';
import { job, told } from './uses.testing.ts';

describe('commands', () => {
  const run = (script: string, env = '') => told(job(`- run: ${script}${env === '' ? '' : `\n  env: { ${env} }`}`));
  const password = "P: '${{ secrets.P }}'";

  test('logins to registries, with the password as an option, through a pipe or a here-string', () => {
    expect(run('docker login -u acme -p "$P"', password)).toEqual(['static Docker Hub limited: -p "$P"']);
    expect(run('echo "$P" | docker login quay.io -u acme --password-stdin', password)).toEqual([
      'static Quay limited: "$P"',
    ]);
    expect(run('docker login -u acme --password-stdin acme.azurecr.io <<< "$P"', password)).toEqual([
      'static Azure oidc: "$P"',
    ]);
    expect(run('echo ${{ secrets.P }} | helm registry login -u x --password-stdin europe-docker.pkg.dev')).toEqual([
      'static Google Cloud oidc: ${{ secrets.P }}',
    ]);
    expect(run('echo "$P" | docker login ghcr.io -u acme --password-stdin', password)).toEqual([]);
    expect(run('echo "$P" | docker login -u acme --password-stdin', "P: '${{ github.token }}'")).toEqual([]);
  });

  test('a password that a login of the run gives is no key', () => {
    expect(
      run(
        'aws ecr get-login-password | docker login -u AWS --password-stdin 123456789012.dkr.ecr.eu-west-1.amazonaws.com',
      ),
    ).toEqual([]);
    expect(
      run('gcloud auth print-access-token | docker login -u oauth2accesstoken --password-stdin europe-docker.pkg.dev'),
    ).toEqual([]);
  });

  test('publications with the credential among their options', () => {
    expect(run('twine upload -p "$P" dist/*', password)).toEqual(['static PyPI oidc: -p "$P"']);
    expect(run('twine upload --repository-url https://pypi.acme.example -p "$P" dist/*', password)).toEqual([]);
    expect(run('dotnet nuget push a.nupkg -k ${{ secrets.K }} -s https://api.nuget.org/v3/index.json')).toEqual([
      'static NuGet oidc: -k ${{ secrets.K }}',
    ]);
    expect(
      run('dotnet nuget push a.nupkg -k ${{ secrets.K }} -s https://nuget.pkg.github.com/acme/index.json'),
    ).toEqual([]);
    expect(run('cargo publish --token ${{ secrets.K }}')).toEqual(['static crates.io oidc: --token ${{ secrets.K }}']);
  });

  test('logins of the clouds’ tools', () => {
    expect(run('az login --service-principal -u "$ID" -p "$P" --tenant "$T"', password)).toEqual([
      'static Azure oidc: -p "$P"',
    ]);
    expect(run('az login --identity')).toEqual([]);
    expect(
      told(
        job(
          '- run: |\n    echo "$P" > key.json\n    gcloud auth activate-service-account --key-file=key.json\n  env: { P: \'${{ secrets.P }}\' }',
        ),
      ),
    ).toEqual(['static Google Cloud oidc: gcloud auth activate-service-account --key-file=key.json']);
    expect(run('vercel deploy --prod --token="$P"', password)).toEqual(['static Vercel none: --token="$P"']);
  });

  test('a service account’s key is one though the secret is not in sight', () => {
    expect(run('gcloud auth activate-service-account --key-file key.json')).toEqual([
      'static Google Cloud oidc: gcloud auth activate-service-account --key-file key.json',
    ]);
    expect(run('docker login -u _json_key --password-stdin eu.gcr.io < key.json')).toHaveLength(1);
    expect(run('docker login -u acme --password-stdin eu.gcr.io < password')).toEqual([]);
  });

  test('a step is told once, for what is best replaced', () => {
    expect(
      told(
        job(
          `- run: |\n    docker login -u acme -p "$P"\n    aws s3 ls\n  env: { P: '\${{ secrets.P }}', AWS_SECRET_ACCESS_KEY: '\${{ secrets.K }}' }`,
        ),
      ),
    ).toEqual(["static AWS oidc: AWS_SECRET_ACCESS_KEY: '${{ secrets.K }}'"]);
  });
});

describe('npm', () => {
  const step = (run: string, before = '') =>
    told(job(`${before}- run: ${run}\n  env:\n    NODE_AUTH_TOKEN: \${{ secrets.NPM_TOKEN }}`));
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
    const write =
      '- run: echo "//registry.npmjs.org/:_authToken=$NPM_TOKEN" > .npmrc\n  env: { NPM_TOKEN: "${{ secrets.NPM_TOKEN }}" }\n';
    expect(told(job(`${write}- run: npm ci`))).toEqual([]);
    expect(told(job(`${write}- run: yarn run release`))).toEqual([
      'static npm oidc: NPM_TOKEN: "${{ secrets.NPM_TOKEN }}"',
    ]);
  });
});
