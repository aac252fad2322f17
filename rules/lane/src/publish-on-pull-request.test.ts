import { faultsOf, runExample } from '@plimsoll/rule-tester';
import { describe, expect, test } from 'vitest';
import { publishOnPullRequest } from './publish-on-pull-request.ts';

type Files = Record<string, string>;

interface Parts {
  readonly on?: string;
  readonly job?: string;
  readonly more?: string;
}

function workflow(steps: string, { on = '[push, pull_request]', job = '', more = '' }: Parts = {}): Files {
  return {
    '.github/workflows/image.yml': `on: ${on}\n${more}jobs:\n  image:\n${job.replace(/^(?=.)/gm, '    ')}${job === '' ? '' : '\n'}    runs-on: ubuntu-24.04\n    steps:\n${steps.trim().replace(/^/gm, '      ')}\n`,
    Dockerfile: 'FROM scratch\n',
  };
}

const build = (inputs: string, rest = '') =>
  `- uses: docker/build-push-action@v7\n${rest.replace(/^(?=.)/gm, '  ')}${rest === '' ? '' : '\n'}  with:\n    context: .\n${inputs.replace(/^/gm, '    ')}`;
const tags = 'tags: ghcr.io/acme/api:${{ github.sha }}';

async function faults(files: Files): Promise<readonly string[]> {
  return faultsOf(publishOnPullRequest, files);
}

describe('a pull request reaches', () => {
  test.each<[string, Files]>([
    ['push: true', workflow(build(`push: «true»\n${tags}`))],
    ['outputs: type=registry', workflow(build('outputs: «type=registry,name=ghcr.io/acme/api»'))],
    ['outputs with push=true', workflow(build('outputs: «type=image,name=ghcr.io/acme/api,push=true»'))],
    [
      'a push by digest',
      workflow(build('outputs: «type=image,name=ghcr.io/acme/api,push-by-digest=true,name-canonical=true,push=true»')),
    ],
    ['a push with a useless guard', workflow(build(`push: «\${{ github.event_name != 'schedule' }}»\n${tags}`))],
    [
      'a text that is always true',
      workflow(build(`push: «true»\n${tags}`, "if: ${{ github.event_name != 'pull_request' }} " + '|| x')),
    ],
    [
      'docker push',
      workflow('- run: |\n    docker build -t ghcr.io/acme/api:1 .\n    «docker push ghcr.io/acme/api:1»'),
    ],
    ['buildx --push', workflow('- run: «docker buildx build --push -t ghcr.io/acme/api:1 .»')],
    ['npm publish', { ...workflow('- run: «npm publish»'), 'package.json': '{ "name": "api", "version": "1.0.0" }' }],
    ['helm push', workflow('- run: helm package chart && «helm push acme-0.3.0.tgz oci://ghcr.io/acme/charts»')],
    ['a release', workflow('- run: «gh release create v1 --generate-notes»')],
    ['a release by an action', workflow('- uses: «softprops/action-gh-release@v2»')],
    ['a deployment', workflow('- run: «kubectl set image deployment/api api=ghcr.io/acme/api@sha256:4f3b»')],
    [
      'a push that depends on the files',
      workflow(
        `- id: filter\n  uses: dorny/paths-filter@v3\n  with: { filters: 'api: [api/**]' }\n${build(`push: «true»\n${tags}`, "if: steps.filter.outputs.api == 'true'")}`,
      ),
    ],
    [
      'a push that only bots are kept from',
      workflow(build(`push: «true»\n${tags}`, "if: github.actor != 'dependabot[bot]'")),
    ],
    ['a push for one base', workflow(build(`push: «true»\n${tags}`, "if: github.base_ref == 'main'"))],
    [
      'a push after a closed pull request',
      workflow(build(`push: «true»\n${tags}`), { on: '{ pull_request: { types: [closed] } }' }),
    ],
    [
      'a push under pull_request_target',
      workflow(build(`push: «true»\n${tags}`, "if: github.ref == 'refs/heads/main'"), { on: 'pull_request_target' }),
    ],
    [
      'a push guarded against the other event',
      workflow(build(`push: «\${{ github.event_name != 'pull_request' }}»\n${tags}`), {
        on: '[push, pull_request_target]',
      }),
    ],
    [
      'a push in a loop',
      workflow('- run: |\n    for tag in a b; do\n      «docker push ghcr.io/acme/api:$tag»\n    done'),
    ],
  ])('%s', async (_, files) => {
    expect(await faults(files)).toEqual([]);
  });
});

