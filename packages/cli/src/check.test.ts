import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf, plimsoll } from './command.testing.ts';

const LEAKY = {
  'apps/api/Dockerfile': 'FROM node:latest\nARG NPM_TOKEN\n',
  'compose.yaml': 'services:\n  db: { image: redis }\n',
};
const CLEAN = { Dockerfile: 'FROM scratch\n' };

describe('the exit code is the same for every format', () => {
  const leaky = folderOf(LEAKY);
  const clean = folderOf(CLEAN);
  test.each(['text', 'sarif', 'json', 'github'])('%s', (format) => {
    expect(plimsoll(leaky, 'check', '--format', format).exitCode).toBe(1);
    expect(plimsoll(clean, 'check', '--format', format).exitCode).toBe(0);
  });
});

describe('the same input gives the same bytes', () => {
  const root = folderOf(LEAKY);
  test.each(['sarif', 'json'])('%s, from run to run and from any folder', (format) => {
    const first = plimsoll(root, 'check', '--format', format).stdout;
    expect(first).toContain('identity/latest-tag');
    expect(first).not.toContain(root);
    expect(plimsoll(root, 'check', '--format', format).stdout).toBe(first);
    expect(plimsoll(join(root, 'apps'), 'check', '--format', format, root).stdout).toBe(first);
    expect(plimsoll('/', 'check', '--format', format, root).stdout).toBe(first);
  });
});

test('several reports are written by one run, whole', () => {
  const root = folderOf(LEAKY);
  const { exitCode, stdout } = plimsoll(
    root,
    'check',
    '--format',
    'text',
    '--format',
    'sarif=out.sarif',
    '--format',
    'json=out.json',
  );
  expect(exitCode).toBe(1);
  expect(stdout).toContain('node is named by the tag "latest"');
  const sarif = JSON.parse(readFileSync(join(root, 'out.sarif'), 'utf8')) as { runs: { results: unknown[] }[] };
  const json = JSON.parse(readFileSync(join(root, 'out.json'), 'utf8')) as { findings: unknown[] };
  expect(sarif.runs[0]?.results).toHaveLength(json.findings.length);
  expect(readdirSync(root).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('a path limits what is reported, and --fail-on what fails', () => {
  const root = folderOf(LEAKY);
  const { stdout } = plimsoll(root, 'check', 'compose.yaml');
  expect(stdout).toContain('compose.yaml');
  expect(stdout).not.toContain('Dockerfile');
  const warning = folderOf({
    '.github/workflows/a.yml': 'on: push\njobs:\n  a:\n    runs-on: x\n    steps: [{ run: ls }]\n',
  });
  expect(plimsoll(warning, 'check').exitCode).toBe(0);
  expect(plimsoll(warning, 'check', '--fail-on', 'warning').exitCode).toBe(1);
});

describe('a wrong command is told in a line, with exit code 2', () => {
  const root = folderOf(CLEAN);
  test.each([
    [['chek'], "unknown command 'chek'"],
    [['check', '--formt', 'json'], "unknown option '--formt'"],
    [['check', '--format', 'xml'], 'It is one of text, sarif, json, github'],
    [['check', '--format', 'json', '--format', 'sarif'], 'goes to standard output already'],
    [['check', '--preset', 'lax'], 'Allowed choices are recommended, strict'],
    [['check', 'no/such/folder'], 'no/such/folder'],
    [['check', '--config', 'none.yaml'], 'none.yaml'],
    [['check', '--format', 'json=Dockerfile/x.json'], 'could not be written'],
    [['explain', 'identity/latest'], 'Did you mean identity/latest-tag?'],
  ])('%j', (args, said) => {
    const { exitCode, stderr } = plimsoll(root, ...args);
    expect(stderr).toContain(said);
    expect(stderr).not.toContain('    at ');
    expect(exitCode).toBe(2);
  });
});

test('a wrong configuration is a finding at its place in every format, with exit code 2', () => {
  const root = folderOf({ ...CLEAN, 'plimsoll.yaml': 'rules:\n  identity/latest-tga: off\n' });
  for (const format of ['text', 'sarif', 'json', 'github']) {
    const { exitCode, stdout } = plimsoll(root, 'check', '--format', format);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('syntax/config');
    expect(stdout).toContain('identity/latest-tag');
  }
});

test('help and version are those of this version', () => {
  const root = folderOf({});
  const help = plimsoll(root, '--help');
  expect(help.exitCode).toBe(0);
  for (const command of ['check', 'rules', 'explain']) {
    expect(help.stdout).toContain(`  ${command}`);
    expect(plimsoll(root, command, '--help').exitCode).toBe(0);
  }
  expect(plimsoll(root, '--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(existsSync(join(root, 'plimsoll.yaml'))).toBe(false);
});
