import { textOf } from '@plimsoll/documents';
import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';

type Files = Record<string, string>;

/** `no packages: write at «actions/attest@v4»` */
function needs(files: Files | string): readonly string[] {
  const { permissionNeeds } = buildGraph(
    documentsOf(typeof files === 'string' ? { '.github/workflows/a.yml': files } : files),
  );
  return permissionNeeds.map(({ granted, scope, level, range }) => `${granted} ${scope}: ${level} at ${textOf(range)}`);
}

function job(steps: string, permissions = '', on = 'push'): string {
  const settings = permissions === '' ? '' : `    permissions: ${permissions}\n`;
  return `on: ${on}\njobs:\n  job:\n    runs-on: ubuntu-24.04\n${settings}    steps:\n${steps.trim().replace(/^/gm, '      ')}\n`;
}

const release = '- uses: softprops/action-gh-release@v2';

describe('what a job is granted', () => {
  test.each([
    ['{ contents: write }', 'yes'],
    ['{ contents: read }', 'no'],
    ['{}', 'no'],
    ['read-all', 'no'],
    ['write-all', 'yes'],
    ['{ issues: write }', 'no'],
  ])('%s: %s', (permissions, granted) => {
    expect(needs(job(release, permissions))).toEqual([`${granted} contents: write at softprops/action-gh-release@v2`]);
  });

  test('nothing declared: only id-token is known to be missing', () => {
    expect(needs(job(release))).toEqual(['unknown contents: write at softprops/action-gh-release@v2']);
    expect(needs(job('- uses: sigstore/gh-action-sigstore-python@v3'))).toEqual([
      'no id-token: write at sigstore/gh-action-sigstore-python@v3',
    ]);
    expect(needs(job('- uses: sigstore/gh-action-sigstore-python@v3', '', 'workflow_call'))).toEqual([
      'unknown id-token: write at sigstore/gh-action-sigstore-python@v3',
    ]);
  });

  test('the permissions of a job replace those of its workflow', () => {
    expect(needs(`permissions: { contents: write }\n${job(release)}`)).toEqual([
      'yes contents: write at softprops/action-gh-release@v2',
    ]);
    expect(needs(`permissions: { contents: write }\n${job(release, '{ issues: write }')}`)).toEqual([
      'no contents: write at softprops/action-gh-release@v2',
    ]);
  });

  test('reads which public repositories do not need are never missing', () => {
    expect(
      needs(
        job('- uses: actions/checkout@v6\n- uses: dorny/paths-filter@v3\n- uses: actions/upload-artifact@v4', '{}'),
      ),
    ).toEqual([]);
  });
});

describe('calls', () => {
  const caller = (permissions: string) =>
    `on: push\njobs:\n  call:\n    permissions: ${permissions}\n    uses: ./.github/workflows/b.yml\n`;
  const called = (permissions = '') => job(release, permissions, 'workflow_call');

  test('a called workflow is judged with its caller’s grant, and told at the call', () => {
    expect(
      needs({ '.github/workflows/a.yml': caller('{ contents: write }'), '.github/workflows/b.yml': called() }),
    ).toEqual(['yes contents: write at softprops/action-gh-release@v2']);
    expect(
      needs({ '.github/workflows/a.yml': caller('{ contents: read }'), '.github/workflows/b.yml': called() }),
    ).toEqual(['no contents: write at ./.github/workflows/b.yml']);
  });

  test('what it does not grant itself is told in it', () => {
    expect(
      needs({
        '.github/workflows/a.yml': caller('write-all'),
        '.github/workflows/b.yml': called('{ contents: read }'),
      }),
    ).toEqual(['no contents: write at softprops/action-gh-release@v2']);
  });

  test('a called job that asks for more than it gets stops the run', () => {
    const files = {
      '.github/workflows/a.yml': caller('{ contents: read }'),
      '.github/workflows/b.yml': job('- run: "true"', '{ actions: write, contents: read }', 'workflow_call'),
    };
    expect(needs(files)).toEqual(['no actions: write at ./.github/workflows/b.yml']);
    const { permissionNeeds } = buildGraph(documentsOf(files));
    expect(permissionNeeds[0]?.related?.map(({ at }) => textOf(at))).toEqual(['actions: write']);
  });

  test('a step of a composite action is told where the job calls it', () => {
    expect(
      needs({
        '.github/workflows/a.yml': job('- uses: ./publish', '{}'),
        'publish/action.yml': `name: x\ndescription: x\nruns:\n  using: composite\n  steps:\n    ${release}\n`,
      }),
    ).toEqual(['no contents: write at ./publish']);
  });

  test('each job that calls a publishing action is told for itself', () => {
    const publish =
      "name: x\ndescription: x\nruns:\n  using: composite\n  steps:\n    - uses: docker/login-action@v4\n      with: { registry: ghcr.io, username: x, password: '${{ github.token }}' }\n    - uses: docker/build-push-action@v7\n      with: { context: ., push: true, tags: 'ghcr.io/acme/api:1' }\n";
    expect(
      needs({
        '.github/workflows/a.yml': job('- uses: ./publish', '{ packages: write }'),
        '.github/workflows/b.yml': job('- uses: ./publish', '{}'),
        'publish/action.yml': publish,
      }),
    ).toEqual(['yes packages: write at ./publish', 'no packages: write at ./publish']);
  });

  test('the generators of SLSA need their scopes in the calling job', () => {
    const call = 'slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@v2.1.0';
    expect(
      needs(`on: push\njobs:\n  call:\n    permissions: { id-token: write, packages: write }\n    uses: ${call}\n`),
    ).toEqual([`no actions: read at ${call}`, `yes id-token: write at ${call}`, `yes packages: write at ${call}`]);
  });
});

