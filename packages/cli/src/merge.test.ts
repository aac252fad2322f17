import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf, plimsoll } from './command.testing.ts';

const LEAKY = join(import.meta.dirname, '../../../examples/leaky');

interface Log {
  readonly runs: readonly [{ readonly results: readonly { readonly ruleId: string }[] }];
}

/** A whole check tells once, with all its places, of a root that has no ignore file; a part tells of its own builds. */
const joined = 'packaging/missing-dockerignore';

describe('checks of the parts of examples/leaky, merged,', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-merge-'));
  const top = readdirSync(LEAKY).filter((name) => !['apps', 'node_modules'].includes(name));
  const parts = [['apps/api'], ['apps/web', 'apps/admin'], ['.github', ...top]];
  const files = parts.map((paths, i) => {
    const file = join(folder, `${i}.sarif`);
    plimsoll(LEAKY, 'check', ...paths, '--format', `sarif=${file}`);
    return file;
  });
  const whole = plimsoll(LEAKY, 'check', '--format', 'sarif').stdout;

  test('are the check of the whole', () => {
    const { exitCode, stdout } = plimsoll(folder, 'merge', ...files);
    const withoutJoined = (text: string) => {
      const [run] = (JSON.parse(text) as Log).runs;
      return { ...run, results: run.results.filter(({ ruleId }) => ruleId !== joined) };
    };
    expect(exitCode).toBe(0);
    expect(withoutJoined(stdout).results.length).toBeGreaterThan(50);
    expect(withoutJoined(stdout)).toEqual(withoutJoined(whole));
  });

  test('are the same bytes in any order, in a file whose folder is made', () => {
    plimsoll(folder, 'merge', ...files, '--output', 'made/a.sarif');
    plimsoll(folder, 'merge', ...files.toReversed(), '--output', 'made/b.sarif');
    const [a, b] = ['a', 'b'].map((name) => readFileSync(join(folder, `made/${name}.sarif`), 'utf8'));
    expect(a).toBe(b);
  });
});

test.each([
  ['a file that is not there', 'none.sarif', 'none.sarif could not be read'],
  ['a folder', '.', '. could not be read'],
  ['no SARIF', 'Dockerfile', 'Dockerfile: it is no JSON'],
])('%s is told in a line, with exit code 2', (_, file, said) => {
  const { exitCode, stdout, stderr } = plimsoll(folderOf({ Dockerfile: 'FROM scratch\n' }), 'merge', file);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(said);
});
