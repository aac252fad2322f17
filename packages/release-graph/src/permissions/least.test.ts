import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph, permissionEdits, withEdits } from '../index.ts';

const path = '.github/workflows/a.yml';

function jobsOf(text: string, files: Readonly<Record<string, string>> = {}) {
  return buildGraph(documentsOf({ [path]: text, ...files })).jobPermissions;
}

/** `contents: read, packages: write?`, with `?` where it is not certain; behind `|` why more may be needed. */
function least(text: string, files?: Readonly<Record<string, string>>): readonly string[] {
  return jobsOf(text, files).map(({ job, scopes, unknown, asGranted }) => {
    const named = scopes.map(({ scope, level, certain }) => `${scope}: ${level}${certain ? '' : '?'}`).join(', ');
    return `${job.id}: ${named}${unknown === undefined ? '' : ` | ${unknown}`}${asGranted ? ' (as granted)' : ''}`;
  });
}

/** The workflow with the permissions of its jobs written. */
function fixed(text: string): string {
  return withEdits(
    text,
    jobsOf(text).flatMap((job) => permissionEdits(job).edits),
  );
}

const steps = (text: string, keys = '') =>
  `  x:\n    runs-on: ubuntu-24.04\n${keys}    steps:\n${text.replace(/^/gm, '      ')}\n`;
const release = '- uses: softprops/action-gh-release@v2';

describe('the least permissions of a job', () => {
  test('are what its steps need, and what a checkout of a private repository reads', () => {
    const text = `on: push\njobs:\n${steps(`- uses: actions/checkout@v6\n  with: { persist-credentials: false }\n- run: go test ./...`)}`;
    expect(least(text)).toEqual(['x: contents: read']);
    expect(least(`on: push\njobs:\n${steps(release)}`)).toEqual(['x: contents: write']);
    expect(least(`on: push\njobs:\n${steps('- run: ls')}`)).toEqual(['x: ']);
  });

  test('hold what a called workflow needs and asks for', () => {
    const called = {
      '.github/workflows/b.yml': `on: workflow_call\npermissions: { packages: write }\njobs:\n${steps('- uses: actions/checkout@v6')}`,
    };
    const [first] = least('on: push\njobs:\n  call:\n    uses: ./.github/workflows/b.yml\n', called);
    expect(first).toBe('call: contents: read, packages: write');
  });

  test('keep what is granted by name and may be used', () => {
    const keys = '    permissions: { issues: write, checks: read }\n';
    expect(least(`on: push\njobs:\n${steps('- uses: acme/triage@v1', keys)}`)).toEqual([
      'x: checks: read?, issues: write? (as granted)',
    ]);
    expect(least(`on: push\njobs:\n${steps(release, keys)}`)).toEqual(['x: checks: read?, contents: write']);
  });

  test('say what is not known where nothing is granted by name', () => {
    const unknown = 'what acme/triage@v1 does is not known';
    expect(least(`on: push\njobs:\n${steps('- uses: acme/triage@v1')}`)).toEqual([`x:  | ${unknown}`]);
    expect(least(`on: push\npermissions: write-all\njobs:\n${steps('- uses: acme/triage@v1')}`)).toEqual([
      `x:  | ${unknown}`,
    ]);
  });
});

describe('writing them', () => {
  const head = 'on: push\njobs:\n';

  test('puts a block in front of the keys of a job', () => {
    expect(fixed(head + steps(release))).toBe(
      `${head}  x:\n    permissions:\n      contents: write\n    runs-on: ubuntu-24.04\n    steps:\n      ${release}\n`,
    );
    expect(fixed(head + steps('- run: ls'))).toContain('  x:\n    permissions: {}\n    runs-on');
    expect(fixed((head + steps(release)).replaceAll('\n', '\r\n'))).toContain(
      'permissions:\r\n      contents: write\r\n',
    );
  });

  test('changes a block line by line, and keeps its comments', () => {
    const keys = '    permissions:\n      # what it needs\n      contents: read # to read\n      issues: write\n';
    expect(fixed(head + steps(release, keys))).toContain(
      '    permissions:\n      # what it needs\n      contents: write # to read\n    steps:',
    );
    const other = '    permissions:\n      issues: write\n';
    expect(fixed(head + steps(release, other))).toContain('    permissions:\n      contents: write\n    steps:');
  });

  test('writes what stands on one line on one line', () => {
    expect(fixed(head + steps(release, '    permissions: write-all\n'))).toContain(
      '    permissions: { contents: write }\n    steps:',
    );
    expect(fixed(head + steps(release, '    permissions: { issues: write }\n'))).toContain(
      'permissions: { contents: write }\n',
    );
    expect(fixed(head + steps('- run: ls', '    permissions:\n      issues: write\n'))).toContain(
      '    permissions: {}\n    steps:',
    );
  });

  test('is done once', () => {
    const once = fixed(head + steps(release, '    permissions:\n      issues: write\n'));
    expect(fixed(once)).toBe(once);
  });

  test('leaves alone what is not known, and what is written elsewhere', () => {
    const unknown = head + steps('- uses: acme/triage@v1');
    expect(fixed(unknown)).toBe(unknown);
    expect(jobsOf(unknown).map((job) => permissionEdits(job).reason)).toEqual([
      'what acme/triage@v1 does is not known',
    ]);
    const flow = 'on: push\njobs: { x: { runs-on: u, steps: [{ run: ls }] } }\n';
    expect(fixed(flow)).toBe(flow);
  });

  test('does not touch an anchor, nor what names it', () => {
    const text = `${head}  a:\n    runs-on: u\n    permissions: &p\n      issues: write\n    steps: [{ run: ls }]\n  b:\n    runs-on: u\n    permissions: *p\n    steps: [{ run: ls }]\n`;
    expect(fixed(text)).toBe(text);
  });
});
