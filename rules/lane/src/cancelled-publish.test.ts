import { faultsOf, runExample } from '@plimsoll/rule-tester';
import { describe, expect, test } from 'vitest';
import { cancelledPublish } from './cancelled-publish.ts';

type Files = Record<string, string>;

function workflow(on: string, concurrency: string, { job = '', push = 'true', condition = '' } = {}): Files {
  return {
    '.github/workflows/publish.yml': `on: ${on}\n${concurrency === '' ? '' : `concurrency: ${concurrency}\n`}jobs:\n  image:\n${job === '' ? '' : `    concurrency: ${job}\n`}    runs-on: x\n    steps:\n      - uses: docker/build-push-action@v7\n${condition === '' ? '' : `        if: ${condition}\n`}        with: { context: ., push: ${push}, tags: 'ghcr.io/acme/api:1' }\n`,
    Dockerfile: 'FROM scratch\n',
  };
}

const main = '{ push: { branches: [main] } }';
const both = '{ push: { branches: [main] }, pull_request: }';
const tagged = "{ push: { tags: ['v*'] } }";

describe('the next run cancels', () => {
  test.each<[string, Files]>([
    ['a fixed group', workflow(main, '{ group: publish, cancel-in-progress: «true» }')],
    ['a group by ref', workflow(main, "{ group: 'a-${{ github.ref }}', cancel-in-progress: «true» }")],
    ['a group by workflow', workflow(main, "{ group: '${{ github.workflow }}', cancel-in-progress: «true» }")],
    ['a group of the job', workflow(main, '', { job: '{ group: a, cancel-in-progress: «true» }' })],
    ['an expression that holds', workflow(both, '{ group: a, cancel-in-progress: «"${{ github.ref != \'x\' }}"» }')],
    ['a fixed group of tags', workflow(tagged, '{ group: release, cancel-in-progress: «true» }')],
    [
      'a push that is guarded',
      workflow(both, "{ group: '${{ github.ref }}', cancel-in-progress: «true» }", {
        push: '"${{ github.event_name != \'pull_request\' }}"',
      }),
    ],
    [
      'a push that a job decides',
      { ...workflow(main, '{ group: a, cancel-in-progress: «true» }', { condition: "vars.PUBLISH == 'true'" }) },
    ],
    ['a schedule', workflow("{ schedule: [{ cron: '0 0 * * *' }] }", '{ group: nightly, cancel-in-progress: «true» }')],
    [
      'pull requests by number, else by ref',
      workflow(both, "{ group: '${{ github.event.pull_request.number || github.ref }}', cancel-in-progress: «true» }"),
    ],
  ])('%s', async (_, files) => {
    expect(await faultsOf(cancelledPublish, files)).toEqual([]);
  });
});

describe('nothing is cut off', () => {
  test.each<[string, Files]>([
    ['a run waits', workflow(main, '{ group: a, cancel-in-progress: false }')],
    ['nothing is said', workflow(main, 'publish')],
    [
      'only pull requests are cancelled',
      workflow(both, '{ group: a, cancel-in-progress: "${{ github.event_name == \'pull_request\' }}" }'),
    ],
    [
      'only other branches are',
      workflow(both, '{ group: a, cancel-in-progress: "${{ github.ref != \'refs/heads/main\' }}" }'),
    ],
    ['only pull requests publish', workflow('pull_request', '{ group: a, cancel-in-progress: true }')],
    [
      'only pull requests reach the push',
      workflow(both, '{ group: a, cancel-in-progress: true }', { condition: "github.event_name == 'pull_request'" }),
    ],
    ['a group by commit', workflow(main, "{ group: '${{ github.sha }}', cancel-in-progress: true }")],
    [
      'a group by run',
      workflow(both, "{ group: '${{ github.head_ref || github.run_id }}', cancel-in-progress: true }"),
    ],
    [
      'a group by number, else by commit',
      workflow(both, "{ group: 'a-${{ github.event.pull_request.number || github.sha }}', cancel-in-progress: true }"),
    ],
    [
      'a group by tag',
      workflow(tagged, "{ group: '${{ github.workflow }}-${{ github.ref }}', cancel-in-progress: true }"),
    ],
    [
      'a group by release',
      workflow('{ release: { types: [published] } }', "{ group: '${{ github.ref_name }}', cancel-in-progress: true }"),
    ],
    [
      'a group by the run behind which it runs',
      workflow(
        '{ workflow_run: { workflows: [ci] } }',
        "{ group: '${{ github.event.workflow_run.pull_requests[0].number || github.event.workflow_run.id }}', cancel-in-progress: true }",
      ),
    ],
    ['it is not known', workflow(main, '{ group: a, cancel-in-progress: "${{ vars.CANCEL }}" }')],
    ['nothing is published', workflow(main, '{ group: a, cancel-in-progress: true }', { push: 'false' })],
  ])('%s', async (_, files) => {
    expect(await faultsOf(cancelledPublish, files)).toEqual([]);
  });
});

test('a run behind that of a pull request is one for it', async () => {
  const files = (event: string, value: string): Files =>
    Object.fromEntries(
      Object.entries(
        workflow('{ workflow_run: { workflows: [ci] } }', `{ group: a, cancel-in-progress: ${value} }`),
      ).map(([path, text]) => [
        path,
        text.replace('    runs-on', `    if: github.event.workflow_run.event == '${event}'\n    runs-on`),
      ]),
    );
  expect(await faultsOf(cancelledPublish, files('pull_request', 'true'))).toEqual([]);
  expect(await faultsOf(cancelledPublish, files('push', '«true»'))).toEqual([]);
});

test('the setting of a workflow that is called, and of its caller', async () => {
  const called = (concurrency: string): Files => ({
    '.github/workflows/called.yml': `on: workflow_call\n${concurrency}jobs:\n  image:\n    runs-on: x\n    steps:\n      - run: docker push ghcr.io/acme/api:1\n`,
  });
  const caller = (concurrency: string, on = 'push'): Files => ({
    '.github/workflows/caller.yml': `on: ${on}\njobs:\n  call:\n${concurrency}    uses: ./.github/workflows/called.yml\n`,
  });
  expect(
    await faultsOf(cancelledPublish, {
      ...caller(''),
      ...called('concurrency: { group: a, cancel-in-progress: «true» }\n'),
    }),
  ).toEqual([]);
  expect(
    await faultsOf(cancelledPublish, {
      ...caller('    concurrency: { group: a, cancel-in-progress: «true» }\n'),
      ...called(''),
    }),
  ).toEqual([]);
  expect(
    await faultsOf(cancelledPublish, {
      ...caller('    concurrency: { group: a, cancel-in-progress: true }\n', 'pull_request'),
      ...called(''),
    }),
  ).toEqual([]);
});

test('the help keeps what cancels pull requests', async () => {
  const helpOf = async (on: string) =>
    (await runExample(cancelledPublish, workflow(on, '{ group: a, cancel-in-progress: true }'))).findings.map(
      ({ help }) => help,
    );
  expect(await helpOf(both)).toEqual(["Write cancel-in-progress: ${{ github.event_name == 'pull_request' }}"]);
  expect(await helpOf(main)).toEqual(['Write cancel-in-progress: false: the next run waits for this one']);
});
