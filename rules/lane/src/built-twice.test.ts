import { faultsOf } from '@plimsoll/rule-tester';
import { describe, expect, test } from 'vitest';
import { builtTwice } from './built-twice.ts';

const push = (tags: string, { mark = false, more = '' } = {}): string =>
  `      - uses: ${mark ? '«docker/build-push-action@v7»' : 'docker/build-push-action@v7'}\n        with:\n          context: .\n          push: true\n          tags: ${tags}\n${more}`;
const job = (id: string, steps: string, more = ''): string =>
  `  ${id}:\n    runs-on: ubuntu-24.04\n${more}    steps:\n${steps}`;
const on = (event: string, ...jobs: readonly string[]): string => `on: ${event}\njobs:\n${jobs.join('')}`;
const main = '{ push: { branches: [main] } }';

const faults = (workflows: Record<string, string>, preset: 'recommended' | 'strict' = 'recommended') =>
  faultsOf(
    builtTwice,
    {
      ...Object.fromEntries(Object.entries(workflows).map(([name, text]) => [`.github/workflows/${name}.yml`, text])),
      Dockerfile: 'FROM scratch\n',
    },
    { preset },
  );

describe('other images', () => {
  test.each([
    ['of another registry', 'ghcr.io/acme/api:1', 'acme/api:1'],
    ['of another base', 'ghcr.io/acme/api:1', 'ghcr.io/acme/api:1-alpine'],
    ['with tools', 'ghcr.io/acme/api:1', 'ghcr.io/acme/api:1-dev'],
    ['of another part', 'ghcr.io/acme/api:web-1', 'ghcr.io/acme/api:worker-1'],
    ['of a preview', 'ghcr.io/acme/api:1', 'ghcr.io/acme/api:preview-1'],
    ['whose names are only known in the run', '${{ steps.a.outputs.image }}:1', '${{ steps.a.outputs.image }}:1'],
  ])('%s', async (_, first, second) => {
    expect(await faults({ main: on(main, job('image', push(first) + push(second))) })).toEqual([]);
  });
});

test('environments are one image, in whatever way they are written', async () => {
  const jobs = [
    job('a', push('ghcr.io/acme/api:dev-${{ github.sha }}')),
    job('b', push('ghcr.io/acme/api:${{ github.sha }}-qa', { mark: true })),
  ];
  expect(await faults({ main: on(main, ...jobs) })).toEqual([]);
});

test('two workflows of one event', async () => {
  const first = on(main, job('image', push('ghcr.io/acme/api:${{ github.sha }}')));
  const second = on(main, job('image', push('ghcr.io/acme/api:latest', { mark: true })));
  expect(await faults({ a: first, b: second })).toEqual([]);
});

test('two calls of one workflow are marked at the second', async () => {
  const call = (id: string, mark: boolean, more = ''): string =>
    `  ${id}:\n${more}    uses: ${mark ? '«./.github/workflows/build.yml»' : './.github/workflows/build.yml'}\n    with: { env: ${id} }\n`;
  const workflows = {
    main: on(main, call('production', true, '    needs: staging\n'), call('staging', false)),
    build: on(
      '{ workflow_call: { inputs: { env: { type: string } } } }',
      job('image', push('ghcr.io/acme/api:${{ inputs.env }}')),
    ),
  };
  expect(await faults(workflows)).toEqual([]);
});

describe('pushes that exclude each other', () => {
  const either = (one: string, other: string, event: string): Record<string, string> => ({
    main: on(
      event,
      job('a', push('ghcr.io/acme/api:1'), `    if: ${one}\n`),
      job('b', push('ghcr.io/acme/api:2'), `    if: ${other}\n`),
    ),
  });

  test('by the ref', async () => {
    const event = "{ push: { branches: [main], tags: ['v*'] } }";
    expect(await faults(either("github.ref_type == 'branch'", "github.ref_type == 'tag'", event))).toEqual([]);
  });

  test('by an input', async () => {
    const event = '{ workflow_dispatch: { inputs: { to: { type: choice, options: [a, b] } } } }';
    expect(await faults(either("inputs.to == 'a'", "inputs.to == 'b'", event))).toEqual([]);
  });

  test('by an if of the shell', async () => {
    const run =
      '      - run: |\n          if [ "$X" = 1 ]; then docker buildx build --push -t ghcr.io/acme/api:1 .\n          else docker buildx build --push -t ghcr.io/acme/api:2 .\n          fi\n';
    expect(await faults({ main: on(main, job('image', run)) })).toEqual([]);
  });
});

test('a release that builds again is the matter of the strict preset', async () => {
  const ci = on(main, job('image', push('ghcr.io/acme/api:${{ github.sha }}')));
  const tags = "{ push: { tags: ['v*'] } }";
  const release = (mark: boolean): string =>
    on(tags, job('image', push('ghcr.io/acme/api:${{ github.ref_name }}', { mark })));
  expect(await faults({ ci, release: release(false) })).toEqual([]);
  expect(await faults({ ci, release: release(true) }, 'strict')).toEqual([]);
  expect(await faults({ ci, release: release(false).replace('ref_name }}', 'ref_name }}-nightly') }, 'strict')).toEqual(
    [],
  );
});

test('pulling, naming and pushing again is a promotion', async () => {
  const promote =
    '      - run: |\n          docker pull ghcr.io/acme/api:1\n          docker tag ghcr.io/acme/api:1 ghcr.io/acme/api:production\n          docker push ghcr.io/acme/api:production\n';
  const jobs = [job('image', push('ghcr.io/acme/api:1')), job('production', promote, '    needs: image\n')];
  expect(await faults({ main: on(main, ...jobs) })).toEqual([]);
});

test('a workflow that follows another rebuilds what that has published', async () => {
  const ci = `name: ci\n${on(main, job('image', push('ghcr.io/acme/api:${{ github.sha }}')))}`;
  const deploy = (after: string, mark: boolean): string =>
    on(
      `{ workflow_run: { workflows: [${after}], types: [completed] } }`,
      job('image', push('ghcr.io/acme/api:prod', { mark })),
    );
  expect(await faults({ ci, deploy: deploy('ci', true) })).toEqual([]);
  expect(await faults({ ci, deploy: deploy('other', false) })).toEqual([]);
});

test('a start by hand that builds for an environment is a later build, one of a hotfix is not', async () => {
  const ci = on(main, job('image', push('ghcr.io/acme/api:staging-${{ github.sha }}')));
  const byHand = (tag: string, mark: boolean): string =>
    on('workflow_dispatch', job('image', push(`ghcr.io/acme/api:${tag}`, { mark })));
  expect(await faults({ ci, deploy: byHand('prod-${{ github.sha }}', true) }, 'strict')).toEqual([]);
  expect(await faults({ ci, deploy: byHand('hotfix-${{ github.run_id }}', false) }, 'strict')).toEqual([]);
});

test('parts of a project under one name, whose tags are only known in the run', async () => {
  const part = (name: string, mark = false): string =>
    push(`ghcr.io/acme/app:\${{ steps.tags.outputs.${name} }}`, { mark, more: `          target: ${name}\n` });
  expect(await faults({ main: on(main, job('image', part('api') + part('web'))) })).toEqual([]);
  expect(await faults({ main: on(main, job('image', part('api') + part('api', true))) })).toEqual([]);
});
