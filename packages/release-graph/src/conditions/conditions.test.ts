import { describe, expect, test } from 'vitest';
import { asked, despite, placesOf, stepIf } from './conditions.testing.ts';
import { assumptionsOf, valueUnder } from './index.ts';

const fork = { event: 'pull_request', fork: true, merged: false } as const;
const own = { event: 'pull_request', fork: false } as const;
const main = { event: 'push', ref: 'default-branch' } as const;
const tag = { event: 'push', ref: 'tag' } as const;

describe('a condition on the event', () => {
  test.each([
    ["github.event_name != 'pull_request'", false, true],
    ["github.event_name == 'pull_request'", true, false],
    ["github.event_name == 'PULL_REQUEST'", true, false],
    ["${{ github.event_name == 'push' }}", false, true],
    ['contains(fromJSON(\'["push", "schedule"]\'), github.event_name)', false, true],
    ["startsWith(github.event_name, 'pull_request')", true, false],
    ['github.event.pull_request', true, false],
    ['github.event.pull_request == null', false, true],
    ['github.event.pull_request.head.repo.full_name == github.repository', false, false],
    ["github.event_name == 'push' || github.event.pull_request.head.repo.full_name == github.repository", false, true],
    ['github.event.pull_request.head.repo.fork == false', false, true],
    ['github.event.pull_request.merged == true', false, false],
    ["github.base_ref == ''", false, true],
    ["github.head_ref == ''", false, true],
    ["github.ref_type == 'branch'", true, true],
    ["startsWith(github.ref, 'refs/heads/')", false, true],
    ["startsWith(github.ref, 'refs/pull/')", true, false],
    ["startsWith(github.ref, 'refs/tags/')", false, false],
    ["github.ref == 'refs/heads/main'", false, true],
    ["github.ref == 'refs/heads/trunk'", false, 'unknown'],
    ["github.ref == format('refs/heads/{0}', github.event.repository.default_branch)", false, true],
    ['github.ref_name == github.event.repository.default_branch', false, true],
    ["github.repository == 'acme/lamp'", true, true],
    ["github.repository != 'acme/lamp'", false, false],
    ["github.repository_owner == 'acme' && github.event_name == 'push'", false, true],
    ["github.actor != 'dependabot[bot]'", true, true],
    ["contains('alice bob', github.actor)", false, false],
    ['inputs.publish', false, false],
    ["github.event.inputs.publish == 'true'", false, false],
    ['vars.PUBLISH', 'unknown', 'unknown'],
    ['"\'false\'"', true, true],
    ['false', false, false],
    ['!cancelled()', true, true],
    ["case(github.event_name == 'push', true, false)", false, true],
    ['always()', true, true],
    ['failure()', false, false],
    ["success() && github.event_name == 'push'", false, true],
    ["github.event_name != 'push' && 'a' || 'b'", true, true],
    ["${{ github.event_name == 'push' }} && true", true, true],
    ['github.event_name == ', 'unknown', 'unknown'],
  ])('%s: a pull request %s, a push %s', (condition, onPullRequest, onPush) => {
    const files = stepIf(condition);
    expect([asked(files, fork), asked(files, main)]).toEqual([onPullRequest, onPush]);
  });

  test('a branch of the repository itself', () => {
    const files = stepIf('github.event.pull_request.head.repo.full_name == github.repository');
    expect(asked(files, own)).toBe(true);
    expect(asked(files, { event: 'pull_request' })).toBe('unknown');
  });

  test('secrets are empty in a pull request of a fork, and not under pull_request_target', () => {
    const files = `env: { TOKEN: '\${{ secrets.HUB_TOKEN }}' }\n${stepIf("env.TOKEN != ''", '[pull_request, pull_request_target]')}`;
    expect(asked(files, fork)).toBe(false);
    expect(asked(files, own)).toBe('unknown');
    expect(asked(files, { event: 'pull_request_target', fork: true })).toBe('unknown');
  });

  test('a closed pull request may be merged or not', () => {
    const files = stepIf('github.event.pull_request.merged', '{ pull_request: { types: [closed] } }');
    expect(asked(files, { event: 'pull_request', fork: true })).toBe('unknown');
    expect(asked(files, fork)).toBe(false);
    expect(asked(files, { ...fork, merged: true })).toBe(true);
  });

  test('the activity type is one of those of the trigger', () => {
    const files = stepIf("github.event.action == 'labeled'", '{ pull_request: { types: [opened, labeled] } }');
    expect(asked(files, fork)).toBe('unknown');
    expect(asked(files, { ...fork, action: 'opened' })).toBe(false);
    expect(asked(files, { ...fork, action: 'closed' })).toBe(false);
    expect(asked(stepIf("github.event.action == 'labeled'", 'pull_request'), fork)).toBe(false);
  });

  test('an event that starts nothing', () => {
    expect(asked(stepIf('true', 'push'), fork)).toBe(false);
    expect(asked(stepIf('true', 'workflow_call'), fork)).toBe('unknown');
    expect(asked(stepIf('true', '[push, workflow_call]'), fork)).toBe('unknown');
  });
});

