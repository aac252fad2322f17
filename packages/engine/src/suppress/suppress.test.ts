import { describe, expect, test } from 'vitest';
import {
  checkFiles,
  fromRule,
  commandRule,
  leakRule,
  lines,
  patternRule,
  places,
  runRule,
  wordRule,
} from '../rules.testing.ts';

const rules = [fromRule, runRule, leakRule, patternRule];
const checkStrict = (files: Parameters<typeof checkFiles>[0]) => checkFiles(files, { rules, preset: 'strict' });

describe('in a Dockerfile', () => {
  test('a comment covers the instruction below it, and is counted', async () => {
    const { findings, suppressed } = await checkStrict({
      Dockerfile: '# plimsoll-ignore test/from -- the base is ours\nFROM a\nFROM b\n',
    });
    expect(places(findings)).toEqual(['Dockerfile:3 test/from']);
    expect(suppressed).toMatchObject([
      { ruleId: 'test/from', suppression: { by: 'inline', reason: 'the base is ours' } },
    ]);
  });

  test('other comments, other suppressions and empty lines may stand between', async () => {
    const dockerfile =
      '# plimsoll-ignore test/from -- ours\n# the base\n\n# plimsoll-ignore test/run-step -- none\nFROM a\n';
    const { findings, suppressed } = await checkStrict({ Dockerfile: dockerfile });
    expect(places(findings)).toEqual(['Dockerfile:4 syntax/unused-suppression']);
    expect(suppressed).toHaveLength(1);
  });

  test('a comment covers all lines of an instruction', async () => {
    const dockerfile = 'FROM a\n# plimsoll-ignore test/word -- known\nRUN one \\\n  two \\\n  word\nRUN word\n';
    const { findings } = await checkFiles({ Dockerfile: dockerfile }, { rules: [wordRule] });
    expect(places(findings)).toEqual(['Dockerfile:6 test/word']);
  });

  test('a comment within an instruction covers its next line', async () => {
    const dockerfile = 'FROM a\nRUN word && \\\n  # plimsoll-ignore test/word -- known\n  word && \\\n  word\n';
    const { findings } = await checkFiles({ Dockerfile: dockerfile }, { rules: [wordRule] });
    expect(places(findings)).toEqual(['Dockerfile:2 test/word', 'Dockerfile:5 test/word']);
  });

  test('a comment at the end of a RUN line covers that line', async () => {
    const { findings } = await checkStrict({
      Dockerfile: 'FROM a\nRUN true # plimsoll-ignore test/run-step -- known\nRUN true\n',
    });
    expect(places(findings)).toEqual(['Dockerfile:1 test/from', 'Dockerfile:3 test/run-step']);
  });

  test('elsewhere the end of a line is no comment, which is told', async () => {
    const { findings } = await checkStrict({ Dockerfile: 'FROM a # plimsoll-ignore test/from -- known\n' });
    expect(lines(findings)).toContainEqual(
      expect.stringMatching(/^Dockerfile:1:10 syntax\/suppression .*FROM takes this as an argument/),
    );
    expect(places(findings)).toContain('Dockerfile:1 test/from');
  });
});

describe('in YAML', () => {
  const workflow = async (text: string) => {
    const { findings, suppressed } = await checkStrict({ '.github/workflows/a.yml': text });
    return { findings: findings.filter(({ ruleId }) => ruleId !== 'syntax/workflow'), suppressed };
  };

  test('above a line, and at its end', async () => {
    const { findings } = await workflow(
      '# plimsoll-ignore test/leak -- known\na: leak\nb: leak # plimsoll-ignore test/leak -- known\nc: leak\n',
    );
    expect(places(findings)).toEqual(['.github/workflows/a.yml:4 test/leak']);
  });

  test('above a block scalar it covers the block, and no key behind it', async () => {
    const { findings } = await workflow(
      'steps:\n  # plimsoll-ignore test/leak -- known\n  - run: |\n      echo leak\n\n      echo leak\n    name: leak\n',
    );
    expect(places(findings)).toEqual(['.github/workflows/a.yml:7 test/leak']);
  });

  test('inside of a script, as a comment of the shell', async () => {
    const { findings } = await workflow(
      'run: |\n  # plimsoll-ignore test/leak -- known\n  echo a \\\n    leak\n  echo leak\n',
    );
    expect(places(findings)).toEqual(['.github/workflows/a.yml:5 test/leak']);
  });

  test('a file as a whole', async () => {
    const { findings, suppressed } = await workflow(
      'a: leak\n# plimsoll-ignore-file test/leak -- an example\nb: leak\n',
    );
    expect(findings).toEqual([]);
    expect(suppressed).toHaveLength(2);
  });
});

test('in an ignore file, where a comment starts in the first column', async () => {
  const { findings } = await checkStrict({
    '.dockerignore': '# plimsoll-ignore test/pattern -- known\na\nb\nc # plimsoll-ignore test/pattern -- known\n',
  });
  expect(places(findings)).toEqual([
    '.dockerignore:3 test/pattern',
    '.dockerignore:4 test/pattern',
    '.dockerignore:4 syntax/suppression',
  ]);
});

