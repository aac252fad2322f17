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

test('a file goes into a folder that is there, or becomes the destination', () => {
  const files = { a: '', 'd/b': '' };
  expect(paths(build('FROM scratch\nCOPY d /d/\nCOPY a /d\nCOPY a /e\n', files))).toEqual(['/d/a', '/d/b', '/e']);
});

test('a later copy replaces an earlier one', () => {
  const { final } = build('FROM scratch\nCOPY a /x\nCOPY b /x\n', { a: '', b: '' });
  expect(final?.files).toMatchObject([{ path: '/x', source: 'b' }]);
});

test('a folder cannot take the place of a file', () => {
  const { final } = build('FROM scratch\nCOPY a /x\nCOPY d /x\n', { a: '', 'd/b': '' });
  expect(final?.problems.map(({ message }) => message)).toEqual(['cannot copy to non-directory: /x']);
});

test('links in a folder stay links; a link as a source is followed', () => {
  const files = { 'd/real': '', 'd/link': { link: 'real' }, top: { link: 'd' } };
  expect(paths(build('FROM scratch\nCOPY top /x/\nCOPY d/link /y/\n', files))).toEqual([
    '/x/link',
    '/x/real',
    '/y/link',
  ]);
});

test('two stars are one, and wildcards flatten folders', () => {
  const files = { 'src/a/x.ts': '', 'src/y.ts': '', 'src/a/b/z.ts': '' };
  expect(paths(build('FROM scratch\nCOPY src/**/*.ts /o/\n', files))).toEqual(['/o/x.ts']);
  expect(paths(build('FROM scratch\nCOPY * /o/\n', files))).toEqual(['/o/a/b/z.ts', '/o/a/x.ts', '/o/y.ts']);
});

test('--parents keeps the path behind the pivot, and knows two stars', () => {
  const files = { 'p/a/package.json': '', 'p/b/c/package.json': '', 'p/b/index.ts': '' };
  const dockerfile = 'FROM scratch\nCOPY --parents ./p/./**/package.json /o/\n';
  expect(paths(build(dockerfile, files))).toEqual(['/o/a/package.json', '/o/b/c/package.json']);
});

test('--exclude counts from the folder that is copied', () => {
  const files = { 'd/a.md': '', 'd/sub/b.md': '', 'd/c': '' };
  expect(paths(build('FROM scratch\nCOPY --exclude=*.md d /o/\n', files))).toEqual(['/o/c', '/o/sub/b.md']);
  expect(paths(build('FROM scratch\nCOPY --exclude=**/*.md d /o/\n', files))).toEqual(['/o/c']);
});

test('--link follows no link of the stage', () => {
  const files = { 'd/real/x': '', 'd/to': { link: 'real' }, a: '' };
  const followed = 'FROM scratch\nCOPY d /\nCOPY a /to/\n';
  expect(paths(build(followed, files))).toContain('/real/a');
  expect(paths(build(followed.replace('COPY a', 'COPY --link a'), files))).toContain('/to/a');
});

test('variables and WORKDIR are followed as far as they are known', () => {
  const dockerfile = 'FROM scratch\nARG DIR=src\nWORKDIR /app\nWORKDIR web\nCOPY $DIR ./\n';
  const files = { 'src/a': '', 'lib/b': '' };
  expect(paths(build(dockerfile, files))).toEqual(['/app/web/a']);
  expect(paths(build(dockerfile, files, { buildArgs: new Map([['DIR', 'lib']]) }))).toEqual(['/app/web/b']);
  const unknown = build(dockerfile, files, { buildArgs: new Map([['DIR', undefined]]) });
  expect(unknown.final?.files).toEqual([]);
  expect(unknown.final?.opaque).toHaveLength(1);
  expect(unknown.copies[0]).not.toHaveProperty('path');
});

test('what an image or RUN holds is opaque, not a problem', () => {
  const dockerfile =
    'FROM node:22 AS b\nCOPY a /x\nRUN make\nFROM scratch\nCOPY --from=b /dist /d\nCOPY --from=b /x /x\n';
  const { final } = build(dockerfile, { a: '' });
  expect(final?.problems).toEqual([]);
  expect(final?.opaque.map(({ message }) => message)).toEqual(['/dist is of the stage b; its files are not all known']);
  expect(paths({ final })).toEqual(['/x']);
});

