import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf, plimsoll } from './command.testing.ts';
import type { Outcome } from './command.testing.ts';

const WORKFLOW = '.github/workflows/a.yml';

interface Told {
  readonly findings: readonly {
    readonly rule: string;
    readonly place: { readonly path: string; readonly line: number };
  }[];
  readonly uncheckable: readonly { readonly path?: string; readonly reason: string }[];
}

function checked(root: string): Outcome & { readonly told: Told } {
  const outcome = plimsoll(root, 'check', '--format', 'json');
  expect(outcome.stderr).toBe('');
  return { ...outcome, told: JSON.parse(outcome.stdout) as Told };
}

function places({ findings }: Told): readonly string[] {
  return findings.map(({ rule, place }) => `${rule} ${place.path}:${place.line}`);
}

describe('what cannot be read is a finding at its place', () => {
  test.each([
    [
      'a binary file named Dockerfile',
      'Dockerfile',
      Uint8Array.from([127, 69, 76, 70, 0, 1, 2]),
      'syntax/dockerfile Dockerfile:1',
    ],
    [
      'invalid UTF-8',
      'Dockerfile',
      Uint8Array.from([...Buffer.from('FROM scratch\nLABEL a='), 0xff]),
      'syntax/dockerfile Dockerfile:2',
    ],
    ['an alias bomb', WORKFLOW, aliasBomb(), `syntax/workflow ${WORKFLOW}`],
    ['YAML nested 10,000 deep', WORKFLOW, `on: ${'['.repeat(10_000)}`, `syntax/workflow ${WORKFLOW}:1`],
    ['UTF-16', 'Dockerfile', Buffer.from('\uFEFFFROM scratch\n', 'utf16le'), 'syntax/dockerfile Dockerfile:1'],
    ['no instruction', 'Dockerfile', '# nothing yet\n', 'syntax/dockerfile Dockerfile:1'],
    ['an alias bomb in a compose file', 'compose.yaml', aliasBomb(), 'syntax/manifest compose.yaml'],
    ['a manifest nested 10,000 deep', 'a.yaml', deepResource(), 'syntax/manifest a.yaml:3'],
    [
      'more wildcards than anyone writes',
      '.dockerignore',
      '*a*b*c\n'.repeat(5000),
      'syntax/dockerignore .dockerignore:501',
    ],
    ['a lone ! in an ignore file', '.dockerignore', '*\n!\n', 'syntax/dockerignore .dockerignore:2'],
    ['a pattern with an open bracket', '.dockerignore', 'src/[a-\n', 'syntax/dockerignore .dockerignore:1'],
  ] as const)('%s', (_, path, content, place) => {
    const { exitCode, told } = checked(folderOf({ [path]: content }));
    expect(places(told).some((one) => one.startsWith(place))).toBe(true);
    expect(exitCode).toBe(1);
  });
});

describe('what is too large is refused at line 1, and the exit code says that it was not checked', () => {
  test.each([
    ['a Dockerfile of 50 MB', 'Dockerfile', `FROM scratch\n${'RUN echo hello\n'.repeat(3_500_000)}`],
    [
      'a workflow of 100,000 lines',
      WORKFLOW,
      `on: push\njobs:\n${Array.from({ length: 100_000 }, (_, i) => `  job${i}: {}\n`).join('')}`,
    ],
  ])('%s', (_, path, content) => {
    const { exitCode, told } = checked(folderOf({ [path]: content }));
    expect(places(told)).toContain(`syntax/${path === WORKFLOW ? 'workflow' : 'dockerfile'} ${path}:1`);
    expect(told.uncheckable.map((one) => one.path)).toContain(path);
    expect(exitCode).toBe(3);
  });
});

