import { describe, expect, test } from 'vitest';
import { checkFiles, fromRule, lines, places, runRule } from '../rules.testing.ts';

const DOCKERFILE = 'FROM scratch\n';

async function configProblems(yaml: string) {
  const { findings, exitCode } = await checkFiles(
    { 'plimsoll.yaml': yaml, Dockerfile: DOCKERFILE },
    { rules: [fromRule, runRule] },
  );
  return { exitCode, problems: lines(findings.filter(({ ruleId }) => ruleId === 'syntax/config')) };
}

describe('a configuration that is fine', () => {
  test.each([
    '',
    '{}',
    '# nothing yet\n',
    'root: true\n',
    'lane:\n  workflows: [.github/workflows/release.yml]\n  repository: acme/api\n',
    'trustedOwners: [actions]\n',
  ])('%j', async (yaml) => {
    const { exitCode, problems } = await configProblems(yaml);
    expect(problems).toEqual([]);
    expect(exitCode).toBe(1);
  });

  test('a preset, which the command line overrides', async () => {
    const files = { 'plimsoll.yaml': 'preset: strict', Dockerfile: `${DOCKERFILE}RUN true\n` };
    expect(await checkFiles(files, { rules: [runRule] })).toMatchObject({
      preset: 'strict',
      findings: [{ ruleId: 'test/run-step' }],
    });
    expect(await checkFiles(files, { rules: [runRule], preset: 'recommended' })).toMatchObject({
      preset: 'recommended',
      findings: [],
    });
  });

  test('another level of a rule', async () => {
    const yaml = 'rules:\n  test/from: warning\n  test/run-step: { level: error }\n';
    const { findings } = await checkFiles(
      { 'plimsoll.yaml': yaml, Dockerfile: `${DOCKERFILE}RUN true\n` },
      { rules: [fromRule, runRule] },
    );
    expect(findings.map(({ ruleId, severity }) => [ruleId, severity])).toEqual([
      ['test/from', 'warning'],
      ['test/run-step', 'error'],
    ]);
  });

  test('a finding milder than its rule stays as mild', async () => {
    const files = { Dockerfile: `${DOCKERFILE}ENV A=1\n` };
    const severities = async (yaml: string) =>
      (await checkFiles({ ...files, 'plimsoll.yaml': yaml })).findings.map(({ severity }) => severity);
    expect(await severities('rules: { test/from: error }')).toEqual(['error', 'info']);
    expect(await severities('rules: { test/from: warning }')).toEqual(['warning', 'info']);
  });

  test('a rule that is off, with the reason', async () => {
    const yaml = 'rules:\n  test/from: { level: off, because: the base is ours }\n';
    expect(await checkFiles({ 'plimsoll.yaml': yaml, Dockerfile: DOCKERFILE })).toMatchObject({
      findings: [],
      exitCode: 0,
    });
  });

  test('options of a rule, over the defaults of the preset', async () => {
    const message = async (yaml: string, preset: 'recommended' | 'strict') =>
      (await checkFiles({ 'plimsoll.yaml': yaml, Dockerfile: DOCKERFILE }, { preset })).findings.map(
        (finding) => finding.message,
      );
    expect(await message('', 'recommended')).toEqual(['FROM scratch']);
    expect(await message('', 'strict')).toEqual(['FROM scratch (most 200)']);
    expect(await message('rules: { test/from: { options: { loud: true, most: 7 } } }', 'recommended')).toEqual([
      'FROM scratch (most 7)',
    ]);
    expect(await message('rules: { test/from: { options: { words: [alpine] } } }', 'strict')).toEqual([]);
  });

  test('overrides by file, of which the last one wins', async () => {
    const yaml = `
overrides:
  - files: [tools/**]
    rules: { test/from: warning }
  - files: [tools/old]
    rules: { test/from: { level: off, because: it goes away in spring } }
  - files: ['**/*.Dockerfile']
    rules: { test/from: { options: { words: [nothing has this] } } }
`;
    const files = {
      Dockerfile: DOCKERFILE,
      'tools/Dockerfile': DOCKERFILE,
      'tools/old/Dockerfile': DOCKERFILE,
      'a.Dockerfile': DOCKERFILE,
    };
    const { findings, suppressed } = await checkFiles({ ...files, 'plimsoll.yaml': yaml });
    expect(findings.map(({ at, severity }) => [at.file.path, severity])).toEqual([
      ['Dockerfile', 'error'],
      ['tools/Dockerfile', 'warning'],
    ]);
    expect(suppressed).toMatchObject([
      {
        at: { file: { path: 'tools/old/Dockerfile' } },
        suppression: { by: 'config', reason: 'it goes away in spring' },
      },
    ]);
  });

  test('a rule that only an override switches on', async () => {
    const yaml = 'overrides:\n  - files: [api]\n    rules: { test/run-step: error }\n';
    const files = { 'api/Dockerfile': `${DOCKERFILE}RUN true\n`, 'web/Dockerfile': `${DOCKERFILE}RUN true\n` };
    const { findings } = await checkFiles({ ...files, 'plimsoll.yaml': yaml }, { rules: [runRule] });
    expect(places(findings)).toEqual(['api/Dockerfile:2 test/run-step']);
  });

  test('ignored paths, with the reason', async () => {
    const yaml = 'ignore:\n  - paths: [legacy, "**/*.Dockerfile"]\n    because: moved to its own repository\n';
    const files = { Dockerfile: DOCKERFILE, 'legacy/a/Dockerfile': 'FRM x\n', 'x/y.Dockerfile': DOCKERFILE };
    const { findings, suppressed } = await checkFiles({ ...files, 'plimsoll.yaml': yaml });
    expect(places(findings)).toEqual(['Dockerfile:1 test/from']);
    expect(suppressed.map(({ at, suppression }) => [at.file.path, suppression.reason])).toContainEqual([
      'x/y.Dockerfile',
      'moved to its own repository',
    ]);
    expect(suppressed.map(({ ruleId }) => ruleId)).toContain('syntax/dockerfile');
  });
});

