import { describe, expect, test } from 'vitest';
import { SourceFile, readWorkflow, textOf } from '../index.ts';
import type { NamedValue, StringValue } from '../index.ts';

function read(text: string) {
  const file = new SourceFile('.github/workflows/a.yml', text);
  const { document, problems } = readWorkflow(file);
  const [job] = document.jobs;
  return { ...document, job: job!, steps: job?.steps ?? [], problems };
}

/** A workflow of one job with these steps. */
function readSteps(steps: string) {
  return read(`on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${steps.replace(/^(?=.)/gm, '      ')}`);
}

function problemsOf(text: string): string[] {
  const file = new SourceFile('.github/workflows/a.yml', text);
  return readWorkflow(file).problems.map(({ range, message, rule }) => {
    expect(rule).toBe('syntax/workflow');
    const { line, column } = file.positionAt(range.start);
    return `${line}:${column} ${message}`;
  });
}

const values = (named: readonly NamedValue[]) => Object.fromEntries(named.map(({ name, value }) => [name, value]));
const place = (value: StringValue | undefined) => value && textOf(value.range);

describe('triggers', () => {
  test.each([
    ['an event', 'on: push\n', ['push']],
    ['a list', 'on: [push, pull_request]\n', ['push', 'pull_request']],
    ['a map', 'on:\n  push:\n  workflow_dispatch:\n', ['push', 'workflow_dispatch']],
    ['a quoted key', '"on": push\n', ['push']],
  ])('are %s', (_, on, events) => {
    const { triggers, problems } = read(`${on}jobs:\n  a:\n    runs-on: x\n`);
    expect(problems).toEqual([]);
    expect(triggers.map(({ event }) => event)).toEqual(events);
    expect(triggers.map(({ range }) => textOf(range))).toEqual(events);
  });

  test('keep their filters', () => {
    const { triggers } = read('on:\n  push: {branches: [main, "v*"], tags-ignore: x}\n  release: {types: published}\njobs: {a: {}}\n');
    expect(triggers).toMatchObject([
      { event: 'push', branches: ['main', 'v*'], tagsIgnore: ['x'] },
      { event: 'release', types: ['published'] },
    ]);
    expect(triggers[0]).not.toHaveProperty('tags');
  });

  test('of a reusable workflow declare inputs, outputs and secrets', () => {
    const workflow = read(`
on:
  workflow_call:
    inputs:
      push: { type: boolean, default: false }
      image: { required: true, type: string }
    outputs:
      digest: { value: "\${{ jobs.a.outputs.digest }}" }
    secrets:
      token: { required: true }
      other:
  workflow_dispatch:
    inputs:
      stage: { type: choice, options: [test, live] }
jobs: { a: {} }
`);
    expect(workflow.callInputs).toMatchObject([
      { name: 'push', type: 'boolean', required: false, default: { value: 'false' } },
      { name: 'image', required: true },
    ]);
    expect(values(workflow.callOutputs)).toEqual({ digest: '${{ jobs.a.outputs.digest }}' });
    expect(workflow.callSecrets).toEqual(['token', 'other']);
    expect(workflow.dispatchInputs).toMatchObject([{ name: 'stage', options: ['test', 'live'] }]);
  });
});

describe('permissions', () => {
  const permissionsOf = (text: string) => read(`on: push\n${text}\njobs: {a: {}}\n`).permissions;

  test('are read-all, write-all, none, or scopes', () => {
    expect(permissionsOf('permissions: read-all')).toMatchObject({ all: 'read-all', scopes: [] });
    expect(permissionsOf('permissions: {}')).toMatchObject({ all: 'none', scopes: [] });
    const scoped = permissionsOf('permissions:\n  contents: read\n  id-token: write # for OIDC');
    expect(scoped?.scopes.map(({ name, level, range }) => [name, level, textOf(range)])).toEqual([
      ['contents', 'read', 'contents: read'],
      ['id-token', 'write', 'id-token: write'],
    ]);
    expect(scoped && textOf(scoped.range)).toBe('permissions');
    expect(scoped).not.toHaveProperty('all');
    expect(permissionsOf('name: x')).toBeUndefined();
  });

  test('of an unknown level are a problem', () => {
    expect(problemsOf('on: push\npermissions:\n  contents: writes\njobs: {a: {}}\n')).toEqual([
      '3:13 The level of contents is "writes"; it is read, write or none',
    ]);
    expect(problemsOf('on: push\npermissions: all\njobs: {a: {}}\n')).toEqual([
      '2:14 permissions is "all"; it is a map of scopes, read-all or write-all',
    ]);
  });
});

