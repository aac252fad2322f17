import { faultsOf, runExample } from '@plimsoll/rule-tester';
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

describe('what brings the head', () => {
  test.each([
    [
      'the merge commit',
      'pull_request_target',
      `${checkout('«refs/pull/${{ github.event.number }}/merge»')}- run: make`,
    ],
    ['the branch', 'pull_request_target', `${checkout('«${{ github.head_ref }}»')}- run: make`],
    [
      'the fork',
      'pull_request_target',
      `- uses: ${old}\n  with:\n    repository: «\${{ github.event.pull_request.head.repo.full_name }}»\n- run: make`,
    ],
    [
      'a variable',
      'pull_request_target',
      `- run: echo "REF=\${{ github.event.pull_request.head.sha }}" >> "$GITHUB_ENV"\n${checkout('«${{ env.REF }}»')}- run: make`,
    ],
    [
      'the run of a pull request',
      '{ workflow_run: { workflows: [test], types: [completed] } }',
      `${checkout('«${{ github.event.workflow_run.head_sha }}»')}- run: npm ci`,
    ],
    [
      'a comment, by an action which looks it up',
      'issue_comment',
      `- id: pr\n  uses: xt0rted/pull-request-comment-branch@v3\n${checkout('«${{ steps.pr.outputs.head_sha }}»', '', 'actions/checkout@v7')}- run: make`,
    ],
    [
      'a comment, by a script',
      'issue_comment',
      `- id: pr\n  uses: actions/github-script@v8\n  with:\n    script: |\n      const { data } = await github.rest.pulls.get({ pull_number: 1 });\n      core.setOutput('ref', data.head.ref);\n${checkout('«${{ steps.pr.outputs.ref }}»')}- run: make`,
    ],
    [
      'a comment, by gh',
      'issue_comment',
      `- id: pr\n  run: |\n    sha=$(gh pr view "$N" --json headRefOid --jq .headRefOid)\n    echo "sha=$sha" >> "$GITHUB_OUTPUT"\n${checkout('«${{ steps.pr.outputs.sha }}»')}- run: make`,
    ],
    ['gh', 'pull_request_target', '- uses: actions/checkout@v7\n- run: «gh pr checkout "$NUMBER"»\n- run: make'],
    [
      'git fetch and checkout',
      'pull_request_target',
      '- uses: actions/checkout@v7\n- run: |\n    «git fetch origin pull/${{ github.event.number }}/head:pr»\n    git checkout pr\n    make',
    ],
    [
      'git checkout of the commit',
      'pull_request_target',
      '- uses: actions/checkout@v7\n- env: { SHA: "${{ github.event.pull_request.head.sha }}" }\n  run: |\n    «git checkout "$SHA"»\n    make',
    ],
    [
      'checkout 7 that is told to',
      'pull_request_target',
      `${checkout('«${{ github.event.pull_request.head.sha }}»', 'allow-unsafe-pr-checkout: true\n', 'actions/checkout@v7')}- run: make`,
    ],
    [
      'the Git context of an image',
      'pull_request_target',
      '- uses: docker/build-push-action@v7\n  with:\n    context: «${{ github.server_url }}/${{ github.repository }}.git#refs/pull/${{ github.event.number }}/head»',
    ],
    [
      'an artifact that is run',
      '{ workflow_run: { workflows: [test] } }',
      '- uses: actions/checkout@v7\n- uses: «actions/download-artifact@v6»\n  with:\n    run-id: ${{ github.event.workflow_run.id }}\n    path: out\n- run: bash out/deploy.sh',
    ],
    [
      'an artifact by gh',
      '{ workflow_run: { workflows: [test] } }',
      '- run: |\n    «gh run download ${{ github.event.workflow_run.id }} --dir out»\n    node out/report.js',
    ],
  ])('%s', async (_, on, steps) => {
    expect(await faults(workflow(on, steps))).toEqual([]);
  });
});

