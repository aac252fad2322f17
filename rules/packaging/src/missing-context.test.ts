import { runExample } from '@plimsoll/rule-tester';
import { describe, expect, test } from 'vitest';
import { missingContext } from './missing-context.ts';
import { missingSource } from './missing-source.ts';

const api = { 'apps/api/Dockerfile': 'FROM scratch\nCOPY main.js /\n', 'apps/api/main.js': 'run();\n' };

const workflow = (steps: string) => ({
  '.github/workflows/image.yml': `on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n${steps}`,
});

const build = (context: string) =>
  `      - uses: docker/build-push-action@v7\n        with:\n          context: ${context}\n          file: apps/api/Dockerfile\n`;

async function findings(files: Readonly<Record<string, string>>, rule = missingContext) {
  return (await runExample(rule, { ...api, ...files })).findings;
}

describe('a context that is not there', () => {
  test('in a workflow: where the path is written, with the Dockerfile beside it', async () => {
    const [finding, ...others] = await findings(workflow(build('apps/apo')));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'error',
      message: 'There is no folder apps/apo: the build fails, as it has no context',
      help: 'Correct the path; the Dockerfile is in apps/api',
      related: [{ label: 'the Dockerfile that is built with it' }],
    });
    expect(finding?.at.file.text.slice(finding.at.start, finding.at.end)).toBe('apps/apo');
  });

  test('in the Git context nothing can be made before', async () => {
    const steps = `      - run: mkdir apps/apo\n      - uses: docker/build-push-action@v7\n        with: { context: '{{defaultContext}}:apps/apo' }\n`;
    expect((await findings(workflow(steps))).map(({ message }) => message)).toEqual([
      'There is no folder apps/apo: the build fails, as it has no context',
    ]);
  });

  test('a file is none', async () => {
    const [finding] = await findings({ Makefile: 'image:\n\tdocker build -f apps/api/Dockerfile apps/api/main.js\n' });
    expect(finding?.message).toBe('apps/api/main.js is a file, and a context is a folder: the build fails');
  });

  test('the sources of its COPYs are not told one by one as well', async () => {
    expect(await findings(workflow(build('apps/apo')), missingSource)).toEqual([]);
  });

  test.each([
    ['a step makes it', `      - run: ./prepare apps/apo\n${build('apps/apo')}`],
    ['it is named as results of builds are', `      - run: npm run build\n${build('dist')}`],
    [
      'another repository is checked out there',
      `      - uses: actions/checkout@v6\n        with: { repository: acme/other, path: apps/apo }\n${build('apps/apo')}`,
    ],
    ['it is known in the run alone', build('${{ inputs.folder }}')],
    ['it is a URL', build('https://github.com/acme/other.git#main')],
  ])('quiet where %s', async (_, steps) => {
    expect(await findings(workflow(steps))).toEqual([]);
  });
});

describe('a context outside of the repository', () => {
  test('is a warning, as it may be there', async () => {
    const [finding] = await findings({ 'deploy/compose.yaml': 'services:\n  api:\n    build: ../../other\n' });
    expect(finding).toMatchObject({ severity: 'warning' });
    expect(finding?.message).toMatch(/^The context \.\.\/\.\.\/other lies outside of the repository/);
  });

  test('one that climbs and stays inside is fine', async () => {
    expect(await findings({ 'deploy/compose.yaml': 'services:\n  api:\n    build: ../apps/api\n' })).toEqual([]);
  });
});
