import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { folderOf, plimsoll } from './command.testing.ts';
import type { Outcome } from './command.testing.ts';

const SCHEMA = new URL('../../reporters/schema/ships.schema.json', import.meta.url);
const validate = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);

const DOCKERFILE =
  'FROM node:22 AS build\nCOPY . /w/\nFROM scratch AS web\nCOPY --from=build /w/src /app/\nCOPY notes.md /\n';
const FILES = {
  Dockerfile: DOCKERFILE,
  '.dockerignore': '*\n!src\n!notes.md\n**/*.test.js\n',
  'src/main.js': 'run();\n',
  'src/a.test.js': '',
  'notes.md': '#\n',
};
const WORKFLOW = {
  '.github/workflows/release.yml':
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    permissions: { contents: read }\n    steps:\n      - uses: actions/checkout@v6\n      - run: docker build --target web .\n',
};

function ships(root: string, ...args: readonly string[]): Outcome {
  return plimsoll(root, 'ships', ...args);
}

function jsonOf({ stdout }: Outcome): unknown {
  const value: unknown = JSON.parse(stdout);
  expect([validate(value), validate.errors]).toEqual([true, null]);
  return value;
}

describe('json', () => {
  test('is one object for a Dockerfile', () => {
    const outcome = ships(folderOf(FILES), 'Dockerfile', '--context', '.', '--format', 'json');
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
    expect(jsonOf(outcome)).toEqual({
      version: 1,
      dockerfile: 'Dockerfile',
      context: '.',
      ignoreFile: '.dockerignore',
      sent: { files: 2, bytes: 9 },
      ignored: { files: 3, bytes: DOCKERFILE.length + FILES['.dockerignore'].length },
      stages: [
        {
          index: 0,
          name: 'build',
          inFinal: false,
          files: [
            { path: '/w/notes.md', source: 'notes.md', bytes: 2, line: 2, from: 'context' },
            { path: '/w/src/main.js', source: 'src/main.js', bytes: 7, line: 2, from: 'context' },
          ],
          opaque: [{ line: 1, reason: 'The files of node:22 are not known' }],
          problems: [],
        },
        {
          index: 1,
          name: 'web',
          inFinal: true,
          files: [
            { path: '/app/main.js', source: 'src/main.js', bytes: 7, line: 4, from: 'stage:build' },
            { path: '/notes.md', source: 'notes.md', bytes: 2, line: 5, from: 'context' },
          ],
          opaque: [{ line: 4, reason: expect.any(String) as string }],
          problems: [],
        },
      ],
    });
  });

  test('is a list of what the repository builds', () => {
    const outcome = ships(folderOf({ ...FILES, ...WORKFLOW }), '--format', 'json');
    expect(jsonOf(outcome)).toMatchObject([
      { dockerfile: 'Dockerfile', target: 'web', declaredBy: { path: '.github/workflows/release.yml', line: 8 } },
    ]);
  });

  test('is an empty list where nothing is built', () => {
    const outcome = ships(folderOf(FILES), '--format', 'json');
    expect(jsonOf(outcome)).toEqual([]);
    expect(outcome.stderr).toContain('nothing in the repository is known to build Dockerfile: name one of them');
  });

  test('holds what BuildKit would refuse', () => {
    const root = folderOf({ Dockerfile: 'FROM scratch\nCOPY gone /\n', '.dockerignore': '!\n' });
    const { stages } = jsonOf(ships(root, '.', '--format', 'json')) as { stages: { problems: object[] }[] };
    expect(stages[0]?.problems).toEqual([
      { line: 1, message: expect.stringContaining('"!" stands alone') as string },
      { line: 2, message: '"/gone": not found' },
    ]);
  });
});

