import { textOf } from '@plimsoll/documents';
import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';
import type { ReleaseGraph, SecretFlow } from '../index.ts';

type Files = Record<string, string>;

const graphOf = (files: Files): ReleaseGraph => buildGraph(documentsOf(files));
const place = ({ file, start }: SecretFlow['range']): string => `${file.path}:${file.positionAt(start).line}`;

/** A workflow which builds `Dockerfile`; `inputs` and `env` are YAML. */
function lane(inputs: string, env = ''): string {
  const lines = [
    'on: push',
    'jobs:',
    '  image:',
    '    runs-on: ubuntu-24.04',
    ...(env === '' ? [] : ['    env:', ...env.split('\n').map((line) => `      ${line}`)]),
    '    steps:',
    '      - uses: actions/checkout@v6',
    '      - uses: docker/build-push-action@v7',
    '        with:',
    '          context: .',
    ...inputs.split('\n').map((line) => `          ${line}`),
  ];
  return `${lines.join('\n')}\n`;
}

const oneStage = 'FROM node:24\nARG NPM_TOKEN\nRUN NODE_AUTH_TOKEN=$NPM_TOKEN npm ci\n';

function flowOf(inputs: string, dockerfile = oneStage, env = ''): SecretFlow | undefined {
  const { secretFlows } = graphOf({ '.github/workflows/a.yml': lane(inputs, env), Dockerfile: dockerfile });
  expect(secretFlows.length).toBeLessThan(2);
  return secretFlows[0];
}

describe('where a secret comes from', () => {
  test('each line of build-args has its own place', () => {
    const flow = flowOf('build-args: |\n  SHA=${{ github.sha }}\n  NPM_TOKEN=${{ secrets.NPM_TOKEN }}');
    expect(flow && textOf(flow.range)).toBe('NPM_TOKEN=${{ secrets.NPM_TOKEN }}');
    expect(flow).toMatchObject({
      sink: 'build-arg',
      name: 'NPM_TOKEN',
      source: { text: 'secrets.NPM_TOKEN', kind: 'secret' },
    });
  });

  test.each([
    ['github.token', 'NPM_TOKEN=${{ github.token }}', ''],
    ['secrets.GITHUB_TOKEN', 'NPM_TOKEN=${{ secrets.GITHUB_TOKEN }}', ''],
    ['secrets.T', 'NPM_TOKEN=${{ env.T }}', 'T: ${{ secrets.T }}'],
    ['secrets.T', 'NPM_TOKEN', 'NPM_TOKEN: ${{ secrets.T }}'],
    ['secrets.T', 'NPM_TOKEN=Bearer ${{ secrets.T }}', ''],
  ])('%s by %s', (source, line, env) => {
    expect(flowOf(`build-args: ${line}`, oneStage, env)?.source.text).toBe(source);
  });

  test('what is no secret, and what is public by its name, does not flow', () => {
    expect(flowOf('build-args: NPM_TOKEN=${{ vars.T }}')).toBeUndefined();
    expect(flowOf('build-args: NPM_TOKEN=${{ github.sha }}')).toBeUndefined();
    expect(flowOf('build-args: NEXT_PUBLIC_KEY=${{ secrets.KEY }}')).toBeUndefined();
    expect(flowOf('secrets: npm=${{ secrets.NPM_TOKEN }}')).toBeUndefined();
  });

  test('the path tells the places in the order in which they are read', () => {
    const flow = flowOf('build-args: NPM_TOKEN=${{ env.T }}', oneStage, 'T: ${{ secrets.T }}');
    expect(flow?.path.map(({ at }) => place(at))).toEqual([
      '.github/workflows/a.yml:6',
      'Dockerfile:2',
      'Dockerfile:3',
    ]);
    expect(flow?.variable).toMatchObject({ kind: 'ARG', variable: { name: 'NPM_TOKEN' } });
  });

  test('inputs of a called workflow are followed', () => {
    const { secretFlows } = graphOf({
      '.github/workflows/a.yml':
        'on: push\njobs:\n  call:\n    uses: ./.github/workflows/b.yml\n    secrets: { token: "${{ secrets.MINE }}" }\n',
      '.github/workflows/b.yml': lane('build-args: NPM_TOKEN=${{ secrets.token }}').replace(
        'on: push',
        'on: { workflow_call: { secrets: { token: {} } } }',
      ),
      Dockerfile: oneStage,
    });
    expect(secretFlows.map(({ source, range }) => [source.text, range.file.path])).toEqual([
      ['secrets.MINE', '.github/workflows/b.yml'],
    ]);
  });
});

