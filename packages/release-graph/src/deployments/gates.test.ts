import { describe, expect, test } from 'vitest';
import { graphOf, indented, job, run } from './deployments.testing.ts';

const deploy = run('kubectl set image deploy/api "api=ghcr.io/acme/api@$DIGEST"');
const verify = run('gh attestation verify "oci://ghcr.io/acme/api@$DIGEST" --repo acme/api');

/** By what the last deployment is gated; a text where that cannot be told. */
function gates(workflow: string, more?: Readonly<Record<string, string>>): readonly string[] | string | undefined {
  const last = graphOf(workflow, more).deployments.at(-1)?.gates;
  return last?.status === 'resolved' ? last.target.map(({ how }) => how) : last?.reason;
}

const jobs = (all: Readonly<Record<string, string>>, on = 'push'): string =>
  `on: ${on}\njobs:\n${Object.entries(all)
    .map(([id, text]) => `  ${id}:\n${indented(text, 4)}\n`)
    .join('')}`;

const steps = (text: string, more = ''): string => `runs-on: ubuntu-24.04\n${more}steps:\n${indented(text, 2)}`;

describe('a verification gates what comes after it', () => {
  test('in the same job', () => {
    expect(gates(job(verify + deploy))).toEqual(['gh attestation verify']);
    expect(gates(job(deploy + verify))).toEqual([]);
    expect(gates(job(run('cosign verify --key k acme/api@$D\nkubectl set image deploy/api api=acme/api@$D')))).toEqual([
      'cosign verify',
    ]);
    expect(gates(job(run('kubectl set image deploy/api api=acme/api@$D\ncosign verify --key k acme/api@$D')))).toEqual(
      [],
    );
  });

  test('in a job that it needs, also through others', () => {
    const verifying = steps(verify);
    expect(gates(jobs({ verify: verifying, deploy: steps(deploy, 'needs: verify\n') }))).toEqual([
      'gh attestation verify',
    ]);
    expect(
      gates(
        jobs({
          verify: verifying,
          wait: steps(run('sleep 1'), 'needs: verify\n'),
          deploy: steps(deploy, 'needs: [wait]\n'),
        }),
      ),
    ).toEqual(['gh attestation verify']);
    expect(gates(jobs({ verify: verifying, deploy: steps(deploy) }))).toEqual([]);
    expect(gates(jobs({ deploy: steps(deploy), verify: steps(verify, 'needs: deploy\n') }))).toEqual([]);
  });

  test('jobs that need each other end nowhere', () => {
    expect(gates(jobs({ a: steps(run('sleep 1'), 'needs: deploy\n'), deploy: steps(deploy, 'needs: a\n') }))).toEqual(
      [],
    );
  });

  test('in a local action, or in a script', () => {
    const action = `name: verify\nruns:\n  using: composite\n  steps:\n${indented(verify.replace('- run', '- shell: bash\n  run'), 4)}\n`;
    const files = { 'verify/action.yml': action };
    expect(gates(job(`- uses: ./verify\n${deploy}`), files)).toEqual(['gh attestation verify']);
    expect(gates(job(`${deploy}- uses: ./verify\n`), files)).toEqual([]);
    const script = { 'scripts/verify.sh': '#!/bin/sh\ncosign verify --key k "ghcr.io/acme/api@$DIGEST"\n' };
    expect(gates(job(run('./scripts/verify.sh') + deploy), script)).toEqual(['cosign verify']);
  });

  test('in a called workflow, and before the caller', () => {
    const called = { '.github/workflows/verify.yml': jobs({ check: steps(verify) }, 'workflow_call') };
    const calls = 'uses: ./.github/workflows/verify.yml\n';
    expect(gates(jobs({ verify: calls, deploy: steps(deploy, 'needs: verify\n') }), called)).toEqual([
      'gh attestation verify',
    ]);
    const callee = { '.github/workflows/z-roll.yml': jobs({ roll: steps(deploy) }, 'workflow_call') };
    const caller = jobs({ verify: steps(verify), roll: 'needs: verify\nuses: ./.github/workflows/z-roll.yml\n' });
    expect(gates(caller, callee)).toEqual(['gh attestation verify']);
    expect(gates(caller.replace('    needs: verify\n', ''), callee)).toEqual([]);
  });
});

