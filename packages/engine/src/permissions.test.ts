import { memoryTree } from '@plimsoll/build-context';
import { expect, test } from 'vitest';
import { planPermissions } from './index.ts';

const tree = memoryTree({
  '.github/workflows/a.yml':
    'on: push\njobs:\n  notes:\n    runs-on: ubuntu-24.04\n    permissions: write-all\n    steps:\n      - uses: softprops/action-gh-release@v2\n',
  '.github/workflows/b.yml':
    'on: push\njobs:\n  other:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: acme/triage@v1\n',
});
const plan = (...paths: readonly string[]) => planPermissions({ cwd: '/', rules: [], tree, paths });

test('each workflow comes with its jobs, and its text with their permissions written', () => {
  const { problems, workflows } = plan();
  expect(problems).toEqual([]);
  expect(workflows.map(({ path, jobs }) => [path, ...jobs.map(({ job, notWritten }) => [job.id, notWritten])])).toEqual(
    [
      ['.github/workflows/a.yml', ['notes', undefined]],
      ['.github/workflows/b.yml', ['other', 'what acme/triage@v1 does is not known']],
    ],
  );
  expect(workflows[0]?.changed).toContain('permissions: { contents: write }\n');
  expect(workflows[1]?.changed).toBeUndefined();
});

test('only those that are wanted, and a path that is wrong is told', () => {
  expect(plan('.github/workflows/b.yml').workflows.map(({ path }) => path)).toEqual(['.github/workflows/b.yml']);
  expect(plan('nope.yml').problems).toEqual(['nope.yml: there is no such file or folder']);
});
