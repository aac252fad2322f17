import { describe, expect, test } from 'vitest';
import { textOf } from '../index.ts';
import { problemsOf, read, values } from './test-helpers.ts';

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
    const { triggers } = read(
      'on:\n  push: {branches: [main, "v*"], tags-ignore: x}\n  release: {types: published}\njobs: {a: {}}\n',
    );
    expect(triggers).toMatchObject([
      { event: 'push', branches: ['main', 'v*'], tagsIgnore: ['x'] },
      { event: 'release', types: ['published'] },
    ]);
    expect(triggers[0]).not.toHaveProperty('tags');
  });

  test('say which runs wait for each other, and which end another', () => {
    const workflow = read(
      "concurrency: { group: 'a-${{ github.ref }}', cancel-in-progress: true }\non: push\njobs: { a: { concurrency: b } }\n",
    );
    expect(workflow.concurrency).toMatchObject({
      group: { value: 'a-${{ github.ref }}' },
      cancelInProgress: { value: 'true' },
    });
    expect(workflow.jobs[0]?.concurrency).toMatchObject({ group: { value: 'b' } });
    expect(workflow.jobs[0]?.concurrency).not.toHaveProperty('cancelInProgress');
  });

  test('keep the header of a block scalar apart from its text', () => {
    const { jobs } = read('on: push\njobs:\n  a:\n    if: >-\n      x\n');
    const condition = jobs[0]?.if;
    expect(condition?.header && textOf(condition.header)).toBe('>-');
    expect(condition && textOf(condition.range)).toContain('x');
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
      'syntax/workflow 3:13 The level of contents is "writes"; it is read, write or none',
    ]);
    expect(problemsOf('on: push\npermissions: all\njobs: {a: {}}\n')).toEqual([
      'syntax/workflow 2:14 permissions is "all"; it is a map of scopes, read-all or write-all',
    ]);
  });
});

describe('what GitHub refuses is a problem', () => {
  test.each([
    [
      'a file of something else',
      'version: 2\nupdates: []\n',
      ['syntax/workflow 1:1 This is no workflow: it has neither "on" nor "jobs"'],
    ],
    ['no trigger', 'jobs: {a: {}}\n', ['syntax/workflow 1:1 The workflow has no "on": nothing starts it']],
    ['no jobs', 'on: push\n', ['syntax/workflow 1:1 The workflow has no "jobs"']],
    [
      'jobs without a job',
      'on: push\njobs: {}\n',
      ['syntax/workflow 2:1 jobs is empty; a workflow has at least one job'],
    ],
    ['jobs as a list', 'on: push\njobs: [a]\n', ['syntax/workflow 2:1 jobs is no map of jobs']],
    [
      'a job without a body',
      'on: push\njobs:\n  a:\n  b: {}\n',
      ['syntax/workflow 3:3 The job a is no map of keys such as runs-on: and steps:'],
    ],
    [
      'steps that are no list',
      'on: push\njobs: {a: {steps: {run: x}}}\n',
      ['syntax/workflow 2:19 steps is no list; each step is an item that starts with "- "'],
    ],
    [
      'a step that is text',
      'on: push\njobs: {a: {steps: [x]}}\n',
      ['syntax/workflow 2:20 A step is no map of keys such as uses: or run:'],
    ],
    [
      'uses and run in one step',
      'on: push\njobs: {a: {steps: [{run: x, uses: a/b@c}]}}\n',
      ['syntax/workflow 2:29 A step has both uses and run'],
    ],
    [
      'a merge key',
      'on: push\nenv: &e {A: b}\njobs: {a: {env: {<<: *e}}}\n',
      ['syntax/workflow 3:18 GitHub does not take the merge key <<'],
    ],
    [
      'a second document',
      'on: push\njobs: {a: {}}\n---\non: push\n',
      ['syntax/workflow 4:1 The file holds a second YAML document; GitHub reads one'],
    ],
    ['a list', '- a\n', ['syntax/workflow 1:1 The file is no map of keys']],
  ])('%s', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  test('and where the YAML is broken only that is reported', () => {
    expect(problemsOf('name: image\non:\n  push:\n\tbranches: [main]\njobs: {}\n')).toEqual([
      'syntax/workflow 4:1 Tabs are not allowed as indentation',
    ]);
  });

  test('an empty file has nothing to report', () => {
    expect(problemsOf('')).toEqual([]);
    expect(problemsOf('# on: push\n# jobs: {}\n')).toEqual([]);
  });
});
