import { expect, test } from 'vitest';
import { SourceFile, readAction, textOf } from '../index.ts';

function read(text: string) {
  const { document, problems } = readAction(new SourceFile('action.yml', text));
  return { ...document, messages: problems.map(({ message }) => message) };
}

test('a composite action has inputs, outputs and steps', () => {
  const action = read(`
name: Prepare
inputs:
  version: { required: true, default: "22" }
outputs:
  digest: { description: d, value: "\${{ steps.a.outputs.digest }}" }
runs:
  using: composite
  steps:
    - uses: actions/setup-node@v4
    - run: npm ci
      shell: bash
`);
  expect(action).toMatchObject({ name: 'Prepare', using: 'composite', messages: [] });
  expect(action.inputs).toMatchObject([{ name: 'version', required: true, default: { value: '22' } }]);
  expect(action.outputs).toMatchObject([{ name: 'digest', value: '${{ steps.a.outputs.digest }}' }]);
  expect(action.steps.map(({ uses, run }) => uses?.text ?? run?.value)).toEqual(['actions/setup-node@v4', 'npm ci']);
});

test('a Docker action has an image', () => {
  const { image, steps } = read('name: x\nruns:\n  using: docker\n  image: docker://alpine:3\n');
  expect(image && textOf(image.range)).toBe('docker://alpine:3');
  expect(steps).toEqual([]);
});

test('a JavaScript action has outputs without values', () => {
  const { outputs, messages } = read('runs: {using: node24, main: a.js}\noutputs: {token: {description: d}}\n');
  expect(messages).toEqual([]);
  expect(outputs).toMatchObject([{ name: 'token', value: '' }]);
});

test('what it cannot do without is a problem', () => {
  expect(read('name: x\n').messages).toEqual(['The action has no "runs"']);
  expect(read('runs: {main: a.js}\n').messages).toEqual([
    'The action does not say what it is: "runs.using" is missing',
  ]);
  expect(read('runs: {using: composite}\n').messages).toEqual(['The composite action has no "steps"']);
  expect(read('runs: {using: composite, steps: [{run: a, uses: b/c@d}]}\n').messages).toEqual([
    'A step has both uses and run',
  ]);
});
