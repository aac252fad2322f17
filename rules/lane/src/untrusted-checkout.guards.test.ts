import { faultsOf } from '@plimsoll/rule-tester';
import { describe, expect, test } from 'vitest';
import { untrustedCheckout } from './untrusted-checkout.ts';

const path = '.github/workflows/a.yml';
const old = 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2';

/** A workflow of one job; the steps are written from the first column. */
function workflow(on: string, steps: string, keys = ''): string {
  return `on: ${on}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n${keys.replace(/^(?=.)/gm, '    ')}    steps:\n${steps.trim().replace(/^/gm, '      ')}\n`;
}

function checkout(ref: string, more = '', uses = old): string {
  return `- uses: ${uses}\n  with:\n    ref: ${ref}\n${more.replace(/^(?=.)/gm, '    ')}`;
}

const head = checkout('«${{ github.event.pull_request.head.sha }}»');
const plain = checkout('${{ github.event.pull_request.head.sha }}');

/** With a workflow that pull requests start, for those which wait for it. */
async function faults(text: string, more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const test = `name: test\n${workflow('pull_request', '- run: make test')}`;
  const release = `name: release\n${workflow('push', '- run: make release')}`;
  return faultsOf(untrustedCheckout, {
    [path]: text,
    '.github/workflows/test.yml': test,
    '.github/workflows/release.yml': release,
    ...more,
  });
}

describe('who gets there', () => {
  const run = `${plain}- run: make`;
  test.each([
    ['pull_request', workflow('pull_request', run)],
    ['push', workflow('push', run)],
    ['the activity of a label', workflow('{ pull_request_target: { types: [labeled] } }', run)],
    [
      'a label',
      workflow('pull_request_target', run, "if: contains(github.event.pull_request.labels.*.name, 'safe to test')\n"),
    ],
    [
      'the own repository',
      workflow('pull_request_target', run, 'if: github.event.pull_request.head.repo.full_name == github.repository\n'),
    ],
    ['no fork', workflow('pull_request_target', run, 'if: ${{ !github.event.pull_request.head.repo.fork }}\n')],
    [
      'a member',
      workflow(
        'pull_request_target',
        run,
        `if: contains(fromJSON('["OWNER", "MEMBER"]'), github.event.pull_request.author_association)\n`,
      ),
    ],
    ['a bot', workflow('pull_request_target', run, "if: github.event.pull_request.user.login == 'renovate[bot]'\n")],
    [
      'a merged pull request',
      workflow('{ pull_request_target: { types: [closed] } }', run, 'if: github.event.pull_request.merged == true\n'),
    ],
    ['an environment', workflow('pull_request_target', run, 'environment: preview\n')],
    [
      'a condition of the steps',
      workflow(
        'pull_request_target',
        `${plain}- if: github.event.pull_request.head.repo.full_name == github.repository\n  run: make`,
      ),
    ],
    [
      'a step that asks for rights',
      workflow('issue_comment', `- uses: actions-cool/check-user-permission@v2\n  with: { require: write }\n${run}`),
    ],
    [
      'a checkout that refuses',
      workflow(
        'pull_request_target',
        `${checkout('${{ github.event.pull_request.head.sha }}', '', 'actions/checkout@v7')}- run: make`,
      ),
    ],
    [
      'a late release of checkout 5',
      workflow(
        'pull_request_target',
        `${checkout('${{ github.event.pull_request.head.sha }}', '', 'actions/checkout@v5.1.0')}- run: make`,
      ),
    ],
    [
      'a job that is waited for, with an environment',
      `on: pull_request_target\njobs:\n  ask:\n    environment: \${{ github.event.pull_request.head.repo.fork && 'external' || 'internal' }}\n    runs-on: ubuntu-24.04\n    steps: [{ run: 'true' }]\n  a:\n    needs: ask\n    runs-on: ubuntu-24.04\n    steps:\n${run.replace(/^/gm, '      ')}\n`,
    ],
    [
      'a run that a push started',
      workflow(
        '{ workflow_run: { workflows: [test] } }',
        `${checkout('${{ github.event.workflow_run.head_sha }}')}- run: make`,
        "if: github.event.workflow_run.event == 'push'\n",
      ),
    ],
    [
      'a run of a workflow that pull requests do not start',
      workflow(
        '{ workflow_run: { workflows: [release] } }',
        `${checkout('${{ github.event.workflow_run.head_sha }}')}- run: make`,
      ),
    ],
  ])('quiet: %s', async (_, text) => {
    expect(await faults(text)).toEqual([]);
  });

  test.each([
    ['a draft', workflow('pull_request_target', `${head}- run: make`, 'if: ${{ !github.event.pull_request.draft }}\n')],
    [
      'the words of a comment',
      workflow(
        'issue_comment',
        `${checkout('«refs/pull/${{ github.event.issue.number }}/head»')}- run: make`,
        "if: startsWith(github.event.comment.body, '/test')\n",
      ),
    ],
    [
      'a branch that a fork can have as well',
      workflow(
        '{ workflow_run: { workflows: [test] } }',
        `${checkout('«${{ github.event.workflow_run.head_sha }}»')}- run: make`,
        "if: github.event.workflow_run.head_branch == 'main'\n",
      ),
    ],
    [
      'a workflow that is not here',
      workflow(
        '{ workflow_run: { workflows: [other] } }',
        `${checkout('«${{ github.event.workflow_run.head_sha }}»')}- run: make`,
      ),
    ],
    [
      'an issue or a pull request',
      workflow('pull_request_target', `${head}- run: make`, "if: github.repository == 'acme/app'\n"),
    ],
  ])('is no guard: %s', async (_, text) => {
    expect(await faults(text)).toEqual([]);
  });

  test('a called workflow, where its caller has the trigger', async () => {
    const called = `on: workflow_call\njobs:\n  b:\n    runs-on: ubuntu-24.04\n    steps:\n${`${head}- run: make`.replace(/^/gm, '      ')}\n`;
    const text = 'on: pull_request_target\njobs:\n  a:\n    uses: ./.github/workflows/called.yml\n';
    expect(await faults(text, { '.github/workflows/called.yml': called })).toEqual([]);
  });
});
