import { SourceFile, readDockerfile, readIgnoreFile } from '@plimsoll/documents';
import { expect, test } from 'vitest';
import { memoryTree, resolveContents } from './index.ts';
import type { BuildContents, BuildRequest, MemoryFile } from './index.ts';

test('COPY brings a folder as the ignore file leaves it', () => {
  const files = { 'src/a.ts': 'a', 'src/b.log': 'b', Dockerfile: '' };
  const contents = build('FROM scratch\nCOPY src /app\n', files, { ignore: '**/*.log\nDockerfile\n' });
  expect(paths(contents)).toEqual(['/app/a.ts']);
  expect(contents.sent).toEqual({ files: 1, bytes: 1 });
  expect(contents.ignored).toEqual({ files: 2, bytes: 1 });
});

test('a file remembers its way through the stages', () => {
  const dockerfile = 'FROM scratch AS base\nCOPY a /a\nFROM scratch\nCOPY --from=base / /x/\n';
  const { final, copies } = build(dockerfile, { a: '1' });
  expect(final?.files).toMatchObject([{ path: '/x/a', source: 'a', from: 'stage:base' }]);
  expect(copies).toMatchObject([{ path: 'a', folder: false, reachesImage: true, files: [{ source: 'a' }] }]);
});

test('a literal source that is not there is refused, a wildcard that matches nothing is not', () => {
  const { final } = build('FROM scratch\nCOPY gone /\nCOPY *.gone /\n', { a: '' });
  expect(final?.problems.map(({ message }) => message)).toEqual(['"/gone": not found']);
});

test('sources cannot lead out of the context', () => {
  expect(paths(build('FROM scratch\nCOPY ../../a /x/\nCOPY /b /x/\n', { a: '', b: '' }))).toEqual(['/x/a', '/x/b']);
});

function build(
  dockerfile: string,
  files: Record<string, MemoryFile>,
  more: Partial<BuildRequest> & { readonly ignore?: string } = {},
): BuildContents {
  const { ignore, ...request } = more;
  return resolveContents(memoryTree(files), {
    dockerfile: readDockerfile(new SourceFile('Dockerfile', dockerfile)).document,
    context: { kind: 'local', folder: '' },
    ...(ignore !== undefined && { ignoreFile: readIgnoreFile(new SourceFile('.dockerignore', ignore)).document }),
    ...request,
  });
}

function paths({ final }: BuildContents): readonly string[] {
  return final?.files.map(({ path }) => path) ?? [];
}