describe('the filters of a push', () => {
  test.each([
    ["{ tags: ['v*'] }", 'true', true, false],
    ['{ branches: [main] }', 'true', false, true],
    ["{ branches: [main], tags: ['v*'] }", "startsWith(github.ref, 'refs/tags/v')", true, false],
    ["{ branches: [main], tags: ['v*'] }", "startsWith(github.ref_name, 'v')", true, false],
    ["{ branches: [main], tags: ['v*'] }", "github.ref == 'refs/heads/main'", false, true],
    ["{ branches: [main, 'release/**'] }", "startsWith(github.ref_name, 'release/')", false, false],
    ["{ tags-ignore: ['x'] }", 'true', true, false],
    ['', "github.ref_type == 'tag'", true, false],
    ["{ tags: ['v[0-9]+.[0-9]+'] }", "github.ref == 'refs/tags/w1'", false, false],
    ["{ tags: ['v[0-9]+.[0-9]+'] }", "github.ref_name == 'v1.0'", 'unknown', false],
  ])('%s, if: %s', (filters, condition, onTag, onMain) => {
    const files = stepIf(condition, filters === '' ? '{ push: }' : `{ push: ${filters} }`);
    expect([asked(files, tag), asked(files, main)]).toEqual([onTag, onMain]);
  });

  test('all that can start a job', () => {
    const job = placesOf(stepIf('true', "{ push: { branches: [main], tags: ['v*'] }, pull_request: , schedule: [] }"))(
      'job',
    );
    if ('step' in job) throw new Error('no job');
    expect(assumptionsOf(job)).toEqual([
      { event: 'push', ref: 'default-branch' },
      { event: 'push', ref: 'tag' },
      { event: 'pull_request', fork: false },
      { event: 'pull_request', fork: true },
      { event: 'schedule' },
    ]);
  });
});