describe('a configuration that is wrong: exit code 2, a finding at its place, and the other findings', () => {
  test.each([
    [
      'an unknown key',
      'preset: strict\nrule: {}\n',
      '2:1',
      /"rule" is no key of the configuration; did you mean "rules"\?/,
    ],
    [
      'an unknown key further in',
      'lane:\n  workflow: []\n',
      '2:3',
      /"workflow" is no key of lane; did you mean "workflows"\?/,
    ],
    [
      'an unknown rule',
      'rules:\n  test/form: warning\n',
      '2:3',
      /"test\/form" is no rule; did you mean "test\/from"\?/,
    ],
    ['a rule without its package', 'rules:\n  run-step: warning\n', '2:3', /did you mean "test\/run-step"\?/],
    ['an unknown level', 'rules:\n  test/from: fatal\n', '2:14', /must be info, warning or error, not "fatal"/],
    [
      'an unknown level in an object',
      'rules:\n  test/from: { level: fatal }\n',
      '2:23',
      /must be off, info, warning or error, not "fatal"/,
    ],
    [
      'a rule that is off in short',
      'rules:\n  test/from: off\n',
      '2:14',
      /test\/from is switched off and needs a reason/,
    ],
    ['a rule that is off without a reason', 'rules:\n  test/from:\n    level: off\n', '2:3', /needs a reason/],
    ['an empty reason', 'rules:\n  test/from: { level: off, because: " " }\n', '2:37', /because has no text/],
    ['ignored paths without a reason', 'ignore:\n  - paths: [a]\n', '2:5', /ignore\[0\] needs a reason/],
    ['an unknown preset', 'preset: paranoid\n', '1:9', /preset must be recommended or strict, not "paranoid"/],
    ['a graph file that is not there', 'nxGraph: graph.json\n', '1:10', /nxGraph: graph.json: there is no such file/],
    ['a graph file outside', 'nxGraph: ../graph.json\n', '1:10', /it is outside of the root/],
    ['a graph file that is none', 'nxGraph: ./Dockerfile\n', '1:10', /nxGraph: Dockerfile: it is no Nx graph/],
    ['a text at the top', 'strict\n', '1:1', /the configuration must be a map/],
    [
      'an unknown option',
      'rules: { test/from: { options: { mots: 1 } } }',
      '1:34',
      /"mots" is no option of test\/from; did you mean "most"\?/,
    ],
    [
      'an option of a rule that has none',
      'rules: { test/run-step: { options: { x: 1 } } }',
      '1:38',
      /test\/run-step has no options/,
    ],
    [
      'an option of the wrong type',
      'rules: { test/from: { options: { most: many } } }',
      '1:40',
      /most must be a number/,
    ],
    [
      'a list with other things in it',
      'rules: { test/from: { options: { words: a } } }',
      '1:41',
      /words must be a list of texts/,
    ],
    ['a repository without owner', 'lane: { repository: api }', '1:21', /lane.repository must be owner\/name/],
    [
      'a pattern that would be slow',
      'ignore: [{ paths: ["*a*a*a*a*b"], because: x }]',
      '1:20',
      /can have 3 wildcards, not 5/,
    ],
    ['a pattern out of the root', 'ignore: [{ paths: [../x], because: x }]', '1:20', /cannot leave the root/],
    ['a key twice', 'preset: strict\npreset: strict\n', '2:1', /preset/],
    ['two documents', 'preset: strict\n---\npreset: strict\n', '3:1', /second document/],
  ])('%s', async (_, yaml, place, message) => {
    const { exitCode, problems } = await configProblems(yaml);
    expect(exitCode).toBe(2);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`plimsoll.yaml:${place} syntax/config`);
    expect(problems[0]).toMatch(message);
  });

  test('a tab', async () => {
    const { exitCode, problems } = await configProblems('lane:\n\tworkflows: [.github/workflows/image.yml]\n');
    expect(exitCode).toBe(2);
    expect(problems[0]).toContain('plimsoll.yaml:2:');
  });

  test('what is right in it holds', async () => {
    const files = {
      'plimsoll.yaml': 'preset: strict\nrulez: {}\nrules: { test/from: info }\n',
      Dockerfile: DOCKERFILE,
    };
    const { findings, preset } = await checkFiles(files);
    expect(preset).toBe('strict');
    expect(findings.map(({ ruleId, severity }) => [ruleId, severity])).toEqual([
      ['test/from', 'info'],
      ['syntax/config', 'error'],
    ]);
  });

  test('a bomb of aliases, and one of keys', async () => {
    const bomb = [
      'a0: &a0 [x]',
      ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
    ].join('\n');
    expect((await configProblems(bomb)).exitCode).toBe(2);
    const keys = Array.from({ length: 20_000 }, (_, i) => `key${i}: 1`).join('\n');
    expect((await configProblems(keys)).problems.length).toBeLessThanOrEqual(100);
  });

  test('keys that mean something to JavaScript', async () => {
    expect((await configProblems('__proto__: { preset: strict }\n')).problems[0]).toMatch(/"__proto__" is no key/);
    expect((await configProblems('rules: { test/from: { options: { constructor: 1 } } }')).problems[0]).toMatch(
      /"constructor" is no option/,
    );
  });
});