describe('what keeps it', () => {
  const arg = 'build-args: NPM_TOKEN=${{ secrets.T }}';
  const history = 'the history of the image';
  const byDefault = 'the provenance of the image (mode=max, the default for a public repository)';
  const twoStages = 'FROM node:24 AS deps\nARG NPM_TOKEN\nRUN npm ci\nFROM node:24\nCOPY --from=deps /app /app\n';

  test('history keeps the ARGs of the stages that the image is FROM', () => {
    expect(flowOf(`${arg}\nprovenance: false`)?.keptIn).toEqual([history]);
    expect(flowOf(`${arg}\nprovenance: false`, 'FROM node:24 AS base\nARG NPM_TOKEN\nFROM base\n')?.keptIn).toEqual([
      history,
    ]);
    expect(flowOf(arg, twoStages)?.keptIn).toEqual([byDefault]);
    expect(flowOf(`${arg}\ntarget: deps\nprovenance: false`, twoStages)?.keptIn).toEqual([history]);
  });

  test('provenance keeps all that is passed, with mode=max', () => {
    expect(flowOf(`${arg}\nprovenance: true`, twoStages)?.keptIn).toEqual([
      'the provenance of the image (mode=max, which provenance asks for when it names no mode)',
    ]);
    expect(flowOf(`${arg}\nprovenance: mode=max`, twoStages)?.keptIn).toEqual([
      'the provenance of the image (mode=max, by provenance)',
    ]);
    expect(flowOf(`${arg}\nprovenance: mode=min`)?.keptIn).toEqual([history]);
  });

  test('an ENV that copies it stands in the configuration', () => {
    expect(
      flowOf(`${arg}\nprovenance: false`, 'FROM node:24\nARG NPM_TOKEN\nENV NODE_AUTH_TOKEN=${NPM_TOKEN}\n')?.keptIn,
    ).toEqual([history, 'the configuration of the image (ENV NODE_AUTH_TOKEN)']);
  });

  test('something keeps it in any case', () => {
    expect(flowOf(`${arg}\nprovenance: false`, twoStages)?.keptIn).toHaveLength(1);
    expect(flowOf('file: missing/Dockerfile\nbuild-args: NPM_TOKEN=${{ secrets.T }}')?.keptIn[0]).toContain('history');
  });
});