describe('a job that needs others', () => {
  const workflow = (jobs: string, on = '[push, pull_request]'): string =>
    `on: ${on}\njobs:\n${jobs.trim().replace(/^/gm, '  ')}\n`;
  const run = 'runs-on: ubuntu-24.04, steps: [{ run: x }]';

  test.each([
    ['', false],
    ['if: always(), ', true],
    ["if: '!failure()', ", true],
    ["if: needs.a.result == 'success', ", false],
    ["if: always() && needs.a.result == 'success', ", false],
    ["if: always() && needs.a.result == 'skipped', ", true],
  ])('is skipped with them: %s', (condition, expected) => {
    const files = workflow(`a: { if: github.event_name == 'push', ${run} }\nit: { needs: a, ${condition}${run} }`);
    expect([asked(files, fork), asked(files, main)]).toEqual([expected, condition.includes('skipped') ? false : true]);
  });

  test('a skipped job further up counts too', () => {
    const files = workflow(
      `a: { if: github.event_name == 'push', ${run} }\nb: { needs: a, if: always(), ${run} }\nit: { needs: b, ${run} }`,
    );
    expect(asked(files, fork)).toBe(false);
  });

  test('reads their outputs', () => {
    const files = workflow(
      `a: { outputs: { push: "\${{ github.event_name != 'pull_request' }}" }, ${run} }\nit: { needs: a, if: needs.a.outputs.push == 'true', ${run} }`,
    );
    expect([asked(files, fork), asked(files, main)]).toEqual([false, true]);
  });

  test('an output is a text, and the text false is true', () => {
    const files = workflow(
      `a: { outputs: { push: "\${{ github.event_name != 'pull_request' }}" }, ${run} }\nit: { needs: a, if: needs.a.outputs.push, ${run} }`,
    );
    expect(asked(files, fork)).toBe(true);
  });

  test('jobs that need each other, or themselves', () => {
    const files = workflow(`a: { needs: it, ${run} }\nit: { needs: a, ${run} }\nb: { needs: b, ${run} }`);
    expect(asked(files, main)).toBe('unknown');
    expect(asked(files, main, 'b')).toBe('unknown');
  });

  test('a chain of 4,000 jobs, whose conditions read each other', () => {
    const jobs = Array.from(
      { length: 4_000 },
      (_, i) =>
        `j${i}: { ${i > 0 ? `needs: j${i - 1}, if: needs.j${i - 1}.outputs.a != 'b', ` : ''}outputs: { a: "\${{ needs.j${i - 1}.outputs.a }}" }, ${run} }`,
    );
    expect(asked(workflow(`${jobs.join('\n')}\nit: { needs: j3999, ${run} }`), main)).toBe(true);
  });
});

describe('a called workflow', () => {
  const files = (call: string, on = '[push, pull_request]'): Record<string, string> => ({
    '.github/workflows/ci.yml': `on: ${on}\njobs:\n  call:\n    ${call}\n    uses: ./.github/workflows/build.yml\n    with: { push: "\${{ github.event_name != 'pull_request' }}" }\n`,
    '.github/workflows/build.yml':
      'on: { workflow_call: { inputs: { push: { type: boolean }, dry: { type: boolean, default: true } } } }\njobs:\n  it:\n    if: inputs.push\n    runs-on: ubuntu-24.04\n    steps: [{ id: dry, if: inputs.dry, run: x }]\n',
  });

  test('gets its inputs from the caller, in their types', () => {
    expect([asked(files(''), fork), asked(files(''), main)]).toEqual([false, true]);
    expect(asked(files(''), main, 'dry')).toBe(true);
  });

  test('runs when its caller does', () => {
    expect(asked(files("if: github.event_name != 'push'"), main)).toBe(false);
  });
});

test('a composite action runs with the step that calls it, and gets texts', () => {
  const files = (condition: string): Record<string, string> => ({
    '.github/workflows/ci.yml': `on: [push, pull_request]\njobs:\n  job:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: ./action\n        with: { push: "\${{ github.event_name == 'push' }}" }\n`,
    'action/action.yml': `inputs: { push: {} }\nruns:\n  using: composite\n  steps:\n    - { id: it, if: "${condition}", run: x, shell: bash }\n`,
  });
  expect([asked(files("inputs.push == 'true'"), fork), asked(files("inputs.push == 'true'"), main)]).toEqual([
    false,
    true,
  ]);
  expect(asked(files('inputs.push'), fork)).toBe(true);
});

test('values under an assumption', () => {
  const it = placesOf(
    'on: [push, pull_request]\nenv: { PUSH: "${{ github.event_name == \'push\' }}" }\njobs:\n  job:\n    runs-on: ubuntu-24.04\n    steps:\n      - id: it\n        uses: docker/build-push-action@v7\n        with: { push: "${{ env.PUSH }}", outputs: "type=image,push=${{ github.event_name == \'push\' && \'true\' || \'false\' }}", tags: "a:${{ github.sha }}" }\n',
  )('it');
  if (!('step' in it)) throw new Error('no step');
  const [push, outputs, tags] = it.step.with;
  if (!push || !outputs || !tags) throw new Error('no inputs');
  expect(valueUnder(push, it, fork)).toMatchObject({ values: ['false'], complete: true });
  expect(valueUnder(outputs, it, main)).toMatchObject({ values: ['type=image,push=true'], complete: true });
  expect(valueUnder(tags, it, main)).toMatchObject({
    values: [],
    complete: false,
    forms: [['a:', { unknown: 'github.sha' }]],
  });
});