describe('a job', () => {
  test('has what its keys say', () => {
    const { job, problems } = read(`
on: push
jobs:
  image:
    name: Build \${{ matrix.app }}
    needs: [test, lint]
    if: github.ref == 'refs/heads/main'
    runs-on: [self-hosted, linux]
    environment: { name: live, url: https://example.com }
    permissions: { packages: write }
    continue-on-error: true
    env: { IMAGE: ghcr.io/acme/api, EMPTY: }
    outputs: { digest: "\${{ steps.push.outputs.digest }}" }
    defaults: { run: { shell: bash, working-directory: apps/api } }
    steps: []
`);
    expect(problems).toEqual([]);
    expect(job).toMatchObject({ id: 'image', defaultShell: 'bash', defaultWorkingDirectory: 'apps/api', steps: [], secrets: [] });
    expect(textOf(job.idRange)).toBe('image');
    expect(textOf(job.range)).toMatch(/^image:[^]*steps: \[\]$/);
    expect(job.needs.map(({ value }) => value)).toEqual(['test', 'lint']);
    expect(place(job.if)).toBe("github.ref == 'refs/heads/main'");
    expect(place(job.environment)).toBe('live');
    expect(job.continueOnError?.value).toBe('true');
    expect(job.permissions?.scopes).toMatchObject([{ name: 'packages', level: 'write' }]);
    expect(values(job.env)).toEqual({ IMAGE: 'ghcr.io/acme/api', EMPTY: '' });
    expect(values(job.outputs)).toEqual({ digest: '${{ steps.push.outputs.digest }}' });
    expect(job.runsOn?.type).toBe('sequence');
  });

  test('may need one job, and name its environment by itself', () => {
    const { job } = read('on: push\njobs:\n  a:\n    needs: b\n    environment: live\n');
    expect(job.needs.map(({ value }) => value)).toEqual(['b']);
    expect(job.environment?.value).toBe('live');
  });

  test('runs in a container beside services', () => {
    const { job } = read(`
on: push
jobs:
  a:
    container: { image: node:22, env: { A: b }, credentials: { username: u, password: "\${{ secrets.P }}" } }
    services:
      db: { image: postgres:17 }
      off: { image: "" }
      short: redis
`);
    expect(job.container).toMatchObject({ image: { value: 'node:22' }, env: [{ name: 'A' }] });
    expect(values(job.container?.credentials ?? [])).toEqual({ username: 'u', password: '${{ secrets.P }}' });
    expect(job.services.map(({ name, image }) => [name, image.value])).toEqual([
      ['db', 'postgres:17'],
      ['off', ''],
      ['short', 'redis'],
    ]);
    expect(place(read('on: push\njobs: {a: {container: node:lts}}\n').job.container?.image)).toBe('node:lts');
  });

  test('may call a workflow', () => {
    const { job, jobs } = read(`
on: push
jobs:
  a:
    uses: acme/ci/.github/workflows/build.yml@v1 # v1.2.3
    with: { push: true }
    secrets: inherit
  b:
    uses: ./.github/workflows/b.yml
    secrets: { TOKEN: "\${{ secrets.T }}" }
`);
    expect(job.uses).toMatchObject({
      target: 'workflow', owner: 'acme', repository: 'ci', path: '.github/workflows/build.yml', ref: 'v1', comment: 'v1.2.3',
    });
    expect(values(job.with)).toEqual({ push: 'true' });
    expect(job.secrets).toBe('inherit');
    expect(job.secretsRange && textOf(job.secretsRange)).toBe('secrets: inherit');
    expect(jobs[1]?.secrets).toMatchObject([{ name: 'TOKEN', value: '${{ secrets.T }}' }]);
  });
});

describe('a matrix', () => {
  const matrixOf = (matrix: string) => read(`on: push\njobs:\n  a:\n    strategy:\n      matrix: ${matrix}\n`).job.matrix;

  test('has axes, include and exclude', () => {
    const matrix = matrixOf('{ os: [a, b], node: [20, 1.20], include: [{ os: c, tag: x }], exclude: [{ os: a }] }');
    expect(matrix?.axes.map(({ name, values: nodes }) => [name, nodes.map(({ range }) => textOf(range))])).toEqual([
      ['os', ['a', 'b']],
      ['node', ['20', '1.20']],
    ]);
    expect(matrix?.include.map((entry) => [...entry.keys()])).toEqual([['os', 'tag']]);
    expect(matrix?.exclude).toHaveLength(1);
    expect(matrix).not.toHaveProperty('dynamic');
  });

  test.each([
    ['"${{ fromJSON(x) }}"', 'the matrix is ${{ fromJSON(x) }}'],
    ['{ os: "${{ x }}", b: [1] }', 'the axis os is ${{ x }}'],
    ['{ include: "${{ x }}" }', 'include is ${{ x }}'],
    ['{ include: [{ a: b }, "${{ x }}"] }', 'include holds ${{ x }}'],
  ])('that is not known before the run says so: %s', (matrix, reason) => {
    expect(matrixOf(matrix)?.dynamic).toBe(reason);
  });
});