test('a link that points at itself, and one out of the root, are told and not followed', () => {
  const root = folderOf({ Dockerfile: 'FROM scratch\n' });
  symlinkSync('Dockerfile.loop', join(root, 'Dockerfile.loop'));
  symlinkSync('/etc/passwd', join(root, 'Dockerfile.out'));
  const { exitCode, stdout, told } = checked(root);
  expect(told.uncheckable.map((one) => one.path)).toEqual(['Dockerfile.loop', 'Dockerfile.out']);
  expect(stdout).not.toContain('root:x:');
  expect(exitCode).toBe(3);
});

test('what is no file, though it is named like one, is not waited for', () => {
  const root = folderOf({ 'a/Dockerfile': 'FROM scratch\n' }, { git: false });
  execFileSync('mkfifo', [join(root, 'Dockerfile')]);
  const { exitCode, stdout } = plimsoll(root, 'check');
  expect(stdout).toContain('no findings in 1 file');
  expect(exitCode).toBe(0);
});

test('a folder that is named like a file is none', () => {
  const root = folderOf({ 'Dockerfile/notes.md': '', 'compose.yaml': 'services: { a: { build: . } }\n' });
  const { exitCode, told } = checked(root);
  expect(places(told).filter((one) => one.startsWith('syntax/'))).toEqual([]);
  expect(exitCode).toBe(0);
});

// Root may read every file.
test.skipIf(process.getuid?.() === 0)('a file without permission to read it is told, with exit code 3', () => {
  const root = folderOf({ Dockerfile: 'FROM scratch\n' });
  chmodSync(join(root, 'Dockerfile'), 0o000);
  const { exitCode, told } = checked(root);
  expect(told.uncheckable).toMatchObject([{ path: 'Dockerfile', reason: 'permission denied' }]);
  expect(exitCode).toBe(3);
});

describe('a configuration that cannot be read has exit code 2', () => {
  test.each([
    ['binary', Uint8Array.from([127, 69, 76, 70, 0, 1, 2])],
    ['too large', `# ${'x'.repeat(300_000)}\n`],
    ['nested 10,000 deep', `rules: ${'{a: '.repeat(10_000)}`],
    ['an alias bomb', aliasBomb()],
  ])('%s', (_, content) => {
    const { exitCode, told } = checked(folderOf({ 'plimsoll.yaml': content, Dockerfile: 'FROM scratch\n' }));
    expect(places(told).some((one) => one.startsWith('syntax/config plimsoll.yaml:'))).toBe(true);
    expect(exitCode).toBe(2);
  });
});

test('an unknown rule id in the configuration names the key', () => {
  const { exitCode, told } = checked(
    folderOf({
      'plimsoll.yaml': 'preset: strict\nrules:\n  identity/nothing: warning\n',
      Dockerfile: 'FROM scratch\n',
    }),
  );
  expect(places(told)).toContain('syntax/config plimsoll.yaml:3');
  expect(exitCode).toBe(2);
});

test('without Git the disk is read', () => {
  const { exitCode, told } = checked(folderOf({ Dockerfile: 'FROM node:latest\n' }, { git: false }));
  expect(places(told)).toEqual(['identity/latest-tag Dockerfile:1']);
  expect(exitCode).toBe(1);
});

test('a .git that leads nowhere is said, and the disk is read', () => {
  const root = folderOf({ '.git': 'gitdir: /nowhere\n', Dockerfile: 'FROM node:latest\n' }, { git: false });
  const { exitCode, stdout } = plimsoll(root, 'check');
  expect(stdout).toContain('note: not a Git repository');
  expect(stdout).toContain('identity/latest-tag');
  expect(exitCode).toBe(1);
});

test('an empty folder has nothing to check, and says so', () => {
  const { exitCode, stdout } = plimsoll(folderOf({}, { git: false }), 'check');
  expect(stdout).toContain('Nothing to check');
  expect(exitCode).toBe(0);
});

function deepResource(): string {
  return `apiVersion: v1\nkind: Pod\nspec: ${'{a: '.repeat(10_000)}`;
}

function aliasBomb(): string {
  const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(10)}]`);
  return `on: push\nl0: &l0 [a]\n${levels.join('\n')}\njobs: *l12\n`;
}
