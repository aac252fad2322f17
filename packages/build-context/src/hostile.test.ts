import { SourceFile, readDockerfile } from '@plimsoll/documents';
import { expect, test } from 'vitest';
import { memoryTree, resolveContents } from './index.ts';
import type { MemoryFile, StageContents } from './index.ts';

test('stages that hold the one before twice are followed to a bound', () => {
  const stages = Array.from({ length: 60 }, (_, i) =>
    i === 0
      ? 'FROM scratch AS s0\nCOPY . /'
      : `FROM scratch AS s${i}\nCOPY --from=s${i - 1} / /a/\nCOPY --from=s${i - 1} / /b/`,
  );
  const final = build(stages.join('\n'), { x: '', y: '' });
  expect(final?.problems).toEqual([]);
  expect(final?.opaque.length).toBeGreaterThan(0);
});

test('paths that no system takes are refused', () => {
  const final = build(`FROM scratch\nCOPY . /${'a/'.repeat(20_000)}\n`, { x: '' });
  expect(final?.problems.map(({ message }) => message)).toEqual(['file name too long']);
});

test('links that point at each other end', () => {
  const files = { a: { link: 'b' }, b: { link: 'a' }, 'c/up': { link: '../c/up/up' } };
  const final = build('FROM scratch\nCOPY a /x\nCOPY c/up/y /z\nCOPY . /all/\nCOPY . /all/a/\n', files);
  expect(final?.problems.length).toBeGreaterThan(0);
  expect(final?.files.map(({ path }) => path)).toEqual(['/all/a', '/all/b', '/all/c/up']);
});

test('thousands of copies and stages take their time only once', () => {
  const copies = Array.from({ length: 3000 }, (_, i) => `COPY f${i % 100} /d/${i}`).join('\n');
  const stages = Array.from(
    { length: 1000 },
    (_, i) => `FROM ${i === 0 ? 'scratch' : `s${i - 1}`} AS s${i}\nCOPY f1 /s${i}`,
  );
  const files = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}`, '']));
  expect(build(`FROM scratch\n${copies}\n`, files)?.files).toHaveLength(3000);
  expect(build(stages.join('\n'), files)?.files).toHaveLength(1000);
});

function build(dockerfile: string, files: Readonly<Record<string, MemoryFile>>): StageContents | undefined {
  const { document } = readDockerfile(new SourceFile('Dockerfile', `${dockerfile}\n`));
  return resolveContents(memoryTree(files), { dockerfile: document, context: { kind: 'local', folder: '' } }).final;
}
