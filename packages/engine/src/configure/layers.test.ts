import { describe, expect, test } from 'vitest';
import { checkFiles, fromRule, lines, places, runRule } from '../rules.testing.ts';

const DOCKERFILE = 'FROM scratch\nRUN true\n';

/** What is found in Dockerfiles at the root and in two apps, and at which level. */
async function found(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const all = { Dockerfile: DOCKERFILE, 'api/Dockerfile': DOCKERFILE, 'web/Dockerfile': DOCKERFILE, ...files };
  const { findings } = await checkFiles(all, { rules: [fromRule, runRule] });
  return findings.map(({ at, ruleId, severity }) => `${at.file.path} ${ruleId.slice('test/'.length)} ${severity}`);
}

const usual = ['Dockerfile from error', 'api/Dockerfile from error', 'web/Dockerfile from error'];

describe('a nearer plimsoll.yaml', () => {
  test('adds to the one at the root, for its folder', async () => {
    expect(
      await found({ 'plimsoll.yaml': 'rules: { test/from: info }', 'api/plimsoll.yaml': 'preset: strict' }),
    ).toEqual([
      'Dockerfile from info',
      'api/Dockerfile from info',
      'api/Dockerfile run-step warning',
      'web/Dockerfile from info',
    ]);
  });

  test('overrides it, also where an override of the root speaks of its files', async () => {
    expect(
      await found({
        'plimsoll.yaml': 'overrides: [{ files: [api], rules: { test/from: info } }]',
        'api/plimsoll.yaml': 'rules: { test/from: warning }',
      }),
    ).toEqual(['Dockerfile from error', 'api/Dockerfile from warning', 'web/Dockerfile from error']);
  });

  test('counts its patterns from its own folder', async () => {
    const nearer = 'overrides: [{ files: [Dockerfile], rules: { test/from: info } }]';
    expect(await found({ 'api/plimsoll.yaml': nearer })).toEqual([usual[0], 'api/Dockerfile from info', usual[2]]);
  });

  test('can switch on what is off at the root, and off what is on', async () => {
    expect(
      await found({
        'plimsoll.yaml': 'rules: { test/from: { level: off, because: all bases are ours } }',
        'api/plimsoll.yaml': 'rules: { test/from: error, test/run-step: info }',
      }),
    ).toEqual(['api/Dockerfile from error', 'api/Dockerfile run-step info']);
    const off = { 'api/plimsoll.yaml': 'rules: { test/from: { level: off, because: it goes away } }' };
    expect(await found(off)).toEqual([usual[0], usual[2]]);
  });

  test('with root: true stands alone, but for what is ignored from above', async () => {
    const strict = { 'plimsoll.yaml': 'preset: strict\nrules: { test/from: info }', 'api/plimsoll.yaml': 'root: true' };
    expect(await found(strict)).toEqual([
      'Dockerfile from info',
      'Dockerfile run-step warning',
      'api/Dockerfile from error',
      'web/Dockerfile from info',
      'web/Dockerfile run-step warning',
    ]);
    const ignored = {
      'plimsoll.yaml': 'ignore: [{ paths: [api], because: checked by itself }]',
      'api/plimsoll.yaml': 'root: true',
    };
    expect(await found(ignored)).toEqual([usual[0], usual[2]]);
  });

  test('cannot say what holds for all of the repository', async () => {
    const { findings, exitCode } = await checkFiles({
      'api/plimsoll.yaml': 'lane: { workflows: [] }\ntrustedOwners: [acme]',
    });
    expect(exitCode).toBe(2);
    expect(lines(findings)).toEqual([
      expect.stringContaining('api/plimsoll.yaml:1:1 syntax/config lane holds for all of the repository'),
      expect.stringContaining('api/plimsoll.yaml:2:1 syntax/config trustedOwners holds for all'),
    ]);
    expect((await checkFiles({ 'api/plimsoll.yaml': 'root: true\nlane: {}' })).exitCode).toBe(0);
  });

  test('the options of a rule follow the same way', async () => {
    const { findings } = await checkFiles(
      {
        Dockerfile: DOCKERFILE,
        'api/Dockerfile': DOCKERFILE,
        'plimsoll.yaml': 'rules: { test/from: { options: { loud: true, most: 7 } } }',
        'api/plimsoll.yaml': 'rules: { test/from: { options: { most: 8 } } }',
      },
      { rules: [fromRule] },
    );
    expect(findings.map(({ message }) => message)).toEqual(['FROM scratch (most 7)', 'FROM scratch (most 8)']);
  });
});