describe('though something failed', () => {
  const steps = (before: string, it: string): string =>
    `on: push\njobs:\n  job:\n    runs-on: ubuntu-24.04\n    steps:\n      - { id: before, run: x${before} }\n      - { id: it, run: y${it} }\n`;
  test.each([
    ['', '', false],
    ['', ', if: always()', true],
    ['', ', if: "!cancelled()"', true],
    ['', ', if: success() || failure()', true],
    ['', ', if: failure()', true],
    ['', ", if: github.ref == 'x'", false],
    ['', ", if: always() && steps.before.outcome == 'success'", false],
    ['', ', if: "always() && steps.before.conclusion != \'failure\'"', false],
    [', continue-on-error: true', '', true],
    [', continue-on-error: true', ", if: steps.before.outcome == 'success'", false],
    [', continue-on-error: true', ", if: steps.before.conclusion == 'success'", true],
    [', continue-on-error: "${{ vars.X }}"', '', 'unknown'],
    [', continue-on-error: false', '', false],
  ])('a step behind %s with %s', (before, it, expected) => {
    expect(despite(steps(before, it))).toBe(expected);
  });

  const jobs = (before: string, it: string): string =>
    `on: push\njobs:\n  before: { ${before}runs-on: x, steps: [{ id: inner, run: x }] }\n  other: { runs-on: x, steps: [{ run: y }] }\n  between: { needs: before, if: always(), runs-on: x, steps: [{ run: y }] }\n  it: { ${it}runs-on: x, steps: [{ run: z }] }\n`;
  test.each([
    ['', 'needs: before, ', false],
    ['', 'needs: [before, other], if: always(), ', true],
    ['', "needs: [before, other], if: always() && needs.before.result == 'success', ", false],
    ['', "needs: [before, other], if: always() && needs.other.result == 'success', ", true],
    ['', 'needs: [before, other], if: "always() && !contains(needs.*.result, \'failure\')", ', false],
    ['', 'needs: [before, other], if: "!cancelled() && !failure()", ', false],
    ['', "needs: [before, other], if: \"always() && !contains(join(needs.*.result, ','), 'failure')\", ", false],
    ['', 'needs: between, ', false],
    ['', 'needs: between, if: "!failure()", ', false],
    ['', "needs: between, if: always() && needs.between.result == 'success', ", true],
    ['', '', true],
    ['continue-on-error: true, ', 'needs: before, ', true],
  ])('a job behind one with %s: %s', (before, it, expected) => {
    expect(despite(jobs(before, it))).toBe(expected);
  });

  test('a step of a composite action, and of a called workflow', () => {
    const files = (call: string): Record<string, string> => ({
      '.github/workflows/a.yml': `on: push\njobs:\n  call: { uses: ./.github/workflows/b.yml }\n  it: { needs: call, ${call}runs-on: x, steps: [{ run: z }] }\n`,
      '.github/workflows/b.yml':
        'on: workflow_call\njobs:\n  b: { runs-on: x, steps: [{ uses: ./action }, { id: behind, run: x }] }\n',
      'action/action.yml': 'runs: { using: composite, steps: [{ id: before, run: x, shell: bash }] }\n',
    });
    expect(despite(files(''))).toBe(false);
    expect(despite(files('if: always(), '))).toBe(true);
  });
});

test.each([
  ["github.event.inputs.bump == 'true'", 'unknown'],
  ["inputs.bump == 'true'", false],
  ['inputs.bump', 'unknown'],
])('what is typed in is a text in the event, and has its type in the inputs: %s', (condition, result) => {
  const files = {
    '.github/workflows/a.yml': `on: { workflow_dispatch: { inputs: { bump: { type: boolean } } } }\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps: [{ id: it, if: "${condition}", run: x }]\n`,
  };
  expect(asked(files, { event: 'workflow_dispatch' })).toBe(result);
});