describe('a date', () => {
  const until = (date: string) =>
    checkStrict({ Dockerfile: `# plimsoll-ignore test/from until=${date} -- waiting\nFROM a\n` });

  test('holds through its day', async () => {
    expect((await until('2026-11-25')).findings).toEqual([]);
    expect((await until('2027-01-01')).findings).toEqual([]);
  });

  test('is over the day after', async () => {
    expect(lines((await until('2026-11-24')).findings)).toEqual([
      'Dockerfile:1:29 syntax/suppression This suppression ended on 2026-11-24',
      expect.stringContaining('Dockerfile:2:1 test/from'),
    ]);
  });

  test.each(['2026-02-30', '2026-13-01', 'tomorrow', '26-1-1', ''])('"%s" is none', async (date) => {
    expect(places((await until(date)).findings)).toEqual(['Dockerfile:1 syntax/suppression', 'Dockerfile:2 test/from']);
  });
});

describe('a suppression that is wrong suppresses nothing, and is a warning', () => {
  test.each([
    ['without a reason', '# plimsoll-ignore test/from', /the reason is missing/],
    ['with an empty reason', '# plimsoll-ignore test/from --  ', /the reason is missing/],
    ['without a rule', '# plimsoll-ignore -- why', /it names no rule/],
    ['with words for a rule', '# plimsoll-ignore the base -- why', /"the" is no rule id/],
    [
      'of an unknown rule',
      '# plimsoll-ignore test/form -- why',
      /"test\/form" is no rule; did you mean "test\/from"\?/,
    ],
    [
      'of a rule that cannot be suppressed',
      '# plimsoll-ignore syntax/unused-suppression -- why',
      /cannot be suppressed/,
    ],
    ['with another ending', '# plimsoll-ignore-line test/from -- why', /"plimsoll-ignore-line" is no directive/],
    ['with a colon', '# plimsoll-ignore: test/from -- why', /":" is no rule id/],
  ])('%s', async (_, comment, message) => {
    const { findings } = await checkStrict({ Dockerfile: `${comment}\nFROM a\n` });
    expect(findings).toMatchObject([
      { ruleId: 'syntax/suppression', severity: 'warning', message: expect.stringMatching(message) as string },
      { ruleId: 'test/from' },
    ]);
  });

  test('with nothing behind it', async () => {
    expect(
      lines((await checkStrict({ Dockerfile: 'FROM a\n# plimsoll-ignore test/from -- why\n' })).findings).at(-1),
    ).toMatch(/nothing follows it/);
  });

  test('one of several rules is unknown: the others hold', async () => {
    const { findings, suppressed } = await checkStrict({
      Dockerfile: '# plimsoll-ignore test/nope, test/from -- why\nFROM a\n',
    });
    expect(places(findings)).toEqual(['Dockerfile:1 syntax/suppression']);
    expect(suppressed).toHaveLength(1);
  });
});

describe('a suppression that is not used', () => {
  const dockerfile = '# plimsoll-ignore test/from, test/run-step -- why\nFROM a\n';

  test('is told at the rule', async () => {
    const { findings } = await checkStrict({ Dockerfile: dockerfile });
    expect(findings).toMatchObject([{ ruleId: 'syntax/unused-suppression', severity: 'info' }]);
    expect(lines(findings)[0]).toContain('Dockerfile:1:30 ');
  });

  test('is not told where its rule did not run', async () => {
    expect((await checkFiles({ Dockerfile: dockerfile }, { rules, preset: 'recommended' })).findings).toEqual([]);
  });

  test('is not told where that is not wanted', async () => {
    expect(
      (await checkFiles({ Dockerfile: dockerfile }, { rules, preset: 'strict', reportUnusedSuppressions: false }))
        .findings,
    ).toEqual([]);
  });
});

test('findings of the graph are suppressed like others', async () => {
  const files = { Dockerfile: 'FROM a\n# plimsoll-ignore test/command -- ours\nRUN make\n' };
  expect(await checkFiles(files, { rules: [commandRule] })).toMatchObject({
    findings: [],
    suppressed: [{ ruleId: 'test/command' }],
  });
});

test('a syntax finding can be suppressed', async () => {
  expect(
    await checkStrict({ Dockerfile: '# plimsoll-ignore syntax/dockerfile -- our own frontend\nFRBM a\n' }),
  ).toMatchObject({
    findings: [],
    suppressed: [{ ruleId: 'syntax/dockerfile' }],
  });
});

test('text that only speaks of suppressions is none', async () => {
  expect(
    (await checkStrict({ Dockerfile: '# Write plimsoll-ignore to suppress\nFROM a\nRUN echo plimsoll-ignore\n' }))
      .findings,
  ).toMatchObject([{ ruleId: 'test/from' }, { ruleId: 'test/run-step' }]);
});

test('very many suppressions, and very long lines of them', async () => {
  const many = '# plimsoll-ignore test/from -- why\n'.repeat(20_000);
  const long = `# ${'plimsoll-ignore '.repeat(30_000)}\n`;
  const { suppressed } = await checkStrict({ Dockerfile: `${many}FROM a\n`, 'b/Dockerfile': `${long}FROM a\n` });
  expect(suppressed).toHaveLength(1);
});
