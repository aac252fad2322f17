import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, plimsoll } from './command.testing.ts';

const RELEASE = '.github/workflows/release.yml';
const release = `on: push
permissions: write-all
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v7
      - uses: docker/login-action@v4
        with: { registry: ghcr.io, username: acme, password: '\${{ github.token }}' }
      - uses: docker/build-push-action@v7
        with: { push: true, tags: 'ghcr.io/acme/api:1.0.0' }
  notes:
    runs-on: ubuntu-24.04
    permissions: { contents: read }
    steps:
      - uses: actions/checkout@v7
`;

test('the least permissions of each job are printed, with what needs them', () => {
  const { stdout, exitCode } = plimsoll(folderOf({ [RELEASE]: release }), 'permissions');
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`.github/workflows/release.yml

  image: granted write-all by the workflow today
    permissions:
      contents: read   # actions/checkout@v7
      packages: write  # the push to ghcr.io by docker/build-push-action@v7; the login to ghcr.io

  notes: granted just this
    permissions:
      contents: read  # actions/checkout@v7

`);
});

test('--fix writes them, and a second run finds nothing to write', () => {
  const root = folderOf({ [RELEASE]: release });
  expect(plimsoll(root, 'permissions', 'release', '--fix').stdout).toContain(
    'granted write-all by the workflow until now',
  );
  const written = readFileSync(join(root, RELEASE), 'utf8');
  expect(written).toContain('    permissions:\n      contents: read\n      packages: write\n');
  expect(plimsoll(root, 'permissions', '--fix').stdout).not.toContain('until now');
  expect(readFileSync(join(root, RELEASE), 'utf8')).toBe(written);
});

test('a workflow that is not there, and one that is none', () => {
  const root = folderOf({ [RELEASE]: release, 'a.txt': 'a\n' });
  for (const name of ['nothing', 'a.txt']) {
    const { exitCode, stderr, stdout } = plimsoll(root, 'permissions', name);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(name);
  }
});

test('a name cannot take the terminal', () => {
  const root = folderOf({ [RELEASE]: release.replace('  notes:', '  "no\\e[2Jtes":') });
  expect(plimsoll(root, 'permissions').stdout).not.toContain('\u001B');
});
