import { textOf } from '@plimsoll/documents';
import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';

const path = '.github/workflows/a.yml';

function strangersOf(files: Readonly<Record<string, string>>) {
  return buildGraph(documentsOf(files)).strangers;
}

function workflow(on: string, steps: string): string {
  return `on: ${on}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n${steps.trim().replace(/^/gm, '      ')}\n`;
}

describe('what is told of an injection', () => {
  test('the text, the script, and who gets there', () => {
    const [found] = strangersOf({
      [path]: workflow('issue_comment', '- run: echo ${{ github.event.comment.body }}'),
    }).scriptInjections;
    expect(found && textOf(found.range)).toBe('${{ github.event.comment.body }}');
    expect(found?.text).toMatchObject({ path: 'github.event.comment.body', by: 'anyone' });
    expect(found?.reach).toMatchObject({
      event: 'issue_comment',
      by: 'anyone',
      privileged: true,
      cache: 'default branch',
    });
  });

  test.each([
    ['pull_request', { by: 'anyone', privileged: false, cache: 'pull request' }],
    ['pull_request_target', { by: 'anyone', privileged: true, cache: 'default branch' }],
    ['{ pull_request_target: { types: [labeled] } }', { by: 'approved', gate: { kind: 'consent' } }],
  ])('a branch name on %s', (on, reach) => {
    const { scriptInjections } = strangersOf({ [path]: workflow(on, '- run: echo ${{ github.head_ref }}') });
    expect(scriptInjections.map((one) => one.reach)).toMatchObject([reach]);
  });

  test('an action that nothing calls has callers elsewhere', () => {
    const action =
      'runs:\n  using: composite\n  steps:\n    - shell: bash\n      run: echo ${{ github.event.issue.title }}\n';
    const [found] = strangersOf({ 'action.yml': action }).scriptInjections;
    expect(found?.reach).toBeUndefined();
  });
});

test('code that nothing runs is told as well, with no run', () => {
  const steps = '- uses: actions/checkout@v3\n  with: { ref: "${{ github.head_ref }}" }\n- uses: actions/labeler@v6';
  const { untrustedCode } = strangersOf({ [path]: workflow('pull_request_target', steps) });
  expect(untrustedCode.map(({ brings, runs }) => [brings, runs.length])).toEqual([['checkout', 0]]);
});

describe('hostile input is read to its end', () => {
  const called = (to: string): string =>
    `on: { workflow_call: { inputs: { t: { type: string } } }, issues: {} }\njobs:\n  a:\n    uses: ./.github/workflows/${to}.yml\n    with: { t: "\${{ inputs.t }}" }\n  b:\n    runs-on: x\n    steps: [{ run: 'echo \${{ inputs.t || github.event.issue.title }}' }]\n`;

  test('workflows that call each other', () => {
    const { scriptInjections } = strangersOf({
      '.github/workflows/x.yml': called('y'),
      '.github/workflows/y.yml': called('x'),
    });
    expect(scriptInjections).toHaveLength(2);
  });

  test('actions that use themselves', () => {
    const action =
      'inputs: { t: {} }\nruns:\n  using: composite\n  steps:\n    - uses: ./.github/actions/x\n      with: { t: "${{ inputs.t }}" }\n    - shell: bash\n      run: echo ${{ inputs.t }}\n';
    const { scriptInjections } = strangersOf({
      '.github/actions/x/action.yml': action,
      [path]: workflow('issues', '- uses: ./.github/actions/x\n  with: { t: "${{ github.event.issue.title }}" }'),
    });
    expect(scriptInjections).toHaveLength(1);
  });

  test('variables and outputs that lead back to themselves', () => {
    const steps =
      '- id: s\n  env: { A: "${{ env.B }}", B: "${{ env.A }}" }\n  run: echo "x=${{ steps.s.outputs.x }}$A" >> $GITHUB_OUTPUT';
    expect(strangersOf({ [path]: workflow('issues', steps) }).scriptInjections).toEqual([]);
  });

  test.each([
    ['nested parentheses', `${'('.repeat(20_000)}github.event.issue.title${')'.repeat(20_000)}`],
    ['nested calls', `${'format('.repeat(2_000)}github.event.issue.title${')'.repeat(2_000)}`],
    ['operands', Array.from({ length: 5_000 }, () => 'github.event.issue.title').join(' || ')],
    ['a quote that is open', `'${'a'.repeat(50_000)}`],
  ])('%s', (_, expression) => {
    expect(
      () => strangersOf({ [path]: workflow('issues', `- run: echo \${{ ${expression} }}`) }).scriptInjections,
    ).not.toThrow();
  });

  test('thousands of expressions in one script are found, each once', () => {
    const script = Array.from({ length: 3_000 }, () => '    echo ${{ github.event.issue.title }}').join('\n');
    const { scriptInjections } = strangersOf({ [path]: workflow('issues', `- run: |\n${script}`) });
    expect(scriptInjections).toHaveLength(3_000);
  });

  test.each(['git log ', 'gh pr view --json a', 'tr -a ', 'pull/', "setOutput('x'", 'steps.a.outputs.'])(
    'a long text of "%s"',
    (piece) => {
      const text = piece.repeat(20_000);
      const steps = `- uses: actions/checkout@v3\n  with: { ref: ${JSON.stringify(text)} }\n- id: s\n  uses: actions/github-script@v8\n  with: { script: ${JSON.stringify(text)} }\n- run: echo "x=$(${text.replaceAll('"', '')})" >> $GITHUB_OUTPUT; make`;
      const found = strangersOf({ [path]: workflow('pull_request_target', steps) });
      expect(() => [
        found.scriptInjections,
        found.untrustedCode,
        found.poisonedCaches,
        found.untrustedRunners,
      ]).not.toThrow();
    },
  );
});
