import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheFolder, folderOf, plimsoll } from './command.testing.ts';

/** Made-up, and put together here so that no scanner takes this file for a leak. */
const token = ['gh', 'p_', 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7aB3dE6gH9'].join('');
const padding = 'const answer = 42; // nothing to hide\n'.repeat(24_000);

const sources = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`src/part-${i}.js`, `// ${i}\n${padding}`]));
const context = {
  ...sources,
  '.dockerignore': '.git\n',
  Dockerfile: 'FROM scratch\nCOPY src /srv\n',
  'src/leak.js': `${padding}const token = '${token}';\n`,
};

function found(root: string, ...args: readonly string[]): readonly string[] {
  const { stdout } = plimsoll(root, 'check', '--format', 'json', ...args);
  const { findings } = JSON.parse(stdout) as {
    findings: readonly { rule: string; place: { path: string; line: number } }[];
  };
  return findings.flatMap(({ rule, place }) =>
    rule === 'secrets/in-shipped-file' ? [`${place.path}:${place.line}`] : [],
  );
}

/** All that is remembered between runs. */
function remembered(): readonly string[] {
  const names = readdirSync(cacheFolder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.txt'));
  return names.flatMap((name) => readFileSync(join(cacheFolder, name), 'utf8').split('\n'));
}

test('much text is searched by threads, and what is clean is remembered by its contents alone', () => {
  const root = folderOf(context);
  const leak = ['src/leak.js:24001'];
  expect(found(root)).toEqual(leak);
  const ids = remembered();
  expect(ids).toHaveLength(10);
  expect(ids.every((id) => /^[\da-f]{40}$/.test(id))).toBe(true);
  expect(found(root)).toEqual(leak);

  writeFileSync(join(root, 'src/part-3.js'), `${padding}const other = '${token}';\n`);
  expect(found(root)).toEqual([...leak, 'src/part-3.js:24001']);
  expect(found(root, '--no-cache')).toEqual([...leak, 'src/part-3.js:24001']);
});
