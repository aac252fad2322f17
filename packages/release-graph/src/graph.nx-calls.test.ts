import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph } from './index.ts';

const project = (name: string, more = '') =>
  `{ "name": "${name}", "targets": { "container": { "executor": "@nx-tools/nx-container:build", "options": { "push": false, "tags": ["acme/${name}:local"] } }${more} } }`;

const files = {
  'nx.json': '{}',
  'apps/api/project.json': project('api'),
  'apps/api/Dockerfile': 'FROM scratch\n',
  'apps/web/project.json': project('web'),
  'apps/web/Dockerfile': 'FROM scratch\n',
};

function published(run: string, env: string, more: Readonly<Record<string, string>> = {}) {
  const workflow = `on: push\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${run}\n        env: ${env}\n`;
  const graph = buildGraph(documentsOf({ ...files, '.github/workflows/release.yml': workflow, ...more }));
  return graph.publications.map(({ names, range, site }) => ({ names, at: range.file.path, site }));
}

test('a step that calls an executor pushes where its variables say so', () => {
  const api = { names: ['ghcr.io/acme/api'], at: 'apps/api/project.json', site: 'workflow' };
  const env = '{ INPUT_PUSH: true, INPUT_TAGS: "ghcr.io/acme/api:1" }';
  for (const call of [
    'npx nx container api',
    'nx run api:container:production',
    'pnpm exec nx run-many -t container -p api',
  ])
    expect(published(call, env)).toEqual([api]);
  expect(published('npx nx container api', '{ INPUT_PUSH: false }')).toEqual([]);
  expect(published('npx nx container api', '{}')).toEqual([]);
  expect(published('npx nx build api', env)).toEqual([]);
});

test('without another name the image has that of the target', () => {
  expect(published('nx run-many -t container', '{ INPUT_PUSH: true }').map(({ names }) => names)).toEqual([
    ['acme/api'],
    ['acme/web'],
  ]);
});

test('a project that is only known in the run is published by the call', () => {
  expect(
    published('npx nx container ${{ vars.PROJECT }}', '{ INPUT_PUSH: true, INPUT_TAGS: "ghcr.io/acme/app:1" }'),
  ).toEqual([{ names: ['ghcr.io/acme/app'], at: '.github/workflows/release.yml', site: 'workflow' }]);
});

test('an executor is called through nx:run-script and a shell script', () => {
  const more = {
    'apps/api/project.json': project(
      'api',
      ', "release": { "executor": "nx:run-script", "options": { "script": "release" } }',
    ),
    'apps/api/package.json': '{ "scripts": { "release": "./release.sh" } }',
    'apps/api/release.sh': 'export INPUT_TAGS=ghcr.io/acme/api:1\nnpx nx container api\n',
  };
  expect(published('npx nx release api', '{ INPUT_PUSH: true }', more)).toEqual([
    { names: ['ghcr.io/acme/api'], at: 'apps/api/project.json', site: 'workflow' },
  ]);
});