test('a file that is copied to a usual folder of an image goes into it', () => {
  const { final } = build('FROM alpine\nCOPY run.sh /usr/local/bin\n', { 'run.sh': '' });
  expect(paths({ final })).toEqual(['/usr/local/bin/run.sh']);
});

test('a destination that later holds files was a folder of the image', () => {
  const { final } = build('FROM alpine\nCOPY a /app\nCOPY b /app/\n', { a: '', b: '' });
  expect(paths({ final })).toEqual(['/app/a', '/app/b']);
  expect(final?.problems).toEqual([]);
});

test('ADD unpacks an archive: its contents are not known', () => {
  const { final, copies } = build('FROM scratch\nADD a.tar /x/\nADD b.tar /x/\n', { 'a.tar': tar(), 'b.tar': 'no' });
  expect(paths({ final })).toEqual(['/x/b.tar']);
  expect(final?.opaque.map(({ message }) => message)).toEqual(['The contents of the archive a.tar are not known']);
  expect(copies[0]?.files).toMatchObject([{ source: 'a.tar' }]);
});

test('ONBUILD copies in the stage that is from it', () => {
  const dockerfile = 'FROM scratch AS base\nONBUILD COPY a /x/\nFROM base\n';
  expect(paths(build(dockerfile, { a: '' }))).toEqual(['/x/a']);
});

test('no file of a Git context is known', () => {
  const { final, sent } = build(
    'FROM scratch\nCOPY a /\n',
    { a: '' },
    { context: { kind: 'git', url: 'https://h/r.git' } },
  );
  expect(sent.files).toBe(0);
  expect(final).toMatchObject({ files: [], problems: [], opaque: [{}] });
});

test('a named context takes the place of a stage or image', () => {
  const namedContexts = new Map([['lib', { kind: 'local', folder: 'libs' } as const]]);
  const { final, copies } = build('FROM scratch\nCOPY --from=lib . /l/\n', { 'libs/a': '', b: '' }, { namedContexts });
  expect(final?.files).toMatchObject([{ path: '/l/a', source: 'a', treePath: 'libs/a', from: 'context:lib' }]);
  expect(copies).toEqual([]);
});

test('a context that is not there is a problem of every stage', () => {
  const { final } = build('FROM scratch\nCOPY . /\n', { a: '' }, { context: { kind: 'local', folder: 'gone' } });
  expect(final?.problems[0]?.message).toBe('the context gone is not there');
  const outside = build('FROM scratch\nCOPY . /\n', { a: '' }, { context: { kind: 'local', folder: '../x' } });
  expect(outside.final?.problems[0]?.message).toBe('the context ../x is outside of the tree');
});

test('stages are told by what needs them', () => {
  const dockerfile =
    'FROM scratch AS a\nFROM a AS b\nFROM scratch AS c\nFROM scratch AS d\nCOPY --from=c /x /\nFROM d\n';
  const stages = build(dockerfile, {}, { target: 'd' }).stages;
  expect(stages.map(({ inFinal, reachable }) => [inFinal, reachable])).toEqual([
    [false, false],
    [false, false],
    [false, true],
    [true, true],
    [false, false],
  ]);
});

test('`.git` and submodules are files whose contents are not known', () => {
  const { final } = build('FROM scratch\nCOPY . /\nCOPY .git/config /c\n', { '.git': {} });
  expect(paths({ final })).toEqual(['/.git']);
  expect(final?.problems).toEqual([]);
});

/** The first header of an archive. */
function tar(): string {
  const fields: readonly (readonly [number, string])[] = [[0, 'a'], [100, '0000644'], [124, '00000000000'], [156, '0'], [257, 'ustar']]; // prettier-ignore
  const header = new Uint8Array(512);
  for (const [at, text] of fields) header.set(new TextEncoder().encode(text), at);
  const sum = header.reduce((total, byte) => total + byte, 8 * 32);
  header.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return new TextDecoder().decode(header);
}

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

function paths({ final }: { readonly final?: BuildContents['final'] | undefined }): readonly string[] {
  return final?.files.map(({ path }) => path) ?? [];
}
