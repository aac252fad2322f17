import { faultsOf, runExample } from '@plimsoll/rule-tester';
import { describe, expect, test } from 'vitest';
import { scriptInjection } from './script-injection.ts';

const path = '.github/workflows/a.yml';

/** A workflow of one job; the steps are written from the first column. */
function workflow(on: string, steps: string, keys = ''): string {
  return `on: ${on}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n${keys.replace(/^(?=.)/gm, '    ')}    steps:\n${steps.trim().replace(/^/gm, '      ')}\n`;
}

describe('texts of strangers', () => {
  test.each([
    ['issues', '- run: echo «${{ github.event.issue.body }}»'],
    ['issue_comment', '- run: echo «${{ github.event.comment.body }}»'],
    ['issue_comment', "- run: echo «${{ github.event['issue']['title'] }}»"],
    ['pull_request_target', '- run: git checkout «${{ github.head_ref }}»'],
    ['pull_request_target', '- run: echo «${{ github.event.pull_request.head.label }}»'],
    ['pull_request', '- run: echo «${{ github.event.pull_request.head.repo.default_branch }}»'],
    ['discussion', '- run: echo «${{ github.event.discussion.title }}»'],
    ['gollum', '- run: echo «${{ github.event.pages[0].page_name }}»'],
    ['push', '- run: echo «${{ github.event.head_commit.message }}»'],
    ['push', '- run: echo «${{ github.event.commits[0].author.name }}»'],
    ['push', "- run: echo «${{ join(github.event.commits.*.message, ' ') }}»"],
    ['issues', "- run: echo «${{ format('{0} by {1}', github.event.issue.title, github.actor) }}»"],
    ['issues', "- run: echo «${{ github.event.issue.title || 'none' }}»"],
    ['issues', '- run: echo «${{ toJSON(github.event) }}»'],
    ['issues', "- run: echo '«${{ toJSON(github.event.issue) }}»'"],
    [
      'issues',
      '- run: |\n    # ok\n    echo "${{ github.event.issue.number }}"\n    echo "«${{ github.event.issue.title }}»"',
    ],
    ['issues', '- shell: pwsh\n  run: Write-Host "«${{ github.event.issue.title }}»"'],
    [
      'issues',
      '- uses: actions/github-script@v8\n  with:\n    script: console.log("«${{ github.event.issue.title }}»")',
    ],
    [
      'issues',
      '- uses: actions/github-script@v8\n  with:\n    script: console.log(`«${{ toJSON(github.event.issue.title) }}»`)',
    ],
    [
      'issue_comment',
      '- uses: appleboy/ssh-action@v1\n  with:\n    host: h\n    script: deploy «${{ github.event.comment.body }}»',
    ],
  ])('on %s: %s', async (on, steps) => {
    expect(await faultsOf(scriptInjection, { [path]: workflow(on, steps) })).toEqual([]);
  });

  test.each([
    ['issues', '- env: { TITLE: "${{ github.event.issue.title }}" }\n  run: echo "$TITLE"'],
    ['issues', '- run: echo ${{ github.event.issue.number }} ${{ github.event.issue.user.login }} ${{ github.actor }}'],
    ['issues', "- run: echo ${{ github.event.issue.title == 'x' }}"],
    ['issues', "- run: echo ${{ contains(github.event.issue.title, 'x') && 'yes' || 'no' }}"],
    ['issues', '- run: echo ${{ github.event.issue.html_url }} ${{ github.repository }} ${{ github.sha }}'],
    [
      'pull_request',
      '- run: echo ${{ github.event.pull_request.head.sha }} ${{ github.event.pull_request.head.repo.full_name }}',
    ],
    ['pull_request', '- run: echo ${{ github.ref_name }} ${{ github.base_ref }}'],
    ['push', '- run: echo ${{ github.event.issue.title }} ${{ github.head_ref }}'],
    ['push', '- run: echo ${{ github.ref_name }}'],
    [
      'issues',
      '- uses: actions/github-script@v8\n  with:\n    script: const title = ${{ toJSON(github.event.issue.title) }};',
    ],
    ['issues', '- uses: acme/notify@v1\n  with:\n    text: ${{ github.event.issue.title }}'],
    ['issues', "- if: contains(github.event.issue.title, 'x')\n  run: echo x"],
    ['issues', '- name: ${{ github.event.issue.title }}\n  run: echo x'],
    ['issues', '- run: echo ${{ hashFiles(github.event.issue.title) }}'],
    ['workflow_dispatch', '- run: echo ${{ github.event.issue.title }}'],
  ])('quiet on %s: %s', async (on, steps) => {
    expect(await faultsOf(scriptInjection, { [path]: workflow(on, steps) })).toEqual([]);
  });
});