describe('buildVariables', () => {
  const variables = (Dockerfile: string, more: Files = {}) =>
    graphOf({ Dockerfile, ...more }).buildVariables.map(({ kind, variable, value, credential, copies, flows }) => ({
      name: `${kind} ${variable.name}`,
      ...(value !== undefined && { value }),
      ...(credential && { by: credential.by }),
      ...(copies && { copies: copies.variable.name }),
      ...(flows.length > 0 && { flows: flows.length }),
    }));

  test('ARGs before the first FROM, ARGs and ENVs of the stages, with their values', () => {
    expect(
      variables(
        'ARG VERSION=24\nFROM node:$VERSION\nARG KIND=slim\nENV MODE=$KIND-$VERSION TOKEN_URL=https://x.example\nLABEL a=b\n',
      ),
    ).toEqual([
      { name: 'ARG VERSION', value: '24' },
      { name: 'ARG KIND', value: 'slim' },
      { name: 'ENV MODE' },
      { name: 'ENV TOKEN_URL', value: 'https://x.example' },
    ]);
  });

  test('an ENV that only copies an ARG of its stage says so', () => {
    expect(
      variables('FROM scratch\nARG NPM_TOKEN\nENV NODE_AUTH_TOKEN="${NPM_TOKEN}"\nENV BOTH=a$NPM_TOKEN\n'),
    ).toEqual([
      { name: 'ARG NPM_TOKEN', by: 'name' },
      { name: 'ENV NODE_AUTH_TOKEN', by: 'name', copies: 'NPM_TOKEN' },
      { name: 'ENV BOTH' },
    ]);
  });

  test('an empty ENV, and one whose value nothing declares, holds no credential', () => {
    expect(
      variables('FROM node:24\nENV API_TOKEN= DB_PASSWORD=$DB_PASSWORD SESSION_SECRET=change-me\n').map(({ by }) => by),
    ).toEqual([undefined, undefined, 'name']);
  });

  test('flows reach the ARG in each Dockerfile that is built with it', () => {
    const workflow = lane('file: ${{ matrix.app }}/Dockerfile\nbuild-args: NPM_TOKEN=${{ secrets.T }}').replace(
      '    steps:',
      '    strategy: { matrix: { app: [a, b] } }\n    steps:',
    );
    const graph = graphOf({
      '.github/workflows/a.yml': workflow,
      'a/Dockerfile': oneStage,
      'b/Dockerfile': oneStage,
      'c/Dockerfile': oneStage,
    });
    expect(graph.secretFlows).toHaveLength(1);
    expect(graph.buildVariables.map(({ flows }) => flows.length)).toEqual([1, 1, 0]);
  });
});