describe('other tokens', () => {
  test('a personal or App token needs no scope', () => {
    expect(needs(job(`${release}\n  with: { token: '\${{ secrets.PAT }}' }`, '{}'))).toEqual([]);
    expect(needs(job(`${release}\n  with: { token: '\${{ steps.app.outputs.token }}' }`, '{}'))[0]).toMatch(/^unknown/);
    expect(
      needs(
        job(
          `- id: app\n  uses: actions/create-github-app-token@v2\n${release}\n  with: { token: '\${{ steps.app.outputs.token }}' }`,
          '{}',
        ),
      ),
    ).toEqual([]);
    expect(needs(job(`${release}\n  env: { GITHUB_TOKEN: '\${{ secrets.PAT || github.token }}' }`, '{}'))[0]).toMatch(
      /^unknown/,
    );
  });

  test('an action that is given no token needs no scope', () => {
    expect(needs(job('- uses: goreleaser/goreleaser-action@v6\n  with: { args: release --clean }', '{}'))).toEqual([]);
    const given = (args: string) =>
      needs(
        job(
          `- uses: goreleaser/goreleaser-action@v6\n  with: { args: ${args} }\n  env: { GITHUB_TOKEN: '\${{ github.token }}' }`,
          '{}',
        ),
      );
    expect(given('release --clean')).toEqual(['no contents: write at goreleaser/goreleaser-action@v6']);
    expect(given('release --snapshot')).toEqual([]);
    expect(given('build')).toEqual([]);
  });

  test('gh uses the token of its environment', () => {
    const run = (command: string, token: string) =>
      needs(job(`- run: ${command}\n  env: { GH_TOKEN: '${token}' }`, '{}'));
    expect(run('gh release create v1', '${{ github.token }}')).toEqual(['no contents: write at gh release create v1']);
    expect(run('gh release create v1', '${{ secrets.PAT }}')).toEqual([]);
    expect(run('gh release view v1', '${{ github.token }}')).toEqual([]);
    expect(run('gh release create v1 -R acme/other', '${{ github.token }}')).toEqual([
      'unknown contents: write at gh release create v1 -R acme/other',
    ]);
    expect(needs(job('- run: gh release create v1', '{}'))).toEqual([]);
    expect(needs(job('- run: GH_TOKEN=${{ github.token }} gh pr comment 1 -b hi', '{ issues: write }'))[0]).toMatch(
      /^yes pull-requests/,
    );
  });

  test('git push uses what checkout left behind', () => {
    const push = (withs: string, more = '') =>
      needs(job(`- uses: actions/checkout@v6\n${withs}${more}- run: git push`, '{}'));
    expect(push('')).toEqual(['no contents: write at git push']);
    expect(push('  with: { token: "${{ secrets.PAT }}" }\n')).toEqual([]);
    expect(push('  with: { persist-credentials: false }\n')).toEqual([]);
    expect(push('', '- run: git remote set-url origin https://x@git.example/x\n')[0]).toMatch(/^unknown/);
    expect(needs(job('- uses: actions/checkout@v6\n- uses: stefanzweifel/git-auto-commit-action@v6', '{}'))).toEqual([
      'no contents: write at stefanzweifel/git-auto-commit-action@v6',
    ]);
  });
});

describe('OIDC tokens', () => {
  test('a keyless login needs one, a static one does not', () => {
    const aws = (inputs: string, settings = '{}') =>
      needs(job(`- uses: aws-actions/configure-aws-credentials@v6\n  with: { ${inputs} }`, settings));
    expect(aws('role-to-assume: x')).toEqual(['no id-token: write at aws-actions/configure-aws-credentials@v6']);
    expect(
      aws("role-to-assume: x, aws-access-key-id: '${{ secrets.A }}', aws-secret-access-key: '${{ secrets.B }}'"),
    ).toEqual([]);
    expect(aws('role-to-assume: x, role-chaining: true')).toEqual([]);
  });

  test('what an own machine may provide is not missing', () => {
    const onOwn = job('- uses: aws-actions/configure-aws-credentials@v6\n  with: { role-to-assume: x }', '{}').replace(
      'ubuntu-24.04',
      '[self-hosted, linux]',
    );
    expect(needs(onOwn)).toEqual([]);
  });

  test('publishing to PyPI without a password needs one', () => {
    expect(needs(job('- uses: pypa/gh-action-pypi-publish@release/v1', '{}'))).toEqual([
      'no id-token: write at pypa/gh-action-pypi-publish@release/v1',
    ]);
    expect(
      needs(job('- uses: pypa/gh-action-pypi-publish@release/v1\n  with: { password: "${{ secrets.P }}" }', '{}')),
    ).toEqual([]);
  });

  test('an attestation in the registry needs packages for ghcr.io only', () => {
    const attest = (name: string) =>
      needs(
        job(
          `- uses: actions/attest@v4\n  with: { subject-name: ${name}, subject-digest: 'sha256:1', push-to-registry: true }`,
          '{ id-token: write, attestations: write }',
        ),
      );
    expect(attest('ghcr.io/acme/api')).toContain('no packages: write at actions/attest@v4');
    expect(attest('docker.io/acme/api')).not.toContain('no packages: write at actions/attest@v4');
    expect(attest('${{ env.REGISTRY }}/api')).not.toContain('no packages: write at actions/attest@v4');
  });
});

