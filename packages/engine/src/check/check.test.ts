import { defineRule } from '@plimsoll/core';
import type { Report } from '@plimsoll/core';
import type { Dockerfile } from '@plimsoll/documents';
import { describe, expect, test } from 'vitest';
import { about, checkFiles, fromRule, leakRule, lines, places, runRule } from '../rules.testing.ts';

const FILES = { 'b/Dockerfile': 'FROM b\n', 'a/Dockerfile': 'FROM a\nFROM z\n' };

/** A rule that says these things of each Dockerfile. */
function saying(id: string, ...says: readonly ((dockerfile: Dockerfile) => Report)[]) {
  return defineRule({
    ...about,
    id,
    summary: 'It says things.',
    severity: 'warning',
    presets: ['recommended', 'strict'],
    visits: 'dockerfile',
    check(dockerfile, report) {
      for (const say of says) report(say(dockerfile));
    },
  });
}

const at = (dockerfile: Dockerfile, start: number, end: number) => dockerfile.file.range(start, end);

test('findings are sorted by path, place and rule, whatever the order of the rules', async () => {
  const rules = [saying('test/zeta', (d) => ({ at: at(d, 0, 4), message: 'z' })), fromRule];
  const expected = [
    'a/Dockerfile:1 test/from',
    'a/Dockerfile:1 test/zeta',
    'a/Dockerfile:2 test/from',
    'b/Dockerfile:1 test/from',
    'b/Dockerfile:1 test/zeta',
  ];
  expect(places((await checkFiles(FILES, { rules })).findings)).toEqual(expected);
  expect(places((await checkFiles(FILES, { rules: rules.toReversed() })).findings)).toEqual(expected);
});

test('one rule and one range is one finding', async () => {
  const say = (d: Dockerfile) => ({ at: at(d, 0, 4), message: 'once' });
  expect((await checkFiles(FILES, { rules: [saying('test/twice', say, say)] })).findings).toHaveLength(2);
});

describe('findings that say the same', () => {
  const rule = saying(
    'test/same',
    (d) => ({ at: at(d, 5, 6), message: 'second', same: 'x' }),
    (d) => ({ at: at(d, 0, 4), message: 'first', same: 'x', related: [{ at: at(d, 0, 1), label: 'why' }] }),
    (d) => ({ at: at(d, 4, 5), message: 'another', same: 'y' }),
  );

  test('are one in a file, with the other places related to the first', async () => {
    const { findings } = await checkFiles(FILES, { rules: [rule] });
    expect(findings.map(({ at: { file }, message, related }) => [file.path, message, related.length])).toEqual([
      ['a/Dockerfile', 'first', 2],
      ['a/Dockerfile', 'another', 0],
      ['b/Dockerfile', 'first', 2],
      ['b/Dockerfile', 'another', 0],
    ]);
    expect(findings[0]).not.toHaveProperty('same');
  });

  test('of one place they keep what each of them relates to', async () => {
    const [one, other] = [0, 1].map((start) => (d: Dockerfile) => ({
      at: at(d, 5, 6),
      message: `file ${start}`,
      same: 'x',
      related: [{ at: at(d, start, start + 1), label: `of ${start}` }],
    }));
    const { findings } = await checkFiles({ Dockerfile: 'FROM a\n' }, { rules: [saying('test/place', one!, other!)] });
    expect(findings.map(({ message, related }) => [message, related.map(({ label }) => label)])).toEqual([
      ['file 0', ['of 0', 'of 1']],
    ]);
  });

  test('are suppressed one by one', async () => {
    const { findings, suppressed } = await checkFiles(
      { Dockerfile: '# plimsoll-ignore-file test/same -- known\nFROM a\n' },
      { rules: [rule] },
    );
    expect(findings).toEqual([]);
    expect(suppressed).toHaveLength(3);
  });
});