describe('which build', () => {
  test('of the repository it is that which the repository declares; options come on top', () => {
    const files = {
      'app/Dockerfile': 'FROM scratch AS a\nARG X=one\nCOPY ${X} /\nFROM scratch\nCOPY two /\n',
      one: '1',
      two: '2',
    };
    const makefile = { Makefile: 'image:\n\tdocker build -f app/Dockerfile --target a .\n' };
    const root = folderOf({ ...files, ...makefile });
    expect(ships(root, 'app', '--format', 'paths')).toEqual({ exitCode: 0, stdout: '/one\n', stderr: '' });
    expect(ships(root, 'app/Dockerfile', '--build-arg', 'X=two', '--format', 'paths').stdout).toBe('/two\n');
    expect(ships(join(root, 'app'), 'Dockerfile', '--target', '1', '--format', 'paths').stdout).toBe('/two\n');
  });

  test('a context that is assumed is told', () => {
    const root = folderOf({ 'app/Dockerfile': 'FROM scratch\nCOPY one /\n', 'app/one': '1' });
    expect(ships(root, 'app', '--format', 'paths')).toEqual({
      exitCode: 0,
      stdout: '/one\n',
      stderr:
        'plimsoll: the context is app: nothing in the repository builds it: the context is assumed. --context DIR names another\n',
    });
  });

  test('without Git the folder is the one that holds the Dockerfile and the context', () => {
    const root = folderOf({ 'app/Dockerfile': 'FROM scratch\nCOPY one /\n', one: '1' }, { git: false });
    const { stdout, exitCode } = ships(root, 'app/Dockerfile', '--context', '.', '--format', 'json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ dockerfile: 'app/Dockerfile', context: '.', sent: { files: 2 } });
  });

  test('the disk is asked with --worktree', () => {
    const root = folderOf({ Dockerfile: 'FROM scratch\nCOPY dist /\n', '.gitignore': 'dist\n', 'dist/a.js': '' });
    expect(ships(root, '.', '--format', 'paths').stdout).toBe('');
    expect(ships(root, '.', '--worktree', '--format', 'paths').stdout).toBe('/a.js\n');
  });
});

test('names that would act on a terminal are shown as what they are', () => {
  const root = folderOf({ Dockerfile: 'FROM scratch\nCOPY src /\n', 'src/\u001b[31mred\n': '', 'src/\u202Ex': '' });
  for (const format of ['text', 'tree', 'paths', 'json']) {
    // eslint-disable-next-line no-control-regex
    expect(ships(root, '.', '--format', format).stdout).not.toMatch(/\u001b|\u202E/);
  }
  expect(ships(root, '.', '--why', 'src').stdout).toContain('<U+001B>[31mred<U+000A>');
});

describe('bad input', () => {
  const root = folderOf({ ...FILES, 'empty/x': '', 'no/Dockerfile': 'RUN x\n', 'out/keep': '' });
  symlinkSync('/etc', join(root, 'out/etc'));
  test.each([
    [['gone'], 'gone: there is no such file or folder'],
    [['empty'], 'empty: there is no Dockerfile in this folder'],
    [['no'], 'no/Dockerfile is no Dockerfile: it has no FROM'],
    [['.', '--context', 'gone'], 'the context gone: there is no such folder'],
    [['.', '--context', 'Dockerfile'], 'the context Dockerfile: there is no such folder'],
    [['.', '--context', '..'], 'the context .. is outside of the root'],
    [['.', '--context', 'out/etc'], 'the context out/etc is outside of the root'],
    [['.', '--context', 'https://example.com/a.git'], 'only a folder of the repository can be looked at'],
    [['/etc/hostname'], '/etc/hostname is no Dockerfile'],
    [['.', '--target', 'gone'], 'there is no stage "gone" in Dockerfile; its stages are build, web'],
    [['--context', '.'], '--context, --target and --build-arg go with a Dockerfile'],
    [['.', '--why', 'src', '--update'], '--why and --update are different things'],
    [['.', '--why', 'src', '--format', 'json'], '--format does not go with --why'],
    [['.', '--update', '--worktree'], 'goes without --worktree'],
    [['.', '--update', '--build-arg', 'A=b'], 'goes without --build-arg'],
    [['.', '--format', 'xml'], 'Allowed choices are text, tree, paths, json'],
  ])('%j', (args, message) => {
    const { exitCode, stdout, stderr } = ships(root, ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('a link out of the root is an entry, and is never followed', () => {
    const { stdout } = ships(root, '.', '--context', 'out', '--why', 'etc');
    expect(stdout).toContain('does not ship: it is copied, and is not in the image at the end');
    const copied = folderOf({ Dockerfile: 'FROM scratch\nCOPY etc /x\n' });
    symlinkSync('/etc', join(copied, 'etc'));
    expect(ships(copied, '.').stdout).toContain('"/etc": not found');
  });

  test('a context that a workflow names and that is not there is told with the build', () => {
    const workflow = {
      '.github/workflows/a.yml': WORKFLOW['.github/workflows/release.yml'].replace('web .', 'web -f Dockerfile gone'),
    };
    expect(ships(folderOf({ ...FILES, ...workflow })).stdout).toContain('the context gone is not there');
  });

  test('100,000 patterns and long ones take no long time', () => {
    const ignore = `*\n${Array.from({ length: 100_000 }, (_, i) => `!src/${i}/**/*a*b*c`).join('\n')}\n${'**/'.repeat(500)}x\n${'*a'.repeat(500)}\n`;
    const { exitCode } = ships(folderOf({ ...FILES, '.dockerignore': ignore }), '.', '--format', 'paths');
    expect(exitCode).toBe(0);
  });
});

describe('--update', () => {
  const drift = (root: string): readonly string[] => {
    const { findings } = JSON.parse(plimsoll(root, 'check', '--format', 'json').stdout) as {
      findings: { rule: string; message: string }[];
    };
    return findings.filter(({ rule }) => rule === 'packaging/drift').map(({ message }) => message);
  };

  test('writes a list that check agrees with, also where the list itself ships', () => {
    const root = folderOf({ Dockerfile: 'FROM scratch AS web\nCOPY . /app/\n', ...WORKFLOW, 'a.js': '' });
    expect(ships(root, '--update')).toEqual({
      exitCode: 0,
      stdout: 'plimsoll.ships.txt: 5 files of 1 target\n',
      stderr: '',
    });
    const text = readFileSync(join(root, 'plimsoll.ships.txt'), 'utf8');
    expect(text.split('\n').slice(2)).toEqual([
      '[web] from .', '/app/.git', '/app/.github/workflows/release.yml', '/app/Dockerfile', '/app/a.js', '/app/plimsoll.ships.txt', '',
    ]); // prettier-ignore
    expect(drift(root)).toEqual([]);
    ships(root, 'Dockerfile', '--update');
    expect(readFileSync(join(root, 'plimsoll.ships.txt'), 'utf8')).toBe(text);
    writeFileSync(join(root, 'b.js'), '');
    expect(drift(root)).toEqual(['Dockerfile ships 1 file that is not recorded (/app/b.js)']);
  });

  test('records what someone asks for where nothing builds it, and check compares that', () => {
    const root = folderOf({ 'docker/web.Dockerfile': 'FROM scratch\nCOPY . /\n', 'a.js': '', 'docker/b.js': '' });
    expect(ships(root, 'docker/web.Dockerfile', '--context', '.', '--update').exitCode).toBe(0);
    expect(readFileSync(join(root, 'docker/plimsoll.web.ships.txt'), 'utf8')).toContain(
      '[last stage] from .\n/.git\n/a.js\n',
    );
    expect(drift(root)).toEqual([]);
    expect(ships(root, '--update').stdout).toContain('docker/plimsoll.web.ships.txt: 5 files');
    expect(drift(root)).toEqual([]);
  });

  test('refuses what no check would compare', () => {
    const { exitCode, stderr } = ships(folderOf({ ...FILES, ...WORKFLOW }), '.', '--target', 'build', '--update');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'nothing in the repository builds build from ., so no check would compare it: what is built is web from .',
    );
  });
});

test('--propose prints files that give the same image when they are written', () => {
  const root = folderOf({ ...FILES, ...WORKFLOW, '.dockerignore': '**/*.test.js\n', 'docs/a.md': '' });
  const before = ships(root, '.', '--format', 'paths').stdout;
  const { stdout, stderr } = ships(root, '.', '--propose');
  expect(stderr).toContain('with it the context sends 2 files (9 B) in place of');
  for (const part of stdout.split(/^# (?=\S+\.(?:dockerignore|yaml)$)/m).slice(1)) {
    const end = part.indexOf('\n');
    writeFileSync(join(root, part.slice(0, end)), part.slice(end + 1));
  }
  expect(ships(root, '.', '--format', 'paths').stdout).toBe(before);
  const report = JSON.parse(plimsoll(root, 'check', '--format', 'json').stdout) as { findings: { rule: string }[] };
  expect(report.findings.map(({ rule }) => rule)).not.toContain('packaging/contract-breach');
  expect(execFileSync('git', ['status', '--short', 'Dockerfile.dockerignore'], { cwd: root }).toString()).toContain(
    '??',
  );
});
