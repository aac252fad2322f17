import { describe, expect, test } from 'vitest';
import { textOf } from '../index.ts';
import { place, readSteps, values } from './test-helpers.ts';

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
    expect(steps[0]).toMatchObject({
      index: 0,
      id: 'push',
      background: false,
      uses: { comment: 'v6.18.0', target: 'action' },
    });
    expect(values(steps[0]!.with)).toEqual({ push: 'true', tags: 'a:1' });
    expect(steps[1]).toMatchObject({
      index: 1,
      if: { value: 'always()' },
      shell: { value: 'bash' },
      workingDirectory: { value: 'apps' },
    });
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
      ...[5, 6, 7, 8].map(() => [undefined, false, undefined]),
    ]);
    expect(steps.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(steps.slice(5).map(({ waitsFor, cancels }) => waitsFor ?? cancels)).toEqual([
      ['server'],
      ['a', 'b'],
      'all',
      'server',
    ]);
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
    [
      'a/b/.github/workflows/c.yaml@feature/x',
      { target: 'workflow', path: '.github/workflows/c.yaml', ref: 'feature/x' },
    ],
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
