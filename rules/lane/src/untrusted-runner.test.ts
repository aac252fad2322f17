import { faultsOf } from '@plimsoll/rule-tester';
import { describe, expect, test } from 'vitest';
import { untrustedRunner } from './untrusted-runner.ts';

const push =
  "- uses: docker/build-push-action@v7\n  with: { push: \"${{ github.event_name != 'pull_request' }}\", context: ., tags: 'ghcr.io/acme/app:v1' }";

function job(id: string, keys: string, steps = push): string {
  return `  ${id}:\n${keys.replace(/^(?=.)/gm, '    ')}    steps:\n${steps.replace(/^/gm, '      ')}\n`;
}

function faults(on: string, ...jobs: readonly string[]): Promise<readonly string[]> {
  return faultsOf(untrustedRunner, {
    '.github/workflows/a.yml': `on: ${on}\njobs:\n${jobs.join('')}`,
    Dockerfile: 'FROM scratch\n',
  });
}

describe('shared machines', () => {
  test.each([
    ['a label', 'runs-on: «self-hosted»\n'],
    ['a list', 'runs-on: «[self-hosted, linux]»\n'],
    ['labels of a group', 'runs-on: «{ group: builders, labels: [self-hosted] }»\n'],
    ['a matrix', 'strategy: { matrix: { on: [ubuntu-24.04, self-hosted] } }\nruns-on: «${{ matrix.on }}»\n'],
    [
      'a list in a matrix',
      'strategy: { matrix: { include: [{ on: [self-hosted, arm] }] } }\nruns-on: «${{ matrix.on }}»\n',
    ],
    ['JSON', `runs-on: «\${{ fromJSON('["self-hosted", "x64"]') }}»\n`],
    ['either', "runs-on: «${{ github.repository == 'acme/app' && 'self-hosted' || 'ubuntu-24.04' }}»\n"],
    ['a draft', 'if: ${{ !github.event.pull_request.draft }}\nruns-on: «self-hosted»\n'],
  ])('%s', async (_, keys) => {
    expect(await faults('[push, pull_request]', job('a', keys))).toEqual([]);
  });

  test.each([
    ['a hosted machine', 'runs-on: ubuntu-24.04-arm\n'],
    ["a vendor's", 'runs-on: blacksmith-8vcpu-ubuntu-2404\n'],
    ['a group', 'runs-on: { group: large }\n'],
    ['a label that may be a larger runner', 'runs-on: big\n'],
    ['a variable', 'runs-on: ${{ vars.RUNNER }}\n'],
    [
      'one that pull requests do not get',
      "runs-on: ${{ github.event_name == 'pull_request' && 'ubuntu-24.04' || 'self-hosted' }}\n",
    ],
    ['a job that they do not start', "if: github.event_name != 'pull_request'\nruns-on: self-hosted\n"],
    [
      'a job for pull requests of the repository',
      "if: github.event_name == 'push' || github.event.pull_request.head.repo.full_name == github.repository\nruns-on: self-hosted\n",
    ],
  ])('quiet: %s', async (_, keys) => {
    expect(await faults('[push, pull_request]', job('a', keys))).toEqual([]);
  });

  test('another job of the workflow lets them on such a machine', async () => {
    const keys = "if: github.event_name == 'push'\nruns-on: «self-hosted»\n";
    expect(
      await faults('[push, pull_request]', job('test', 'runs-on: self-hosted\n', '- run: make'), job('a', keys)),
    ).toEqual([]);
  });

  test.each([['push'], ['{ push: { tags: ["v*"] } }'], ['workflow_dispatch']])('quiet on %s', async (on) => {
    expect(await faults(on, job('a', 'runs-on: self-hosted\n'))).toEqual([]);
  });

  test('previews are published too', async () => {
    const preview =
      "- uses: docker/build-push-action@v7\n  with: { push: true, context: ., tags: 'ghcr.io/acme/app:pr' }";
    expect(await faults('pull_request_target', job('a', 'runs-on: «self-hosted»\n', preview))).toEqual([]);
  });

  test('previews of pull requests', async () => {
    expect(await faults('pull_request', job('a', 'runs-on: «self-hosted»\n', push.replace(/"\$.*?"/, 'true')))).toEqual(
      [],
    );
  });

  test('a job that publishes nothing', async () => {
    expect(await faults('[push, pull_request]', job('a', 'runs-on: self-hosted\n', '- run: make'))).toEqual([]);
  });
});

describe('machines that are named from outside', () => {
  test.each([
    ['issue_comment', 'runs-on: «${{ github.event.comment.body }}»\n'],
    ['pull_request_target', "runs-on: «${{ contains(github.head_ref, 'arm') && 'arm' || github.head_ref }}»\n"],
    ['issues', 'runs-on: «[self-hosted, "${{ github.event.issue.title }}"]»\n'],
  ])('on %s: %s', async (on, keys) => {
    expect(await faults(on, job('a', keys, '- run: make'))).toEqual([]);
  });

  test.each([
    ['{ workflow_dispatch: { inputs: { runner: {} } } }', 'runs-on: ${{ inputs.runner }}\n'],
    [
      'pull_request_target',
      "runs-on: ${{ contains(github.head_ref, 'arm') && 'ubuntu-24.04-arm' || 'ubuntu-24.04' }}\n",
    ],
  ])('quiet on %s: %s', async (on, keys) => {
    expect(await faults(on, job('a', keys, '- run: make'))).toEqual([]);
  });
});
