import { runExample } from '@plimsoll/rule-tester';
import { describe, expect, test } from 'vitest';
import { alwaysTrueCondition } from './always-true-condition.ts';

async function findingsOf(condition: string) {
  const workflow = `on: push\njobs:\n  it:\n    runs-on: x\n    steps:\n      - if: ${condition}\n        run: make\n`;
  const { findings } = await runExample(alwaysTrueCondition, { '.github/workflows/a.yml': workflow });
  return findings.filter(({ ruleId }) => ruleId === alwaysTrueCondition.id);
}

describe('always true', () => {
  test.each([
    ['"${{ github.ref == \'x\' }} "', "if: github.ref == 'x'"],
    ['|-\n          ${{ a }}\n          && ${{ b }}', 'if: a && b'],
    [
      "${{ github.event_name == 'push' }} && ${{ github.ref == 'x' }}",
      "if: github.event_name == 'push' && github.ref == 'x'",
    ],
    ["${{ github.ref == 'a' }} || ${{ github.ref == 'b' }}", "if: github.ref == 'a' || github.ref == 'b'"],
    ['!cancelled()', 'if: ${{ !cancelled() }}'],
    ["github.event_name == 'push' || 'workflow_dispatch'", undefined],
    ["github.event_name != 'push' || github.event_name != 'schedule'", undefined],
    ["${{ github.ref != 'a' || (github.actor == 'b' || github.ref != 'c') }}", undefined],
  ])('%s', async (condition, help) => {
    const [finding, more] = await findingsOf(condition);
    expect(more).toBeUndefined();
    expect(finding?.message).toMatch(/^This condition is always true/);
    if (help !== undefined) expect(finding?.help).toContain(help);
  });
});

describe('not so, or on purpose', () => {
  test.each([
    ['always()'],
    ['true'],
    ["${{ always() || github.ref == 'x' }}"],
    ['"!cancelled()"'],
    ['${{ !cancelled() }}'],
    ["|\n          github.ref == 'x'"],
    ['>-\n          ${{ github.event_name }}'],
    ["github.ref != 'a' && github.ref != 'b'"],
    ["github.ref != 'a' || github.ref_name != 'b'"],
    ["github.ref != 'a' || github.ref != 'A'"],
    ["github.event_name == 'push' && 'yes'"],
    ['"${{ "'],
    ['success() || failure()'],
  ])('%s', async (condition) => {
    expect(await findingsOf(condition)).toEqual([]);
  });
});

test('the conditions of jobs and of composite actions count too', async () => {
  const { findings } = await runExample(alwaysTrueCondition, {
    '.github/workflows/a.yml':
      'on: push\njobs:\n  it:\n    if: |\n      ${{ a }}\n    runs-on: x\n    steps: [{ run: make }]\n',
    'act/action.yml':
      'runs:\n  using: composite\n  steps:\n    - if: ${{ a }} and b\n      run: make\n      shell: bash\n',
  });
  expect(findings.map(({ at }) => at.file.path)).toEqual(['.github/workflows/a.yml', 'act/action.yml']);
});