describe('extends', () => {
  const policy = 'preset: strict\nrules: { test/from: warning }\n';

  test('a file comes before what extends it', async () => {
    const files = {
      'ci/policy.yaml': policy,
      'plimsoll.yaml': 'extends: ./ci/policy.yaml\nrules: { test/from: info }',
    };
    expect(await found(files)).toContain('Dockerfile from info');
    expect(await found(files)).toContain('Dockerfile run-step warning');
  });

  test.each([
    ['@acme/policy', 'node_modules/@acme/policy/plimsoll.yaml'],
    ['policy/strict.yaml', 'node_modules/policy/strict.yaml'],
  ])('of the package %s', async (name, path) => {
    expect(await found({ [path]: policy, 'plimsoll.yaml': `extends: "${name}"` })).toContain('Dockerfile from warning');
  });

  test('the nearest installed package is taken, and of several the later one wins', async () => {
    const files = {
      'node_modules/policy/plimsoll.yaml': 'rules: { test/from: info }',
      'api/node_modules/policy/plimsoll.yaml': 'rules: { test/from: warning }',
      'local.yaml': 'rules: { test/run-step: info }',
      'api/plimsoll.yaml': 'extends: [policy, ../local.yaml]',
    };
    expect(await found(files)).toEqual([
      usual[0],
      'api/Dockerfile from warning',
      'api/Dockerfile run-step info',
      usual[2],
    ]);
  });

  test('its patterns count from the folder of the file that extends it', async () => {
    const files = {
      'ci/policy.yaml': 'ignore: [{ paths: [api], because: it is a trial }]',
      'plimsoll.yaml': 'extends: ./ci/policy.yaml',
    };
    expect(await found(files)).toEqual([usual[0], usual[2]]);
  });

  test('what is wrong in it is told at its own place', async () => {
    const files = {
      'ci/a.yaml': 'extends: ./b.yaml\n',
      'ci/b.yaml': '\nextends: ./a.yaml\nrule: {}\n',
      'plimsoll.yaml': 'extends: ./ci/a.yaml',
    };
    const { findings, exitCode } = await checkFiles(files);
    expect(exitCode).toBe(2);
    expect(places(findings)).toEqual(['ci/b.yaml:2 syntax/config', 'ci/b.yaml:3 syntax/config']);
    expect(findings[0]?.message).toContain('ci/a.yaml extends ci/b.yaml extends ci/a.yaml: this is a circle');
  });

  test.each([
    ['extends that leads nowhere', 'extends: ./base.yaml\n', '1:10', /extends: there is no file base.yaml/],
    [
      'extends of a package that is not there',
      'extends: ["@acme/policy"]\n',
      '1:11',
      /the package @acme\/policy is not installed/,
    ],
    ['extends out of the root', 'extends: ../base.yaml\n', '1:10', /\.\.\/base.yaml is outside of the root/],
    [
      'extends of an address',
      'extends: https://example.com/a.yaml\n',
      '1:10',
      /neither a file nor the name of a package/,
    ],
    [
      'extends of itself',
      'extends: ./plimsoll.yaml\n',
      '1:10',
      /plimsoll.yaml extends plimsoll.yaml: this is a circle/,
    ],
    ['extends of a number', 'extends: 3\n', '1:10', /extends must be a text or a list/],
    ['a list for a map', 'rules: [test/from]\n', '1:8', /rules must be a map/],
  ])('%s is told at its place', async (_, yaml, place, message) => {
    const { findings, exitCode } = await checkFiles({ 'plimsoll.yaml': yaml, Dockerfile: DOCKERFILE });
    const problems = lines(findings.filter(({ ruleId }) => ruleId === 'syntax/config'));
    expect([exitCode, problems.length]).toEqual([2, 1]);
    expect(problems[0]).toContain(`plimsoll.yaml:${place} syntax/config`);
    expect(problems[0]).toMatch(message);
  });
});
