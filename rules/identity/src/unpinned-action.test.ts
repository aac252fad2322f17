import { runExample } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { unpinnedAction } from './unpinned-action.ts';

test.each([
  ['acme/scan@v4.2', 'acme/scan@<full commit> # v4.2'],
  ['acme/scan@main', 'acme/scan@<full commit> # <version>'],
])('the help for %s proposes a version as comment, and no branch', async (uses, proposed) => {
  const files = {
    '.github/workflows/ci.yml': `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: ${uses}\n`,
  };
  const { findings } = await runExample(unpinnedAction, files, { preset: 'strict' });
  expect(findings.map(({ help }) => help)).toEqual([expect.stringContaining(proposed)]);
});