describe('what runs it', () => {
  test.each([
    'npm ci',
    'npm --prefix web run build',
    'pnpm install && pnpm test',
    'yarn',
    'pip install -r requirements.txt',
    'pip install -e .',
    'make -j4 test',
    './gradlew build',
    'bash scripts/x.sh',
    'scripts/x.sh',
    'python setup.py build',
    'go test ./...',
    'cargo build --release',
    'cd web && npx vite build',
    'docker build -t x .',
    'docker compose up -d',
    'uv sync',
    'bundle install',
    'dotnet test',
    'terraform plan',
    'bash $(find . -name "test_*.sh")',
  ])('%s', async (run) => {
    expect(await faults(workflow('pull_request_target', `${head}- run: ${run}`))).toEqual([]);
  });

  test.each([
    '- uses: ./.github/actions/build',
    '- uses: docker/build-push-action@v7\n  with: { context: . }',
    '- uses: ruby/setup-ruby@v1\n  with: { bundler-cache: true }',
    '- uses: pre-commit/action@v3',
    '- uses: actions/github-script@v8\n  with: { script: "await require(\'./.github/size.js\')({ github })" }',
    '- working-directory: web\n  run: npm ci',
  ])('%s', async (step) => {
    const action = { '.github/actions/build/action.yml': 'runs: { using: node24, main: x.js }\n' };
    expect(await faults(workflow('pull_request_target', `${head}${step}`), action)).toEqual([]);
  });

  test.each([
    ['only reads it', `${plain}- run: git diff --stat && wc -l README.md`],
    ['labels by it', `${plain}- uses: actions/labeler@v6`],
    ['asks npm for a version', `${plain}- run: npm view left version`],
    ['installs without scripts', `${plain}- run: npm ci --ignore-scripts`],
    ['installs a tool', `${plain}- run: pip install ruff && go install example.com/x@v1`],
    [
      'builds the Git context, which is the default branch',
      `${plain}- uses: docker/build-push-action@v7\n  with: { push: true }`,
    ],
    [
      'keeps it in a folder of its own',
      `- uses: actions/checkout@v7\n${checkout('${{ github.event.pull_request.head.sha }}', 'path: pr\n')}- run: node scripts/size.js pr/dist`,
    ],
    ['leaves the workspace', `${plain}- run: |\n    cd ../other\n    cd tools\n    make`],
    ['runs before it', `- uses: actions/checkout@v7\n- run: make\n${plain}`],
    ['takes its own code again', `${plain}- uses: actions/checkout@v7\n- run: make`],
    [
      'fetches it and does not check it out',
      '- uses: actions/checkout@v7\n- run: |\n    git fetch origin pull/${{ github.event.number }}/head:pr\n    git diff main...pr\n    make',
    ],
    ['takes the base', `${checkout('${{ github.event.pull_request.base.sha }}')}- run: make`],
    [
      'has an artifact of its own run',
      '- uses: actions/download-artifact@v6\n  with: { path: out }\n- run: bash out/x.sh',
    ],
  ])('quiet: %s', async (_, steps) => {
    expect(await faults(workflow('pull_request_target', steps))).toEqual([]);
  });

  test('a tool that works on an artifact does not run it', async () => {
    const steps =
      '- uses: actions/download-artifact@v6\n  with: { run-id: "${{ github.event.workflow_run.id }}" }\n- run: npx wrangler pages deploy dist';
    expect(await faults(workflow('{ workflow_run: { workflows: [test] } }', steps))).toEqual([]);
  });

  test('a folder that holds the head', async () => {
    const steps = `- uses: actions/checkout@v7\n${checkout('«${{ github.event.pull_request.head.sha }}»', 'path: pr\n')}- run: |\n    cd pr\n    make`;
    expect(await faults(workflow('pull_request_target', steps))).toEqual([]);
  });
});

test.each([
  ['a commit of an old release', plain, '- run: make', 'error'],
  [
    'a tag that moves to a release which refuses',
    checkout('${{ github.event.pull_request.head.sha }}', '', 'actions/checkout@v4'),
    '- run: make',
    'warning',
  ],
  ['an image build', plain, '- run: docker build .', 'warning'],
])('the level of %s', async (_, steps, run, severity) => {
  const { findings } = await runExample(untrustedCheckout, {
    [path]: workflow('pull_request_target', `${steps}${run}`),
  });
  expect(findings.map((finding) => finding.severity)).toEqual([severity]);
});