describe('calls', () => {
  const called = (type: string, sink: string): string =>
    `on:\n  workflow_call:\n    inputs: { title: { type: ${type} } }\njobs:\n  b:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo "${sink}"\n`;
  const caller = (on: string, title: string): string =>
    `on: ${on}\njobs:\n  a:\n    uses: ./.github/workflows/called.yml\n    with: { title: "${title}" }\n`;

  test('a called workflow is marked at its script, and the caller is related', async () => {
    const files = {
      '.github/workflows/called.yml': called('string', '«${{ inputs.title }}»'),
      [path]: caller('pull_request_target', '${{ github.event.pull_request.title }}'),
    };
    expect(await faultsOf(scriptInjection, files)).toEqual([]);
    const { findings } = await runExample(scriptInjection, files);
    expect(findings[0]?.related.map(({ at, label }) => [at.file.path, label])).toEqual([
      [path, 'pull_request_target starts it'],
      [path, 'the caller sets title'],
    ]);
  });

  test.each([
    ['a number', called('number', '${{ inputs.title }}'), caller('issues', '${{ github.event.issue.title }}')],
    ['a commit', called('string', '${{ inputs.title }}'), caller('issues', '${{ github.sha }}')],
    ['nobody calls it', called('string', '${{ inputs.title }}'), workflow('push', '- run: x')],
  ])('quiet where the caller gives %s', async (_, callee, text) => {
    expect(await faultsOf(scriptInjection, { '.github/workflows/called.yml': callee, [path]: text })).toEqual([]);
  });

  test('two callers give one finding', async () => {
    const files = {
      '.github/workflows/called.yml': called('string', '«${{ inputs.title }}»'),
      [path]: caller('issues', 'a literal'),
      '.github/workflows/b.yml': caller('issues', '${{ github.event.issue.title }}'),
      '.github/workflows/c.yml': caller('issues', '${{ github.event.issue.body }}'),
    };
    expect(await faultsOf(scriptInjection, files)).toEqual([]);
  });
});

describe('who gets there', () => {
  test.each([
    [
      'a step that does not run for it',
      workflow('[issues, push]', "- if: github.event_name == 'push'\n  run: echo ${{ github.event.issue.title }}"),
    ],
    [
      'a pull request of this repository',
      workflow(
        'pull_request_target',
        '- run: echo ${{ github.head_ref }}',
        'if: github.event.pull_request.head.repo.full_name == github.repository\n',
      ),
    ],
    [
      'a comment of a member',
      workflow(
        'issue_comment',
        '- run: echo ${{ github.event.comment.body }}',
        "if: github.event.comment.author_association == 'MEMBER'\n",
      ),
    ],
    [
      'a run of other workflows that no pull request starts',
      workflow(
        '{ workflow_run: { workflows: [release] } }',
        '- run: echo ${{ github.event.workflow_run.head_branch }}',
      ),
    ],
  ])('quiet: %s', async (_, text) => {
    const files = { [path]: text, '.github/workflows/release.yml': `name: release\n${workflow('push', '- run: x')}` };
    expect(await faultsOf(scriptInjection, files)).toEqual([]);
  });

  test.each([
    [
      'an approved label',
      workflow('{ pull_request_target: { types: [labeled] } }', '- run: echo «${{ github.head_ref }}»'),
    ],
    [
      'a run of a workflow that pull requests start',
      workflow('{ workflow_run: { workflows: [test] } }', '- run: echo «${{ github.event.workflow_run.head_branch }}»'),
    ],
  ])('does not clean a text: %s', async (_, text) => {
    const files = { [path]: text, '.github/workflows/test.yml': `name: test\n${workflow('pull_request', '- run: x')}` };
    expect(await faultsOf(scriptInjection, files)).toEqual([]);
  });

  test.each([
    ['pull_request', 'warning'],
    ['pull_request_target', 'error'],
  ])('%s is of level %s', async (on, severity) => {
    const { findings } = await runExample(scriptInjection, {
      [path]: workflow(on, '- run: echo ${{ github.head_ref }}'),
    });
    expect(findings.map((finding) => finding.severity)).toEqual([severity]);
  });

  test('what writers set is reported on demand', async () => {
    const files = {
      [path]: workflow(
        '{ workflow_dispatch: { inputs: { version: {} } } }',
        '- run: echo ${{ inputs.version }} ${{ github.ref_name }}',
      ),
    };
    const found = async (writers: boolean) =>
      (await runExample(scriptInjection, files, { options: { writers } })).findings.map(({ severity }) => severity);
    expect(await found(false)).toEqual([]);
    expect(await found(true)).toEqual(['warning', 'warning']);
  });
});

test('what somebody has to let through first is a warning', async () => {
  const steps =
    '- id: m\n  run: echo "signoff=$(git log -1 --pretty=%B | grep Signed)" >> "$GITHUB_OUTPUT"\n- run: echo "${{ steps.m.outputs.signoff }}"';
  const files = {
    [path]: workflow(
      '{ pull_request_target: { types: [closed] } }',
      steps,
      'if: github.event.pull_request.merged == true\n',
    ),
  };
  const { findings } = await runExample(scriptInjection, files);
  expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
    ['warning', expect.stringContaining('once a condition that somebody with rights makes true lets it through')],
  ]);
});

test.each([
  ['github.event.pull_request.head.ref', 'HEAD_REF'],
  ['fromJSON(toJSON(github.event)).issue.title', 'TITLE'],
  ["format('{0}', github.event.pull_request.body)", 'BODY'],
])('the help proposes a variable of a fitting name for %s', async (expression, name) => {
  const files = { [path]: workflow('[pull_request_target, issues]', `- run: echo \${{ ${expression} }}`) };
  const { findings } = await runExample(scriptInjection, files);
  expect(findings[0]?.help).toBe(
    `Write "${name}: \${{ ${expression} }}" in an "env:" of the step, which has none, and "$${name}" in place of the expression in the script`,
  );
});

test('where the step has variables, the help adds one to them', async () => {
  const step = '- env: { LANG: C }\n  run: echo ${{ github.event.issue.title }}';
  const { findings } = await runExample(scriptInjection, { [path]: workflow('[issues]', step) });
  expect(findings[0]?.help).toContain(
    '"TITLE: ${{ github.event.issue.title }}" in the "env:" of the step, and "$TITLE"',
  );
});
