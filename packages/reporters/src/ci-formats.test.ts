import { describe, expect, test } from 'vitest';
import { findingAt, inputOf, placeIn } from './input.testing.ts';
import { report } from './index.ts';

const at = placeIn('api/Dockerfile', 'FROM «node:latest»\nFROM node:latest\n');
const again = { ...at, start: at.end + 6, end: at.end + 17 };

describe('junit', () => {
  test('a test case a finding', () => {
    const input = inputOf(
      [
        findingAt(at, { message: 'a "b" <c> & d', help: 'write e' }),
        findingAt(again, { ruleId: 'packaging/add-for-copy', severity: 'info', message: 'an advice' }),
      ],
      {
        suppressed: [{ finding: findingAt(at), by: 'baseline', reason: 'recorded' }],
        uncheckable: [{ ruleId: 'lane/fail-open', reason: 'it threw' }],
      },
    );
    expect(report('junit', input, { pathPrefix: 'svc/' })).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="plimsoll" tests="4" failures="1" errors="1" skipped="1">
  <testsuite name="plimsoll" tests="4" failures="1" errors="1" skipped="1">
    <testcase classname="svc/api/Dockerfile" name="identity/latest-tag at 1:6" file="svc/api/Dockerfile" line="1"><failure type="error identity/latest-tag" message="a &quot;b&quot; &lt;c&gt; &amp; d">a "b" &lt;c&gt; &amp; d
write e</failure></testcase>
    <testcase classname="svc/api/Dockerfile" name="packaging/add-for-copy at 2:6" file="svc/api/Dockerfile" line="2"><system-out>an advice</system-out></testcase>
    <testcase classname="svc/api/Dockerfile" name="identity/latest-tag at 1:6" file="svc/api/Dockerfile" line="1"><skipped message="by baseline: recorded"/></testcase>
    <testcase classname="plimsoll" name="lane/fail-open"><error message="it threw"/></testcase>
  </testsuite>
</testsuites>
`);
  });

  test('a clean run is one test that passes', () => {
    expect(report('junit', inputOf([]))).toContain(
      '<testcase classname="plimsoll" name="All clear: no findings in 14 files · preset recommended"/>',
    );
  });
});

describe('gitlab', () => {
  interface Issue {
    readonly fingerprint: string;
    readonly severity: string;
    readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
  }
  const issues = (...args: Parameters<typeof inputOf>) =>
    JSON.parse(report('gitlab', inputOf(...args), { pathPrefix: 'svc/' })) as readonly Issue[];

  test('an issue a finding, at its place', () => {
    expect(issues([findingAt(at, { message: 'a latest tag' })])).toMatchObject([
      {
        description: 'a latest tag',
        check_name: 'identity/latest-tag',
        severity: 'critical',
        location: { path: 'svc/api/Dockerfile', lines: { begin: 1, end: 1 } },
      },
    ]);
  });

  test('no two issues have one fingerprint, and it stays when the line moves', () => {
    const [first, second, third] = issues([findingAt(at), findingAt(at), findingAt(again)]);
    expect(new Set([first, second, third].map((one) => one?.fingerprint)).size).toBe(3);
    const moved = placeIn('api/Dockerfile', '# a comment\nFROM «node:latest»\nFROM node:latest\n');
    expect(issues([findingAt(moved)])[0]?.fingerprint).toBe(first?.fingerprint);
  });

  test('what could not be checked is a blocker', () => {
    expect(issues([], { uncheckable: [{ path: 'a', reason: 'it is gone' }] })).toMatchObject([
      { severity: 'blocker', description: 'Not checked: it is gone', location: { path: 'svc/a' } },
    ]);
  });
});
