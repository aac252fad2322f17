import { faultsOf } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { missingSource } from './missing-source.ts';

const workflow = (...steps: readonly string[]): string =>
  `on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n${steps.map((step) => `      - ${step}\n`).join('')}`;
const checkout = 'uses: actions/checkout@v7';
const build = 'run: docker build app';

test('the folder before a wildcard must be among what is sent', async () => {
  const files = {
    Makefile: 'image:\n\tdocker build .\n',
    'sql/up.sql': 'select 1;\n',
    'src/a.js': '\n',
    '.dockerignore': '*\n!src\n',
  };
  const Dockerfile = 'FROM alpine:3\nCOPY src /src\nCOPY «sql/*.sql» /sql/\nCOPY src/*.sql /sql/\nCOPY *.md /\n';
  expect(await faultsOf(missingSource, { ...files, Dockerfile })).toEqual([]);
});

test('a variable is followed to its default', async () => {
  const Dockerfile = 'ARG APP=api\nFROM alpine:3\nARG APP\nCOPY «${APP}/main.js» /\nCOPY ${OTHER}/main.js /\n';
  expect(await faultsOf(missingSource, { Dockerfile, Makefile: 'image:\n\tdocker build .\n' })).toEqual([]);
});

test('a stage that is not built is not judged', async () => {
  const Dockerfile = 'FROM alpine:3 AS old\nCOPY gone /\nFROM alpine:3\n';
  expect(await faultsOf(missingSource, { Dockerfile, Makefile: 'image:\n\tdocker build .\n' })).toEqual([]);
});

test('what nothing makes before the build is absent, also where Git leaves it out', async () => {
  const files = { '.gitignore': 'dist\n', 'app/Dockerfile': 'FROM scratch\nCOPY «dist» /app\n' };
  expect(await faultsOf(missingSource, { ...files, '.github/workflows/a.yml': workflow(checkout, build) })).toEqual([]);
});

test.each([
  ['a step builds', 'dist', workflow(checkout, 'run: npm run build', build)],
  ['a step names it', 'notes.txt', workflow(checkout, 'run: date > app/notes.txt', build)],
  [
    'an artifact is unpacked there',
    'notes',
    workflow(checkout, 'uses: actions/download-artifact@v5\n        with: { path: app/notes }', build),
  ],
  ['an action that nobody knows runs first', 'notes', workflow(checkout, 'uses: acme/prepare@v1', build)],
  ['the same script makes it', 'notes', workflow(checkout, 'run: mkdir app/notes && docker build app')],
])('what may be made before is not absent: %s', async (_, path, text) => {
  const Dockerfile = `FROM scratch\nCOPY ${path} /app\n`;
  expect(
    await faultsOf(missingSource, {
      '.gitignore': 'dist\n',
      'app/Dockerfile': Dockerfile,
      '.github/workflows/a.yml': text,
    }),
  ).toEqual([]);
});

test('a context that is not known, or assumed, is not judged', async () => {
  const Dockerfile = 'FROM scratch\nCOPY a /a\nCOPY gone /gone\n';
  expect(await faultsOf(missingSource, { Dockerfile, a: '' })).toEqual([]);
  const text = workflow(
    checkout,
    'uses: docker/build-push-action@v7\n        with:\n          context: ${{ vars.DIR }}\n          file: Dockerfile',
  );
  expect(await faultsOf(missingSource, { Dockerfile, a: '', '.github/workflows/a.yml': text })).toEqual([]);
});

test('a Git context is fetched whole: the folder before a wildcard is there, whatever is in it', async () => {
  const files = {
    'libs/a/main.js': 'run();\n',
    Dockerfile: 'FROM scratch\nCOPY libs/*/README.md /docs/\n',
  };
  const whole = workflow('uses: docker/build-push-action@v7');
  expect(await faultsOf(missingSource, { ...files, '.github/workflows/a.yml': whole })).toEqual([]);
  const sent = workflow(checkout, 'uses: docker/build-push-action@v7\n        with: { context: . }');
  const marked = { ...files, Dockerfile: 'FROM scratch\nCOPY «libs/*/README.md» /docs/\n' };
  expect(await faultsOf(missingSource, { ...marked, '.github/workflows/a.yml': sent })).toEqual([]);
});