describe('steps', () => {
  test('run, use and say when', () => {
    const { steps, problems } = readSteps(`
- id: push
  name: Push
  uses: docker/build-push-action@1194f17150aca5f6337f7072abf569e59c100fc2 # v6.18.0
  with: { push: true, tags: "a:1" }
- if: always()
  run: |
    make
    make push
  shell: bash
  working-directory: apps
  env: { A: "\${{ secrets.A }}" }
  continue-on-error: true
`);
    expect(problems).toEqual([]);
    expect(steps[0]).toMatchObject({ index: 0, id: 'push', background: false, uses: { comment: 'v6.18.0', target: 'action' } });
    expect(values(steps[0]!.with)).toEqual({ push: 'true', tags: 'a:1' });
    expect(steps[1]).toMatchObject({ index: 1, if: { value: 'always()' }, shell: { value: 'bash' }, workingDirectory: { value: 'apps' } });
    expect(steps[1]?.run?.value).toBe('make\nmake push\n');
    expect(place(steps[1]?.run)).toBe('make\n          make push\n');
  });

  test('of a parallel list stand among the others; background steps are waited for', () => {
    const { steps, problems } = readSteps(`
- run: one
- parallel:
    - run: two
    - run: three
- id: server
  run: serve
  background: true
- parallel: [{ run: four }]
- wait: server
- wait: [a, b]
- wait-all:
- cancel: server
`);
    expect(problems).toEqual([]);
    expect(steps.map(({ run, background, parallelGroup }) => [run?.value, background, parallelGroup])).toEqual([
      ['one', false, undefined],
      ['two', true, 0],
      ['three', true, 0],
      ['serve', true, undefined],
      ['four', true, 1],
      ...Array(4).fill([undefined, false, undefined]),
    ]);
    expect(steps.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(steps.slice(5).map(({ waitsFor, cancels }) => waitsFor ?? cancels)).toEqual([['server'], ['a', 'b'], 'all', 'server']);
  });

  test('may be aliases', () => {
    const { steps, problems } = readSteps('- &checkout\n  uses: actions/checkout@v4\n- *checkout\n');
    expect(problems).toEqual([]);
    expect(steps.map(({ uses }) => uses?.text)).toEqual(['actions/checkout@v4', 'actions/checkout@v4']);
    expect(steps[1]?.range).toEqual(steps[0]?.range);
  });

  test('an if that YAML takes for a tag shows it', () => {
    const { steps } = readSteps('- if: !cancelled()\n  run: x\n');
    expect(steps[0]?.if).toMatchObject({ value: '', tag: { text: '!cancelled()' } });
  });

  test.each([
    ['actions/checkout@v4', { target: 'action', owner: 'actions', repository: 'checkout', ref: 'v4' }],
    ['github/codeql-action/init@v3', { target: 'action', path: 'init', ref: 'v3' }],
    ['a/b/.github/workflows/c.yaml@feature/x', { target: 'workflow', path: '.github/workflows/c.yaml', ref: 'feature/x' }],
    ['./.github/actions/a', { target: 'local', path: '.github/actions/a' }],
    ['$/actions/a', { target: 'local', path: 'actions/a' }],
    ['docker://alpine:3', { target: 'docker' }],
    ['actions/checkout', { target: 'invalid' }],
    ['${{ matrix.action }}@v1', { target: 'invalid' }],
  ])('uses %s', (text, uses) => {
    const { steps } = readSteps(`- uses: ${text}\n`);
    expect(steps[0]?.uses).toMatchObject({ text, ...uses });
    expect(textOf(steps[0]!.uses!.range)).toBe(text);
  });
});

describe('what GitHub refuses is a problem', () => {
  test.each([
    ['a file of something else', 'version: 2\nupdates: []\n', ['1:1 This is no workflow: it has neither "on" nor "jobs"']],
    ['no trigger', 'jobs: {a: {}}\n', ['1:1 The workflow has no "on": nothing starts it']],
    ['no jobs', 'on: push\n', ['1:1 The workflow has no "jobs"']],
    ['jobs without a job', 'on: push\njobs: {}\n', ['2:1 jobs is empty; a workflow has at least one job']],
    ['jobs as a list', 'on: push\njobs: [a]\n', ['2:1 jobs is no map of jobs']],
    ['a job without a body', 'on: push\njobs:\n  a:\n  b: {}\n', ['3:3 The job a is no map of keys such as runs-on: and steps:']],
    ['steps that are no list', 'on: push\njobs: {a: {steps: {run: x}}}\n', ['2:19 steps is no list; each step is an item that starts with "- "']],
    ['a step that is text', 'on: push\njobs: {a: {steps: [x]}}\n', ['2:20 A step is no map of keys such as uses: or run:']],
    ['uses and run in one step', 'on: push\njobs: {a: {steps: [{run: x, uses: a/b@c}]}}\n', ['2:29 A step has both uses and run']],
    ['a merge key', 'on: push\nenv: &e {A: b}\njobs: {a: {env: {<<: *e}}}\n', ['3:18 GitHub does not take the merge key <<']],
    ['a second document', 'on: push\njobs: {a: {}}\n---\non: push\n', ['4:1 The file holds a second YAML document; GitHub reads one']],
    ['a list', '- a\n', ['1:1 The file is no map of keys']],
  ])('%s', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  test('and where the YAML is broken only that is reported', () => {
    expect(problemsOf('name: image\non:\n  push:\n\tbranches: [main]\njobs: {}\n')).toEqual(['4:1 Tabs are not allowed as indentation']);
  });

  test('an empty file has nothing to report', () => {
    expect(problemsOf('')).toEqual([]);
    expect(problemsOf('# on: push\n# jobs: {}\n')).toEqual([]);
  });
});