describe('kept from pull requests', () => {
  test.each<[string, Files]>([
    ['by the input', workflow(build(`push: \${{ github.event_name != 'pull_request' }}\n${tags}`))],
    [
      'by the input, with more',
      workflow(build(`push: \${{ github.event_name == 'push' && github.ref == 'refs/heads/main' }}\n${tags}`)),
    ],
    [
      'by a ternary',
      workflow(build(`push: \${{ github.event_name == 'pull_request' && 'false' || 'true' }}\n${tags}`)),
    ],
    [
      'by the exporter',
      workflow(build(`outputs: type=image,name=ghcr.io/acme/api,push=\${{ github.event_name != 'pull_request' }}`)),
    ],
    ['by the step', workflow(build(`push: true\n${tags}`, "if: github.ref == 'refs/heads/main'"))],
    ['by the kind of the ref', workflow(build(`push: true\n${tags}`, "if: startsWith(github.ref, 'refs/tags/')"))],
    ['by the job', workflow(build(`push: true\n${tags}`), { job: "if: github.event_name == 'push'" })],
    [
      'by a variable',
      workflow(build(`push: \${{ env.PUSH }}\n${tags}`), {
        more: 'env: { PUSH: "${{ github.event_name != \'pull_request\' }}" }\n',
      }),
    ],
    [
      'by an output of a step',
      workflow(
        `- id: plan\n  run: if [ "$GITHUB_EVENT_NAME" = push ]; then echo "push=true" >> $GITHUB_OUTPUT; else echo "push=false" >> $GITHUB_OUTPUT; fi\n${build(`push: \${{ steps.plan.outputs.push }}\n${tags}`)}`,
      ),
    ],
    [
      'by the repository of the head',
      workflow(build(`push: true\n${tags}`, 'if: github.event.pull_request.head.repo.full_name == github.repository')),
    ],
    ['by the fork', workflow(build(`push: \${{ !github.event.pull_request.head.repo.fork }}\n${tags}`))],
    [
      'by a secret',
      workflow(build(`push: true\n${tags}`, "if: env.TOKEN != ''"), { more: "env: { TOKEN: '${{ secrets.HUB }}' }\n" }),
    ],
    [
      'by a merge',
      workflow(build(`push: true\n${tags}`, 'if: github.event.pull_request.merged'), {
        on: '{ pull_request: { types: [closed] } }',
      }),
    ],
    [
      'by a label',
      workflow(build(`push: true\n${tags}`, "if: contains(github.event.pull_request.labels.*.name, 'publish')")),
    ],
    ['by its activity', workflow(build(`push: true\n${tags}`), { on: '{ pull_request: { types: [labeled] } }' })],
    ['by its triggers', workflow(build(`push: true\n${tags}`), { on: 'push' })],
    [
      'by a shell test',
      workflow(
        '- run: |\n    if [ "$GITHUB_EVENT_NAME" != pull_request ]; then\n      docker push ghcr.io/acme/api:1\n    fi',
      ),
    ],
    [
      'by an option',
      workflow("- run: docker buildx build --push=${{ github.event_name != 'pull_request' }} -t ghcr.io/acme/api:1 ."),
    ],
    [
      'by a dry run',
      {
        ...workflow("- run: npm publish ${{ github.event_name == 'pull_request' && '--dry-run' || '' }}"),
        'package.json': '{ "name": "api" }',
      },
    ],
    ['by a registry of the run', workflow(build('push: true\ntags: localhost:5000/api:1'))],
    [
      'by another registry for them',
      workflow(
        build(
          "push: true\ntags: ${{ github.event_name == 'pull_request' && 'localhost:5000/api:1' || 'ghcr.io/acme/api:1' }}",
        ),
      ),
    ],
    ['by a need', { ...workflow(build(`push: true\n${tags}`), { job: 'needs: gate', more: '' }) }],
    ['by the plan of another job', workflow(build(`push: true\n${tags}`), { job: "if: vars.PUBLISH == 'true'" })],
  ])('%s', async (_, files) => {
    const gated = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        path,
        text.includes('needs: gate')
          ? text.replace(
              'jobs:\n',
              "jobs:\n  gate:\n    if: github.event_name == 'push'\n    runs-on: x\n    steps: [{ run: make }]\n",
            )
          : text,
      ]),
    );
    expect(await faults(gated)).toEqual([]);
  });

  test('a preview is what a pull request is for', async () => {
    const text = '- run: kubectl -n preview-${{ github.event.number }} set image deployment/api api=ghcr.io/acme/api:1';
    expect(await faults(workflow(text, { on: 'pull_request' }))).toEqual([]);
  });

  test('a build with no push', async () => {
    expect(await faults(workflow(build('push: false\ntags: ghcr.io/acme/api:test')))).toEqual([]);
    expect(await faults(workflow(build('load: true\ntags: ghcr.io/acme/api:test')))).toEqual([]);
  });
});