describe('builds of commands, compose and bake', () => {
  const step = (script: string, env = "T: '${{ secrets.T }}'") =>
    `on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v6\n      - run: |\n${script.replace(/^/gm, '          ')}\n        env: { ${env} }\n`;
  const flows = (files: Files) =>
    graphOf(files).secretFlows.map(
      ({ source, name, range }) => `${source.text} as ${name}: ${place(range)}: ${textOf(range)}`,
    );
  const image = { Dockerfile: oneStage };

  test.each([
    ['docker build --build-arg NPM_TOKEN="$T" .', 'NPM_TOKEN="$T"'],
    ['docker build --build-arg=NPM_TOKEN=$T .', 'NPM_TOKEN=$T'],
    ['docker buildx build --build-arg NPM_TOKEN=${{ secrets.T }} .', 'NPM_TOKEN=${{ secrets.T }}'],
  ])('%s', (script, entry) => {
    expect(flows({ ...image, '.github/workflows/a.yml': step(script) })).toEqual([
      `secrets.T as NPM_TOKEN: .github/workflows/a.yml:8: ${entry}`,
    ]);
  });

  test('a bare name takes the variable; a shell variable is followed', () => {
    expect(
      flows({
        ...image,
        '.github/workflows/a.yml': step('docker build --build-arg NPM_TOKEN .', "NPM_TOKEN: '${{ secrets.T }}'"),
      }),
    ).toHaveLength(1);
    expect(
      flows({
        ...image,
        '.github/workflows/a.yml': step('docker build --build-arg NPM_TOKEN .', "OTHER: '${{ secrets.T }}'"),
      }),
    ).toEqual([]);
    expect(
      flows({ ...image, '.github/workflows/a.yml': step('X=$T\ndocker build --build-arg NPM_TOKEN=$X .') }),
    ).toHaveLength(1);
  });

  test('buildx alone keeps build-args in history only; --provenance=mode=max and --attest keep all', () => {
    const kept = (script: string) =>
      graphOf({ ...image, '.github/workflows/a.yml': step(script) }).secretFlows[0]?.keptIn;
    expect(kept('docker buildx build --build-arg NPM_TOKEN=$T .')).toEqual(['the history of the image']);
    expect(kept('docker buildx build --provenance=mode=max --build-arg NPM_TOKEN=$T .')).toHaveLength(2);
    expect(kept('docker buildx build --attest type=provenance,mode=max --build-arg NPM_TOKEN=$T .')).toHaveLength(2);
    expect(kept('docker buildx build --provenance=false --build-arg NPM_TOKEN=$T .')).toHaveLength(1);
  });

  test('compose takes ${X} from the environment of the step that builds', () => {
    const compose = 'services:\n  api:\n    build:\n      context: .\n      args:\n        NPM_TOKEN: ${T}\n';
    expect(
      flows({ ...image, 'compose.yaml': compose, '.github/workflows/a.yml': step('docker compose build') }),
    ).toEqual(['secrets.T as NPM_TOKEN: compose.yaml:6: NPM_TOKEN: ${T}']);
    expect(
      flows({
        ...image,
        'compose.yaml': compose,
        '.github/workflows/a.yml': step('docker compose build', "OTHER: '1'"),
      }),
    ).toEqual([]);
  });

  test('bake overrides args of its targets', () => {
    const bake = '{ "target": { "default": { "context": ".", "args": { "KIND": "x" } } } }';
    const action = `on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v6\n      - uses: docker/bake-action@v7\n        with:\n          source: .\n          files: docker-bake.json\n          set: |\n            *.args.NPM_TOKEN=\${{ secrets.T }}\n`;
    expect(flows({ ...image, 'docker-bake.json': bake, '.github/workflows/a.yml': action })).toEqual([
      'secrets.T as NPM_TOKEN: .github/workflows/a.yml:12: *.args.NPM_TOKEN=${{ secrets.T }}',
    ]);
    expect(
      flows({
        ...image,
        'docker-bake.json': bake,
        '.github/workflows/a.yml': step('docker buildx bake --set "*.args.NPM_TOKEN=$T"'),
      }),
    ).toHaveLength(1);
  });

  test('an args block of a bake file reads the variables of the step that bakes', () => {
    const hcl =
      'variable "T" {}\ntarget "default" {\n  context = "."\n  args = {\n    NPM_TOKEN = T\n    KIND = "x-${SHA}"\n  }\n}\n';
    const files = (script: string, env?: string) => ({
      ...image,
      'docker-bake.hcl': hcl,
      '.github/workflows/a.yml': step(script, env),
    });
    expect(flows(files('docker buildx bake'))).toEqual(['secrets.T as NPM_TOKEN: docker-bake.hcl:5: NPM_TOKEN = T']);
    expect(flows(files('docker buildx bake -f docker-bake.hcl default'))).toHaveLength(1);
    expect(flows(files('docker buildx bake -f other.hcl'))).toEqual([]);
    expect(flows(files('docker buildx bake', "SHA: '${{ github.sha }}'"))).toEqual([]);
    expect(flows(files('docker buildx bake api'))).toEqual([]);
    expect(flows(files('docker buildx bake "$(cat target)"'))).toHaveLength(1);
  });

  test('what a function of bake makes of a secret is that secret still; text that looks like a name is none', () => {
    const action = step('docker buildx bake');
    const of = (value: string, path = 'docker-bake.hcl') =>
      flows({
        ...image,
        [path]: path.endsWith('.json')
          ? `{ "variable": { "T": {} }, "target": { "default": { "args": { "NPM_TOKEN": "${value}" } } } }`
          : `variable "T" {}\ntarget "default" {\n  args = {\n    NPM_TOKEN = ${value}\n  }\n}\n`,
        '.github/workflows/a.yml': action,
      });
    expect(of('trimspace(T)')).toHaveLength(1);
    expect(of('"x-${upper(T)}"')).toHaveLength(1);
    expect(of('upper("T")')).toEqual([]);
    expect(of('${upper(T)}', 'docker-bake.json')).toHaveLength(1);
    expect(of('$${T}', 'docker-bake.json')).toEqual([]);
  });
});
