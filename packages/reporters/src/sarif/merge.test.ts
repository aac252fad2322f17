import { describe, expect, test } from 'vitest';
import { mergeSarif, report } from '../index.ts';
import type { ReportInput, ReportOptions } from '../index.ts';
import { findingAt, inputOf, placeIn, rule } from '../input.testing.ts';

const web = findingAt(placeIn('apps/web/Dockerfile', 'FROM «node:latest»\n'));
const api = findingAt(placeIn('apps/api/Dockerfile', '\nFROM «node:latest»\n'));
const apiOpen = findingAt(placeIn('apps/api/Dockerfile', '\nFROM «node:latest»\n'), { ruleId: 'lane/fail-open' });
const rules = [rule('lane/fail-open', 'warning'), rule('identity/latest-tag')];

const sarif = (findings: ReportInput['findings'], input: Partial<ReportInput> = {}, options: ReportOptions = {}) =>
  report('sarif', inputOf(findings, { rules, ...input }), options);

const logsOf = (...texts: readonly string[]) => texts.map((text, i) => ({ name: `${i}.sarif`, text }));

function merged(texts: readonly string[], category?: string): string {
  const result = mergeSarif(logsOf(...texts), { ...(category !== undefined && { category }) });
  return 'text' in result ? result.text : result.problems.join('\n');
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly invocations: readonly [
    { executionSuccessful: boolean; toolExecutionNotifications?: { message: { text: string } }[] },
  ];
  readonly automationDetails?: { readonly id: string };
  readonly properties: object;
  readonly results: readonly {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly suppressions?: object[];
  }[];
}

const runOf = (text: string): Run => (JSON.parse(text) as { runs: [Run] }).runs[0];

test('logs of the parts are the log of the whole, whatever their order', () => {
  const parts = [sarif([web], { files: 2 }), sarif([apiOpen, api].reverse(), { files: 3 })];
  const whole = sarif([api, apiOpen, web], { files: 5 });
  expect([merged(parts), merged(parts.toReversed())]).toEqual([whole, whole]);
});

test('what two logs say is there once, and so is a log that is given twice', () => {
  expect(runOf(merged([sarif([api, web]), sarif([web])])).results).toHaveLength(2);
  const [log] = logsOf(sarif([web]));
  expect(mergeSarif([log!, log!])).toEqual({ text: sarif([web]) });
});

test('parts that have nothing to tell are alike, and all of their files count', () => {
  expect(merged([sarif([], { files: 2 }), sarif([], { files: 2 })])).toBe(sarif([], { files: 4 }));
});

test('findings that differ in their message or their place both stay', () => {
  const other = { ...web, message: 'another word' };
  const below = findingAt(placeIn('apps/web/Dockerfile', '\n\nFROM «node:latest»\n'));
  expect(runOf(merged([sarif([web]), sarif([other]), sarif([below])])).results).toHaveLength(3);
});

test('the rules are united, and each result points to its own', () => {
  const text = merged([
    sarif([web], { rules: [rule('identity/latest-tag')] }),
    sarif([apiOpen], { rules: [rule('lane/fail-open')] }),
  ]);
  const { tool, results } = runOf(text);
  expect(tool.driver.rules).toHaveLength(2);
  expect(results.map(({ ruleIndex }) => tool.driver.rules[ruleIndex]?.id)).toEqual(results.map((r) => r.ruleId));
});

test('one that is open wins over the same suppressed', () => {
  const open = sarif([web]);
  const hidden = sarif([], { suppressed: [{ finding: web, by: 'comment' }] }, { includeSuppressed: true });
  for (const parts of [
    [open, hidden],
    [hidden, open],
  ]) {
    const { results } = runOf(merged(parts));
    expect([results.length, results[0]?.suppressions]).toEqual([1, undefined]);
  }
  expect(runOf(merged([hidden, sarif([api])])).results.map((r) => r.suppressions?.length ?? 0)).toEqual([0, 1]);
});

test('notifications are united, and one check that failed makes the whole one fail', () => {
  const broken = sarif([], { uncheckable: [{ path: 'a', reason: 'it is too large' }], notes: ['Git was not asked'] });
  const [invocation] = runOf(merged([broken, sarif([web], { notes: ['Git was not asked'] })])).invocations;
  expect(invocation.executionSuccessful).toBe(false);
  expect(invocation.toolExecutionNotifications?.map(({ message }) => message.text)).toEqual([
    'Not checked: it is too large',
    'Git was not asked',
  ]);
});

test('of more than 5,000 results the worst stay, and those left out are counted over all logs', () => {
  const many = (path: string, count: number, severity: 'error' | 'info') =>
    Array.from({ length: count }, (_, i) => findingAt(placeIn(path, 'FROM «a»'), { severity, message: `${i}` }));
  const { results, invocations } = runOf(
    merged([sarif([...many('a', 5001, 'info'), ...many('b', 1, 'error')]), sarif(many('c', 10, 'error'))]),
  );
  expect(results).toHaveLength(5000);
  expect(results.slice(-11).every((result) => 'level' in result && result.level === 'error')).toBe(true);
  expect(invocations[0].toolExecutionNotifications?.map(({ message }) => message.text)).toEqual([
    '12 findings of the least severity left out: a log holds 5,000. The JSON report holds all.',
  ]);
});

describe('the category', () => {
  const a = sarif([web], {}, { category: 'a' });
  test('is kept where the logs agree, and replaced where one is given', () => {
    expect(runOf(merged([a, sarif([api], {}, { category: 'a' })])).automationDetails).toEqual({ id: 'a/' });
    expect(runOf(merged([a, sarif([api])], 'b')).automationDetails).toEqual({ id: 'b/' });
  });
  test('has to be given where they differ', () => {
    expect(merged([a, sarif([api])])).toBe(
      'the logs are of several categories (a/, none): say which the merged one has by --category',
    );
  });
});

describe('what is no log of plimsoll is named', () => {
  const other = '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"trivy","version":"1"}},"results":[]}]}';
  const bare = '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"plimsoll","version":"1"}},"results":[{}]}]}';
  test.each([
    ['FROM scratch', 'it is no JSON'],
    ['', 'it is no JSON'],
    ['['.repeat(100_000), 'it is no JSON'],
    ['null', 'it is no SARIF 2.1.0'],
    ['{"version":"2.0.0","runs":[]}', 'it is no SARIF 2.1.0'],
    ['{"version":"2.1.0","runs":[]}', 'it holds no run'],
    ['{"version":"2.1.0","runs":[null]}', 'it is not of plimsoll, but of no tool that it names'],
    [other, 'it is not of plimsoll, but of trivy'],
    [bare, 'its result 1 has no rule, message or place'],
  ])('%#', (text, fault) => {
    expect(merged([sarif([web]), text])).toBe(`1.sarif: ${fault}`);
  });
  test('and so are logs of two versions, and none at all', () => {
    expect(merged([sarif([web]), sarif([web], { toolVersion: '0.2.0' })])).toContain('(0.1.0, 0.2.0)');
    expect(merged([])).toBe('there is no log to merge');
  });
});