describe('exit codes', () => {
  test('0 and 1 by the lowest severity that fails', async () => {
    const files = {
      '.github/workflows/a.yml': 'on: push\n# leak\njobs:\n  a:\n    runs-on: u\n    steps: [{ run: make }]\n',
    };
    const exit = async (failOn?: 'error' | 'warning' | 'info') =>
      (await checkFiles(files, { rules: [leakRule], ...(failOn && { failOn }) })).exitCode;
    expect([await exit(), await exit('error'), await exit('warning'), await exit('info')]).toEqual([0, 0, 1, 1]);
  });

  test('2 before 3 before 1', async () => {
    const wrong = { 'plimsoll.yaml': 'nope: 1\n' };
    const unread = { 'c/Dockerfile': { bytes: 2_000_000 } };
    expect((await checkFiles(FILES)).exitCode).toBe(1);
    expect((await checkFiles({ ...FILES, ...unread })).exitCode).toBe(3);
    expect((await checkFiles({ ...FILES, ...unread, ...wrong })).exitCode).toBe(2);
  });
});

describe('a rule that throws', () => {
  const broken = saying('test/broken', (d) => {
    if (d.file.path.startsWith('a')) throw new Error('no such thing');
    return { at: at(d, 0, 4), message: 'fine' };
  });

  test('is told once, goes on with the next file, and the other rules go on', async () => {
    const { findings, uncheckable, exitCode } = await checkFiles(
      { ...FILES, 'aa/Dockerfile': 'FROM x\n' },
      { rules: [broken, fromRule] },
    );
    expect(uncheckable).toEqual([{ ruleId: 'test/broken', reason: 'Error: no such thing' }]);
    expect(exitCode).toBe(3);
    expect(places(findings)).toContain('b/Dockerfile:1 test/broken');
    expect(places(findings)).toContain('a/Dockerfile:1 test/from');
  });

  test('leaves its suppressions alone', async () => {
    const files = { 'a/Dockerfile': '# plimsoll-ignore test/broken -- known\nFROM a\n' };
    expect((await checkFiles(files, { rules: [broken] })).findings).toEqual([]);
  });

  test('a report without a place is a fault of the rule', async () => {
    const rule = saying('test/nowhere', () => ({ message: 'somewhere' }) as unknown as Report);
    expect(await checkFiles(FILES, { rules: [rule] })).toMatchObject({
      uncheckable: [{ ruleId: 'test/nowhere' }],
      exitCode: 3,
    });
  });
});

test('what a reader could not read is a finding, beside those of the rules', async () => {
  const { findings, exitCode } = await checkFiles({ Dockerfile: 'FROM a\nCOPPY x y\n' });
  expect(lines(findings)).toEqual([
    'Dockerfile:1:1 test/from FROM a',
    expect.stringMatching(/^Dockerfile:2:1 syntax\/dockerfile /),
  ]);
  expect(exitCode).toBe(1);
});

test('severity and help of a report are kept', async () => {
  const rule = saying('test/all', (d) => ({ at: at(d, 0, 4), message: 'm', help: 'h', severity: 'error' }));
  expect((await checkFiles({ Dockerfile: 'FROM a\n' }, { rules: [rule] })).findings).toMatchObject([
    { severity: 'error', help: 'h' },
  ]);
});

test('rules of the strict preset run there alone', async () => {
  const files = { Dockerfile: 'FROM a\nRUN b\n' };
  expect((await checkFiles(files, { rules: [runRule] })).findings).toEqual([]);
  expect((await checkFiles(files, { rules: [runRule], preset: 'strict' })).findings).toHaveLength(1);
});

test('progress is told', async () => {
  const steps: string[] = [];
  await checkFiles(FILES, { onProgress: (step) => steps.push(step) });
  expect(steps).toContain('checking test/from');
});

test('the same input gives the same result', async () => {
  const once = await checkFiles(FILES);
  const again = await checkFiles(FILES);
  expect(lines(again.findings)).toEqual(lines(once.findings));
});