describe('of another image it is no gate', () => {
  test('by its name', () => {
    expect(gates(job(verify.replace('acme/api@', 'acme/web@') + deploy))).toEqual([]);
    expect(gates(job(verify.replace('ghcr.io/acme/api@$DIGEST', '$IMAGE@$DIGEST') + deploy))).toEqual([
      'gh attestation verify',
    ]);
  });

  test('by its digest', () => {
    const digest = (sign: string): string => `sha256:${sign.repeat(64)}`;
    const both = (one: string, other: string): string =>
      job(
        run(
          `cosign verify --key k acme/api@${digest(one)}\nkubectl set image deploy/api api=acme/api@${digest(other)}`,
        ),
      );
    expect(gates(both('a', 'b'))).toEqual([]);
    expect(gates(both('a', 'a'))).toEqual(['cosign verify']);
  });

  test('by the step that made it', () => {
    const build = (id: string): string =>
      steps(
        `- id: push\n  uses: docker/build-push-action@v6\n  with: { push: true, tags: acme/api:1 }\n`,
        `outputs: { digest: "\${{ steps.push.outputs.digest }}" }\n`,
      ) + `# ${id}\n`;
    const roll = (source: string): string =>
      steps(
        `- env: { D: "\${{ needs.a.outputs.digest }}" }\n  run: cosign verify --key k "acme/api@$D"\n- env: { D: "\${{ needs.${source}.outputs.digest }}" }\n  run: kubectl set image deploy/api "api=acme/api@$D"\n`,
        'needs: [a, b]\n',
      );
    expect(gates(jobs({ a: build('a'), b: build('b'), roll: roll('a') }))).toEqual(['cosign verify']);
    expect(gates(jobs({ a: build('a'), b: build('b'), roll: roll('b') }))).toEqual([]);
  });

  test('each of several images wants its own', () => {
    const two = run('kubectl set image deploy/api api=acme/api@$A web=acme/web@$B');
    expect(gates(job(run('cosign verify --key k acme/api@$A') + two))).toBe('nothing verifies acme/web');
    expect(gates(job(run('cosign verify --key k acme/api@$A\ncosign verify --key k acme/web@$B') + two))).toEqual([
      'cosign verify',
      'cosign verify',
    ]);
    expect(gates(job(run('for i in acme/api@$A acme/web@$B; do cosign verify --key k "$i"; done') + two))).toEqual([
      'cosign verify',
    ]);
  });

  test('of a file', () => {
    expect(gates(job(run('gh attestation verify app.tgz --repo acme/api') + deploy))).toEqual([]);
  });
});

test('what is named as a verification and is not understood may be one', () => {
  expect(gates(job(`- uses: acme/verify-image@v1\n${deploy}`))).toMatch(/acme\/verify-image@v1" may verify it/);
  expect(gates(job(run('make verify-image') + deploy))).toMatch(/may verify it/);
  const called = 'uses: acme/ci/.github/workflows/verify.yml@main\n';
  expect(gates(jobs({ verify: called, deploy: steps(deploy, 'needs: verify\n') }))).toMatch(
    /verify.yml@main may verify it/,
  );
  expect(
    gates(
      job(`- uses: sigstore/cosign-installer@v4\n- uses: slsa-framework/slsa-verifier/actions/installer@v2\n${deploy}`),
    ),
  ).toEqual([]);
});

describe('the digest that is at hand', () => {
  const build = (outputs: string, id = '- id: push\n  '): string =>
    steps(
      `${id === '' ? '- ' : id}uses: docker/build-push-action@v6\n  with: { push: true, tags: "ghcr.io/acme/api:1" }\n`,
      outputs,
    );
  const byTag = run('kubectl set image deploy/api api=ghcr.io/acme/api:1');
  const digest = (workflow: string): readonly (string | undefined)[] =>
    graphOf(workflow).deployments.flatMap(({ images }) => images.map((image) => image.digest));

  test('of a job that is needed', () => {
    const outputs = 'outputs: { image-digest: "${{ steps.push.outputs.digest }}" }\n';
    expect(digest(jobs({ build: build(outputs), deploy: steps(byTag, 'needs: build\n') }))).toEqual([
      '${{ needs.build.outputs.image-digest }}',
    ]);
    expect(
      digest(
        jobs({ build: build(outputs), wait: steps(byTag, 'needs: build\n'), deploy: steps(byTag, 'needs: wait\n') }),
      ),
    ).toEqual(['${{ needs.build.outputs.image-digest }}', undefined]);
    expect(digest(jobs({ build: build(''), deploy: steps(byTag, 'needs: build\n') }))).toEqual([undefined]);
  });

  test('of the same job', () => {
    const push =
      '- id: push\n  uses: docker/build-push-action@v6\n  with: { push: true, tags: "ghcr.io/acme/api:1" }\n';
    expect(digest(job(push + byTag))).toEqual(['${{ steps.push.outputs.digest }}']);
    expect(digest(job(push.replace('- id: push\n  ', '- ') + byTag))).toEqual([undefined]);
  });

  test('not of another image', () => {
    const outputs = 'outputs: { digest: "${{ steps.push.outputs.digest }}" }\n';
    expect(
      digest(
        jobs({ build: build(outputs), deploy: steps(byTag.replace('acme/api:1', 'acme/web:1'), 'needs: build\n') }),
      ),
    ).toEqual([undefined]);
  });
});