describe('in a called workflow', () => {
  const called = (steps: string, inputs = '{ push: { type: boolean } }', job = ''): Files => ({
    '.github/workflows/called.yml': `on: { workflow_call: { inputs: ${inputs} } }\njobs:\n  image:\n${job}    runs-on: x\n    steps:\n${steps.replace(/^/gm, '      ')}\n`,
    Dockerfile: 'FROM scratch\n',
  });
  const caller = (input: string, on = 'pull_request'): Files => ({
    [`.github/workflows/${on}.yml`]: `on: ${on}\njobs:\n  call:\n    uses: ./.github/workflows/called.yml\n${input === '' ? '' : `    with: { push: ${input} }\n`}`,
  });
  const pushing = build(`push: \${{ inputs.push }}\n${tags}`);

  test('the caller sets the push', async () => {
    expect(await faults({ ...called(pushing), ...caller('«true»') })).toEqual([]);
    expect(await faults({ ...called(pushing), ...caller('"${{ github.event_name != \'pull_request\' }}"') })).toEqual(
      [],
    );
    expect(await faults({ ...called(pushing), ...caller('false') })).toEqual([]);
    expect(await faults({ ...called(pushing), ...caller('') })).toEqual([]);
    expect(await faults({ ...called(pushing), ...caller('true', 'push') })).toEqual([]);
  });

  test('the input is asked for by the condition', async () => {
    const files = called(build(`push: true\n${tags}`), '{ push: { type: boolean } }', '    if: inputs.push\n');
    expect(await faults({ ...files, ...caller('«true»') })).toEqual([]);
    expect(await faults({ ...files, ...caller('false') })).toEqual([]);
  });

  test('nothing is asked', async () => {
    expect(await faults({ ...called(build(`push: «true»\n${tags}`)), ...caller('') })).toEqual([]);
    expect(await faults({ ...called(build(`push: \${{ inputs.push }}\n${tags}`)) })).toEqual([]);
  });

  test('a default that pushes', async () => {
    const files = called(build(`push: «\${{ inputs.push }}»\n${tags}`), '{ push: { type: boolean, default: true } }');
    expect(await faults({ ...files, ...caller('') })).toEqual([]);
  });

  test('through two calls, and a composite action', async () => {
    expect(
      await faults({
        ...caller('«true»'),
        '.github/workflows/called.yml':
          'on: { workflow_call: { inputs: { push: { type: boolean } } } }\njobs:\n  image:\n    runs-on: x\n    steps:\n      - uses: ./image\n        with: { push: "${{ inputs.push }}" }\n',
        'image/action.yml': `inputs: { push: {} }\nruns:\n  using: composite\n  steps:\n${pushing.replace(/^/gm, '    ')}\n`,
        Dockerfile: 'FROM scratch\n',
      }),
    ).toEqual([]);
  });
});

test('a script is kept from them where it is called', async () => {
  const files = (call: string): Files => ({ ...workflow(call), Makefile: 'push:\n\tdocker push ghcr.io/acme/api:1\n' });
  expect(await faults(files('- run: «make push»'))).toEqual([]);
  expect(await faults(files("- run: make push\n  if: github.event_name == 'push'"))).toEqual([]);
  expect(await faults(files('- run: |\n    if [ "$GITHUB_EVENT_NAME" = push ]; then make push; fi'))).toEqual([]);
});

test('semantic-release publishes nothing from a pull request by itself', async () => {
  expect(await faults({ ...workflow('- run: npx semantic-release'), 'package.json': '{ "name": "api" }' })).toEqual([]);
  expect(await faults(workflow('- uses: cycjimmy/semantic-release-action@v4'))).toEqual([]);
});

test('compose and bake push too', async () => {
  expect(
    await faults({
      ...workflow('- run: «docker compose push»\n- run: «docker buildx bake --push»'),
      'compose.yaml': 'services: { api: { build: ., image: ghcr.io/acme/api:1 } }\n',
      'docker-bake.hcl': 'target "default" { tags = ["ghcr.io/acme/web:1"] }\n',
    }),
  ).toEqual([]);
  expect(
    await faults({
      ...workflow('- uses: docker/bake-action@v6\n  with: { source: ., push: «true» }'),
      'docker-bake.hcl': 'target "default" { tags = ["ghcr.io/acme/web:1"] }\n',
    }),
  ).toEqual([]);
});

test('plain pull requests are a warning, those with the rights of the repository an error', async () => {
  const severities = async (on: string) =>
    (await runExample(publishOnPullRequest, workflow(build(`push: true\n${tags}`), { on }))).findings.map(
      ({ severity, message }) => `${severity}: ${message}`,
    );
  expect(await severities('pull_request')).toEqual([
    'warning: ghcr.io/acme/api is pushed by a run of pull_request: nobody has reviewed what goes out',
  ]);
  expect(await severities('pull_request_target')).toEqual([
    'error: ghcr.io/acme/api is pushed by a run of pull_request_target, which has the secrets and the token of the repository: anyone can open a pull request',
  ]);
});

test('the help fits the place', async () => {
  const helpOf = async (files: Files) =>
    (await runExample(publishOnPullRequest, files)).findings.map(({ help }) => help);
  expect(await helpOf(workflow(build(`push: true\n${tags}`)))).toEqual([
    "Write ${{ github.event_name != 'pull_request' }} here, so that a pull request only builds",
  ]);
  expect(await helpOf(workflow(build('outputs: type=registry,name=ghcr.io/acme/api')))).toEqual([
    "Write type=image,push=${{ github.event_name != 'pull_request' }} in the place of what pushes here, so that a pull request only builds",
  ]);
  expect(
    await helpOf(workflow('- run: docker push ghcr.io/acme/api:1', { on: '[pull_request, pull_request_target]' })),
  ).toEqual([
    'Give the step or its job "if: ${{ !startsWith(github.event_name, \'pull_request\') }}", or move it to a workflow that pull requests do not start',
  ]);
});