describe('pushes to ghcr.io', () => {
  const login = (password: string, registry = 'ghcr.io') =>
    `- uses: docker/login-action@v4\n  with: { registry: ${registry}, username: x, password: '${password}' }\n`;
  const build = "- uses: docker/build-push-action@v7\n  with: { context: ., push: true, tags: 'ghcr.io/acme/api:1' }";

  test('so do a chart, a copy and another name for an image', () => {
    const by = (run: string) => needs(job(`${login('${{ github.token }}')}- run: ${run}`, '{}'));
    expect(by('helm push a.tgz oci://ghcr.io/acme/charts')).toEqual([
      'no packages: write at helm push a.tgz oci://ghcr.io/acme/charts',
    ]);
    expect(by('docker buildx imagetools create -t ghcr.io/acme/a:2 ghcr.io/acme/a:1')).toHaveLength(1);
    expect(by('crane copy docker.io/acme/a:1 ghcr.io/acme/a:1')).toHaveLength(1);
    expect(by('crane copy ghcr.io/acme/a:1 docker.io/acme/a:1')).toEqual([]);
    expect(by('docker tag a ghcr.io/acme/a:1')).toEqual([]);
  });

  test('with the run’s token they need packages: write', () => {
    expect(needs(job(login('${{ secrets.GITHUB_TOKEN }}') + build, '{}'))).toEqual([
      'no packages: write at docker/build-push-action@v7',
    ]);
    expect(needs(job(`${login('${{ github.token }}')}- run: docker push ghcr.io/acme/api:1`, '{}'))).toEqual([
      'no packages: write at docker push ghcr.io/acme/api:1',
    ]);
    expect(
      needs(
        job(
          `- run: |\n    echo "$T" | docker login ghcr.io -u x --password-stdin\n    docker push ghcr.io/acme/api:1\n  env: { T: '\${{ github.token }}' }`,
          '{ packages: write }',
        ),
      ),
    ).toEqual(['yes packages: write at docker push ghcr.io/acme/api:1']);
  });

  test('with a personal token, with no login that is seen, or to another registry they do not', () => {
    expect(needs(job(login('${{ secrets.CR_PAT }}') + build, '{}'))).toEqual([]);
    expect(needs(job(build, '{}'))).toEqual([]);
    expect(needs(job(login('${{ github.token }}') + build.replace('ghcr.io', 'docker.io'), '{}'))).toEqual([]);
  });
});

describe('signatures and packages', () => {
  const run = (command: string, env = '') => needs(job(`- run: ${command}${env}`, '{}'));

  test('cosign without a key asks for an OIDC token', () => {
    expect(run('cosign sign --yes ghcr.io/acme/api@sha256:1')).toEqual([
      'no id-token: write at cosign sign --yes ghcr.io/acme/api@sha256:1',
    ]);
    expect(run('cosign attest --yes --predicate p.json ghcr.io/acme/api@sha256:1')).toHaveLength(1);
    expect(run('cosign sign --key env://KEY ghcr.io/acme/api@sha256:1')).toEqual([]);
    expect(run('cosign sign --identity-token $T ghcr.io/acme/api@sha256:1')).toEqual([]);
    expect(run('cosign verify ghcr.io/acme/api@sha256:1')).toEqual([]);
  });

  test('npm does for provenance; a publication without a token may', () => {
    expect(run('npm publish --provenance', '\n  env: { NODE_AUTH_TOKEN: "${{ secrets.T }}" }')).toEqual([
      'no id-token: write at npm publish --provenance',
    ]);
    expect(run('npm publish')).toEqual([]);
    expect(
      run('npm publish', '\n  env: { NODE_AUTH_TOKEN: "${{ secrets.T }}", NPM_CONFIG_PROVENANCE: "true" }'),
    ).toEqual(['no id-token: write at npm publish']);
  });

  test('GitHub Packages take the run’s token', () => {
    const setup = "- uses: actions/setup-node@v6\n  with: { registry-url: 'https://npm.pkg.github.com' }\n";
    const publish = (token: string) =>
      needs(job(`${setup}- run: npm publish\n  env: { NODE_AUTH_TOKEN: '${token}' }`, '{}'));
    expect(publish('${{ github.token }}')).toEqual(['no packages: write at npm publish']);
    expect(publish('${{ secrets.PAT }}')).toEqual([]);
  });
});