describe('which file is the configuration', () => {
  test('a named one in place of that at the root', async () => {
    const files = {
      'plimsoll.yaml': 'preset: strict\n',
      'ci/lint.yaml': 'preset: recommended\nrules: { nope/nope: error }\n',
    };
    const { preset, findings } = await checkFiles(files, { configFile: 'ci/lint.yaml' });
    expect(preset).toBe('recommended');
    expect(places(findings)).toEqual(['ci/lint.yaml:2 syntax/config']);
  });

  test('a named one that is not there', async () => {
    const { configProblems: problems, exitCode } = await checkFiles(
      { Dockerfile: DOCKERFILE },
      { configFile: 'nowhere.yaml' },
    );
    expect(exitCode).toBe(2);
    expect(problems).toEqual([{ message: 'nowhere.yaml: there is no such file' }]);
  });

  test('one under the other ending is told, not overlooked', async () => {
    expect(places((await checkFiles({ 'plimsoll.yml': 'preset: strict\n' })).findings)).toEqual([
      'plimsoll.yml:1 syntax/config',
    ]);
  });

  test('one that is too large', async () => {
    const { findings, exitCode } = await checkFiles({ 'plimsoll.yaml': { bytes: 1_000_000 } });
    expect(findings).toMatchObject([{ message: expect.stringMatching(/larger than 256 KiB/) as string }]);
    expect(exitCode).toBe(2);
  });
});
