import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph } from './index.ts';

/** The tags of the only build: what values look like, with unknown parts in angle brackets. */
const tagsOf = (files: Record<string, string>) =>
  buildGraph(documentsOf({ Dockerfile: 'FROM scratch\n', ...files })).builds.flatMap((build) =>
    build.tags.flatMap((tag) =>
      tag.forms.map((form) => form.map((part) => (typeof part === 'string' ? part : `<${part.unknown}>`)).join('')),
    ),
  );

const step = (tag: string, before = '', job = '', head = 'on: push\n') => ({
  '.github/workflows/a.yml': `${head}jobs:\n  a:\n    runs-on: x\n${job}    steps:\n${before}      - uses: docker/build-push-action@v6\n        with: { context: ., tags: "${tag}" }\n`,
});

test('what is not known before the run is kept by its name, however it is written', () => {
  expect(tagsOf(step('ghcr.io/acme/api:${{github.sha}}'))).toEqual(['ghcr.io/acme/api:<${{ github.sha }}>']);
});

test('env of the step comes before GITHUB_ENV, that before the job, that before the workflow', () => {
  const workflow = 'on: push\nenv: { A: workflow, B: workflow, C: workflow }\n';
  const before = '      - run: echo "B=${A}-written" >> "$GITHUB_ENV"\n';
  expect(
    tagsOf(step('${{ env.A }} ${{ env.B }} ${{ env.C }}', before, '    env: { A: job, B: job }\n', workflow)),
  ).toEqual(['job job-written workflow']);
});

test('outputs that a script writes are read, with its own variables', () => {
  const before =
    '      - id: v\n        run: |\n          NAME=api\n          if true; then NAME=web; fi\n          echo "name=$NAME" >> $GITHUB_OUTPUT\n';
  expect(tagsOf(step('x/${{ steps.v.outputs.name }}', before))).toEqual(['x/web', 'x/api']);
});

test('an output of several lines is read between its delimiters', () => {
  const before =
    '      - id: v\n        run: |\n          TAGS="acme/api:1"\n          TAGS="${TAGS}\\nacme/api:latest"\n          {\n            echo "tags<<EOF"\n            echo -e "$TAGS"\n            echo "EOF"\n          } >> "$GITHUB_OUTPUT"\n';
  expect(tagsOf(step('${{ steps.v.outputs.tags }}', before))).toEqual(['acme/api:1\nacme/api:latest']);
});

test('conditions and functions are followed', () => {
  expect(tagsOf(step("${{ github.event_name == 'push' && 'a' || 'b' }}"))).toEqual(['a']);
  expect(tagsOf(step("${{ github.ref == 'x' && 'a' || 'b' }}"))).toEqual(['a', 'b']);
  expect(tagsOf(step("${{ format('{0}/{1}', 'x', github.actor) }}"))).toEqual(['x/<${{ github.actor }}>']);
});

test('inputs of a dispatch are their options or their default, and anything else', () => {
  const head =
    'on:\n  workflow_dispatch:\n    inputs:\n      kind: { type: choice, options: [a, b] }\n      tag: { type: string, default: latest }\n';
  expect(tagsOf(step('${{ inputs.kind }}', '', '', head))).toEqual(['a', 'b']);
  expect(tagsOf(step('${{ inputs.tag }}', '', '', head))).toEqual(['latest', '<${{ inputs.tag }}>']);
});

test('outputs of other jobs and of called workflows are followed', () => {
  const files = {
    '.github/workflows/a.yml':
      'on: push\njobs:\n  name: { uses: ./.github/workflows/name.yml }\n  a:\n    needs: name\n    runs-on: x\n    steps:\n      - uses: docker/build-push-action@v6\n        with: { context: ., tags: "${{ needs.name.outputs.name }}:1" }\n',
    '.github/workflows/name.yml':
      'on:\n  workflow_call:\n    outputs: { name: { value: "${{ jobs.n.outputs.name }}" } }\njobs:\n  n:\n    runs-on: x\n    outputs: { name: "${{ steps.s.outputs.name }}" }\n    steps:\n      - { id: s, run: "echo name=acme/api >> $GITHUB_OUTPUT" }\n',
  };
  expect(tagsOf(files)).toEqual(['acme/api:1']);
});

test('secrets are found through env, inputs and callers, and not in conditions', () => {
  const { builds } = buildGraph(
    documentsOf({
      Dockerfile: 'FROM scratch\n',
      '.github/workflows/release.yml':
        'on: push\njobs:\n  i: { uses: ./.github/workflows/image.yml, secrets: { token: "${{ secrets.NPM_TOKEN }}" } }\n',
      '.github/workflows/image.yml':
        "on: { workflow_call: { secrets: { token: { required: true } } } }\njobs:\n  i:\n    runs-on: x\n    env: { T: '${{ secrets.token }}' }\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          context: .\n          build-args: |\n            A=${{ env.T }}\n            B=${{ env.T != '' && 'yes' }}\n            C=${{ secrets.token && 'yes' || 'no' }}\n            D=${{ secrets.X || github.token }}\n",
    }),
  );
  expect(builds[0]?.buildArgs.map(({ name, value }) => [name, value?.secrets.map((secret) => secret.text)])).toEqual([
    ['A', ['secrets.NPM_TOKEN']],
    ['B', []],
    ['C', []],
    ['D', ['github.token']],
  ]);
});

test('values that lead to themselves, multiply or never end are unknown, and cost little', () => {
  const doubling = Array.from({ length: 400 }, (_, i) => `          A${i + 1}=$A${i}$A${i}`).join('\n');
  const before = `      - id: v\n        run: |\n          A0=x\n${doubling}\n          echo "a=$A400" >> $GITHUB_OUTPUT\n`;
  expect(tagsOf(step('${{ steps.v.outputs.a }}', before))).toHaveLength(1);
  const circle = {
    '.github/workflows/a.yml':
      'on: push\njobs:\n  a:\n    runs-on: x\n    outputs: { x: "${{ needs.a.outputs.x }}" }\n    env: { A: "${{ env.A }}" }\n    steps:\n      - uses: docker/build-push-action@v6\n        with: { context: ., tags: "${{ needs.a.outputs.x }}${{ env.A }}" }\n',
  };
  expect(tagsOf(circle)).toHaveLength(1);
});

test('actions and workflows that call themselves, or fan out without end, are bounded', () => {
  const self = 'name: a\nruns:\n  using: composite\n  steps:\n    - uses: ./a\n    - uses: ./b\n';
  const fan = (next: string) => `name: x\nruns:\n  using: composite\n  steps:\n${`    - uses: ./${next}\n`.repeat(30)}`;
  const files = {
    'a/action.yml': self,
    'b/action.yml': fan('c'),
    'c/action.yml': fan('d'),
    'd/action.yml': fan('e'),
    'e/action.yml': fan('f'),
    'f/action.yml': fan('a'),
  };
  const workflow = '.github/workflows/w.yml';
  const graph = buildGraph(
    documentsOf({
      ...files,
      [workflow]: `on: [push, workflow_call]\njobs:\n  a: { uses: ./${workflow} }\n  b:\n    runs-on: x\n    steps:\n      - uses: ./a\n`,
    }),
  );
  expect(graph.builds).toEqual([]);
  expect(graph.publications).toEqual([]);
});
