import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { check } from '../index.ts';
import type { CheckOptions } from '../index.ts';
import { fromRule, places } from '../rules.testing.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files; a Git work tree where `.git` is among them. */
function folder(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'engine-')));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    if (path === '.git') continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  if ('.git' in files) execFileSync('git', ['init', '-q'], { cwd: root });
  return root;
}

const run = (cwd: string, options: Partial<CheckOptions> = {}) => check({ cwd, rules: [fromRule], ...options });
const FROM = 'FROM scratch\n';

test('the root is the top of the Git work tree', async () => {
  const root = folder({ '.git': '', Dockerfile: FROM, 'apps/api/Dockerfile': FROM });
  const result = await run(join(root, 'apps/api'));
  expect(result.root).toBe(root);
  expect(places(result.findings)).toEqual(['Dockerfile:1 test/from', 'apps/api/Dockerfile:1 test/from']);
});

test('a configuration that says so makes its folder the root', async () => {
  const root = folder({
    '.git': '',
    Dockerfile: FROM,
    'apps/plimsoll.yaml': 'root: true\n',
    'apps/api/Dockerfile': FROM,
  });
  const result = await run(join(root, 'apps/api'));
  expect(result.root).toBe(join(root, 'apps'));
  expect(places(result.findings)).toEqual(['api/Dockerfile:1 test/from']);
  expect((await run(root, { paths: ['apps/api'] })).root).toBe(join(root, 'apps'));
});

test('one that does not say so makes none', async () => {
  const root = folder({ '.git': '', 'apps/plimsoll.yaml': 'preset: strict\n# root: true\n', 'apps/Dockerfile': FROM });
  expect((await run(join(root, 'apps'))).root).toBe(root);
});

test('without Git the folder is the root, and that is told', async () => {
  const root = folder({ 'a/Dockerfile': FROM });
  const result = await run(root);
  expect(result.root).toBe(root);
  expect(result.notes).toHaveLength(1);
  expect(places(result.findings)).toEqual(['a/Dockerfile:1 test/from']);
});

test('what Git ignores is not checked', async () => {
  const root = folder({ '.git': '', '.gitignore': 'out\n', 'out/Dockerfile': FROM, Dockerfile: FROM });
  expect(places((await run(root)).findings)).toEqual(['Dockerfile:1 test/from']);
});

test('a configuration that Git ignores holds', async () => {
  const root = folder({ '.git': '', '.gitignore': 'plimsoll.yaml\n', 'plimsoll.yaml': 'preset: strict\n' });
  expect((await run(root)).preset).toBe('strict');
});

test('paths are relative to the current folder', async () => {
  const root = folder({ '.git': '', 'apps/api/Dockerfile': FROM, 'apps/web/Dockerfile': FROM });
  expect(places((await run(join(root, 'apps'), { paths: ['api'] })).findings)).toEqual([
    'apps/api/Dockerfile:1 test/from',
  ]);
  expect(places((await run(join(root, 'apps/api'), { paths: ['../web/Dockerfile'] })).findings)).toEqual([
    'apps/web/Dockerfile:1 test/from',
  ]);
});

test('a path in another repository is refused', async () => {
  const one = folder({ '.git': '', Dockerfile: FROM });
  const other = folder({ '.git': '', Dockerfile: FROM });
  const { exitCode, configProblems, findings } = await run(one, { paths: ['Dockerfile', other] });
  expect(exitCode).toBe(2);
  expect(configProblems).toMatchObject([{ message: expect.stringMatching(/outside of the root/) as string }]);
  expect(places(findings)).toEqual(['Dockerfile:1 test/from']);
});

test('a configuration named on the command line may stand anywhere', async () => {
  const root = folder({ '.git': '', Dockerfile: FROM });
  const elsewhere = folder({ 'policy.yaml': 'rules: { test/from: fatal }\n' });
  const { findings, exitCode } = await run(root, { configFile: join(elsewhere, 'policy.yaml') });
  expect(exitCode).toBe(2);
  expect(findings.map(({ ruleId }) => ruleId).sort()).toEqual(['syntax/config', 'test/from']);
});

test('a configuration that is a link out of the root is not read', async () => {
  const elsewhere = folder({ 'secret.yaml': 'password: x\n' });
  const root = folder({ '.git': '', Dockerfile: FROM });
  symlinkSync(join(elsewhere, 'secret.yaml'), join(root, 'plimsoll.yaml'));
  const { findings, exitCode } = await run(root);
  expect(exitCode).toBe(2);
  expect(findings.map(({ message }) => message).join()).not.toContain('password');
});

test('an empty folder is clean', async () => {
  expect(await run(folder({}))).toMatchObject({ exitCode: 0, findings: [] });
});

test('folders that are links to each other end', async () => {
  const root = folder({ 'a/Dockerfile': FROM });
  symlinkSync('..', join(root, 'a/up'));
  symlinkSync('a', join(root, 'b'));
  expect(places((await run(root)).findings)).toEqual(['a/Dockerfile:1 test/from']);
});
