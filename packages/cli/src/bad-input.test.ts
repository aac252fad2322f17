import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
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

test('an empty folder has nothing to check, and says so', () => {
  const { exitCode, stdout } = plimsoll(folderOf({}, { git: false }), 'check');
  expect(stdout).toContain('Nothing to check');
  expect(exitCode).toBe(0);
});

function aliasBomb(): string {
  const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(10)}]`);
  return `on: push\nl0: &l0 [a]\n${levels.join('\n')}\njobs: *l12\n`;
}
