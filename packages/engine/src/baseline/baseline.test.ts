import { describe, expect, test } from 'vitest';
import { baselineOf, baselineText } from '../index.ts';
import { checkFiles, fromRule, lines, places, runRule } from '../rules.testing.ts';
import type { TestFiles } from '../rules.testing.ts';

const strict = { rules: [fromRule, runRule], preset: 'strict' } as const;

/** The findings of `now`, with those of `then` recorded. */
async function checkAgainst(then: TestFiles, now: TestFiles) {
  const before = await checkFiles(then, strict);
  const recorded = baselineText(baselineOf(before.findings));
  return checkFiles({ ...now, 'plimsoll.baseline.json': recorded }, strict);
}

describe('what is recorded', () => {
  const then = { Dockerfile: 'FROM a\nRUN one\nRUN two\n' };

  test('is suppressed, and counts for no exit code', async () => {
    const { findings, suppressed, exitCode } = await checkAgainst(then, then);
    expect([findings, exitCode]).toEqual([[], 0]);
    expect(suppressed).toHaveLength(3);
    expect(suppressed[0]).toMatchObject({
      suppression: { by: 'baseline', reason: 'recorded in plimsoll.baseline.json' },
    });
  });

  test('is known again on another line, and with other spaces', async () => {
    const moved = { Dockerfile: '# a comment\n\nFROM   a\n  RUN one\nRUN two\n' };
    expect((await checkAgainst(then, moved)).findings).toEqual([]);
  });

  test('is new where its line is changed, or it stands in another file', async () => {
    const changed = { Dockerfile: 'FROM b\nRUN one\nRUN two\n', 'api/Dockerfile': 'FROM a\n' };
    expect(places((await checkAgainst(then, changed)).findings)).toEqual([
      'Dockerfile:1 test/from',
      'api/Dockerfile:1 test/from',
    ]);
  });

  test('hides no new finding that looks just like it', async () => {
    const more = { Dockerfile: 'FROM a\nRUN one\nRUN one\nRUN two\n' };
    expect(places((await checkAgainst(then, more)).findings)).toEqual(['Dockerfile:3 test/run-step']);
  });

  test('is told when it is mended', async () => {
    expect((await checkAgainst(then, { Dockerfile: 'FROM a\n' })).notes).toEqual([
      '2 of plimsoll.baseline.json are mended: plimsoll baseline --prune takes them out',
    ]);
  });

  test('holds no line number and no text of the file', async () => {
    const { findings } = await checkFiles({ Dockerfile: 'FROM secret\n' });
    expect(baselineText(baselineOf(findings))).toBe(
      '{\n  "version": 1,\n  "findings": [\n    {"rule":"test/from","path":"Dockerfile","content":"fa7f5fc925d9ed7a","count":1}\n  ]\n}\n',
    );
    expect(JSON.parse(baselineText({ entries: [] }))).toEqual({ version: 1, findings: [] });
  });

  test('is not looked at where that is not wanted', async () => {
    const recorded = baselineText(baselineOf((await checkFiles(then, strict)).findings));
    const files = { ...then, 'plimsoll.baseline.json': recorded };
    expect((await checkFiles(files, { ...strict, baseline: false })).findings).toHaveLength(3);
    expect((await checkFiles(files, { ...strict, suppressions: false })).findings).toHaveLength(3);
  });
});

test.each([['{'], ['[]'], ['{ "version": 2, "findings": [] }'], ['{ "version": 1, "findings": [{ "rule": 1 }] }']])(
  'a baseline that is none is a wrong configuration: %s',
  async (text) => {
    const { findings, exitCode } = await checkFiles({ 'plimsoll.baseline.json': text });
    expect(exitCode).toBe(2);
    expect(lines(findings)).toEqual([
      expect.stringContaining('plimsoll.baseline.json:1:1 syntax/config This is no baseline'),
    ]);
  },
);

describe('an audit', () => {
  test('sees what comments, ignored paths and rules that are off hide', async () => {
    const files = {
      Dockerfile: '# plimsoll-ignore test/from -- ours\nFROM a\n',
      'old/Dockerfile': 'FROM a\n',
      'web/Dockerfile': 'FROM a\nRUN b\n',
      'plimsoll.yaml':
        'preset: strict\nrules: { test/run-step: { level: off, because: noise } }\nignore: [{ paths: [old], because: old }]\n',
    };
    expect((await checkFiles(files, { rules: [fromRule, runRule] })).findings).toHaveLength(1);
    const { findings, suppressed } = await checkFiles(files, { rules: [fromRule, runRule], suppressions: false });
    expect([places(findings), suppressed]).toEqual([
      [
        'Dockerfile:2 test/from',
        'old/Dockerfile:1 test/from',
        'web/Dockerfile:1 test/from',
        'web/Dockerfile:2 test/run-step',
      ],
      [],
    ]);
  });
});
