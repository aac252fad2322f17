import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { folderOf, plimsoll } from './command.testing.ts';

const IMAGE = 'FROM redis\n';
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: root });
let root: string;

beforeEach(() => {
  root = folderOf({
    'cache/Dockerfile': IMAGE,
    'api/Dockerfile': 'FROM scratch\nCOPY . /app\n',
    'api/main.js': 'run();\n',
    '.dockerignore': 'x\n',
  });
  git('add', '-A');
  git('commit', '-q', '-m', 'first');
});

const write = (path: string, text: string) => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
};

function found(...args: readonly string[]): readonly string[] {
  const { findings } = JSON.parse(plimsoll(root, 'check', '--format', 'json', ...args).stdout) as {
    findings: readonly { rule: string; place: { path: string; line: number } }[];
  };
  return findings.map(({ rule, place }) => `${place.path}:${place.line} ${rule}`);
}

describe('--since', () => {
  test('tells what the change brings, and not what was there', () => {
    write('mail/Dockerfile', IMAGE);
    expect(found('--since', 'HEAD')).toEqual(['mail/Dockerfile:1 identity/latest-tag']);
    expect(plimsoll(root, 'check', '--since', 'HEAD').stdout).toMatch(
      /note: \d+ findings were there at HEAD, and not shown/,
    );
  });

  test('also where a changed file causes it elsewhere: a COPY that now ships a key', () => {
    write(
      'api/server.key',
      `-----BEGIN ${'PRIVATE'} KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END ${'PRIVATE'} KEY-----\n`,
    );
    expect(found('--since', 'HEAD')).toContain('api/Dockerfile:2 packaging/sensitive-file');
  });

  test('a file that is moved brings nothing new', () => {
    renameSync(join(root, 'cache'), join(root, 'store'));
    git('add', '-A');
    expect(found('--since', 'HEAD')).toEqual([]);
  });

  test('counts from where the change left the other branch', () => {
    git('switch', '-q', '-c', 'feature');
    write('mail/Dockerfile', IMAGE);
    git('add', '-A');
    git('commit', '-q', '-m', 'mail');
    expect(found('--since', 'feature~1')).toEqual(['mail/Dockerfile:1 identity/latest-tag']);
  });

  test('a revision that is none is told, with exit code 2', () => {
    const { exitCode, stderr } = plimsoll(root, 'check', '--since', 'nowhere');
    expect([exitCode, stderr]).toEqual([2, 'plimsoll: --since nowhere: there is no commit "nowhere"\n']);
  });
});

describe('--staged', () => {
  test('judges what would be committed, whatever is on the disk', () => {
    write('mail/Dockerfile', IMAGE);
    expect(found('--staged')).not.toContain('mail/Dockerfile:1 identity/latest-tag');
    git('add', '-A');
    rmSync(join(root, 'mail'), { recursive: true });
    expect(found('--staged')).toContain('mail/Dockerfile:1 identity/latest-tag');
    expect(found()).not.toContain('mail/Dockerfile:1 identity/latest-tag');
  });

  test('with --since HEAD tells just what the commit would bring', () => {
    write('mail/Dockerfile', IMAGE);
    git('add', '-A');
    write('mail/Dockerfile', `${IMAGE}${IMAGE}`);
    expect(found('--staged', '--since', 'HEAD')).toEqual(['mail/Dockerfile:1 identity/latest-tag']);
  });

  test('needs a repository', () => {
    const { exitCode, stderr } = plimsoll(folderOf({ Dockerfile: IMAGE }, { git: false }), 'check', '--staged');
    expect([exitCode, stderr]).toEqual([2, 'plimsoll: --staged: not a Git repository\n']);
  });
});

describe('plimsoll baseline', () => {
  test('records, and a check tells only what is new; --prune takes out what is mended', () => {
    expect(plimsoll(root, 'baseline').stdout).toMatch(/^plimsoll\.baseline\.json records \d findings in 2 files\n$/);
    expect(found()).toEqual([]);
    write('mail/Dockerfile', IMAGE);
    expect(found()).toEqual(['mail/Dockerfile:1 identity/latest-tag']);
    rmSync(join(root, 'cache'), { recursive: true });
    expect(plimsoll(root, 'baseline', '--prune').stdout).toMatch(/records \d findings? in 1 file\n$/);
    expect(found()).toEqual(['mail/Dockerfile:1 identity/latest-tag']);
    expect(found('--no-baseline').length).toBeGreaterThan(1);
  });

  test('is not written where the configuration is wrong, nor pruned where there is none', () => {
    write('plimsoll.yaml', 'presets: strict\n');
    expect(plimsoll(root, 'baseline')).toMatchObject({ exitCode: 2, stdout: '' });
    rmSync(join(root, 'plimsoll.yaml'));
    expect(plimsoll(root, 'baseline', '--prune').stderr).toContain('there is no plimsoll.baseline.json');
  });
});
