import { ignoreFileFor, memoryTree } from '@plimsoll/build-context';
import type { MemoryFile } from '@plimsoll/build-context';
import { SourceFile, readContract } from '@plimsoll/documents';
import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph, propose, subjectOf } from '../index.ts';
import type { ShipsSubject } from '../index.ts';

describe('whatever the tree and the Dockerfile', () => {
  test.each(Array.from({ length: 20 }, (_, i) => i))(
    'no copy that works today fails with the proposal, round %i',
    (round) => {
      for (let i = 0; i < 50; i++) {
        const { files, text } = randomCase(random(round * 1000 + i));
        const { Dockerfile, '.dockerignore': ignore } = text;
        const documents = { ...documentsOf(text), tree: memoryTree(files) };
        const dockerfile = documents.dockerfiles.get('Dockerfile')!;
        const before = subjectOf(documents, { dockerfile, folder: '' });
        const { subject, contract, ignoreFile } = propose(before, []);
        const failed = new Set(missing(before).map(({ at }) => at));
        const works = before.contents.stages.every((stage) => stage.problems.length === 0);
        const news = missing(subject).filter(({ at, literal }) => works || (literal && !failed.has(at)));
        expect({ news, Dockerfile, ignore, proposed: ignoreFile.text, files: Object.entries(files) }).toMatchObject({
          news: [],
        });
        const { problems: faults } = readContract(new SourceFile(contract.path, contract.text));
        expect({ faults, text: contract.text }).toMatchObject({ faults: [] });
        expect(
          ignoreFileFor(memoryTree({ ...files, [ignoreFile.path]: '' }), 'Dockerfile', { kind: 'local', folder: '' }),
        ).toBe(ignoreFile.path);
      }
    },
  );
});

test.each(Array.from({ length: 10 }, (_, i) => i))(
  'no copy of a workspace fails with the proposal, round %i',
  (round) => {
    for (let i = 0; i < 30; i++) {
      const next = random(round * 1000 + i);
      const files = randomWorkspace(next);
      const documents = documentsOf(files);
      const dockerfile = documents.dockerfiles.get('apps/a/Dockerfile')!;
      const before = subjectOf(documents, { dockerfile, folder: '' });
      const { subject, ignoreFile } = propose(before, buildGraph(documents).workspaces);
      const failed = new Set(missing(before).map(({ at }) => at));
      const news = missing(subject).filter(({ at }) => !failed.has(at));
      expect({ news, proposed: ignoreFile.text, files }).toMatchObject({ news: [] });
    }
  },
);

function randomWorkspace(next: (n: number) => number): Record<string, string> {
  const pick = <T>(some: readonly T[]): T => some[next(some.length)] as T;
  const projects = ['apps/a', 'apps/b', 'libs/x', 'libs/y', 'libs/deep/z'];
  const files: Record<string, string> = { 'package.json': '{"workspaces": ["apps/*", "libs/*", "libs/deep/*"]}' };
  for (const name of [
    'nx.json',
    'package-lock.json',
    'README.md',
    'tools/a.js',
    'docs/a.md',
    'libs/notes.txt',
    '.env',
  ]) {
    if (next(2) === 0) files[name] = '{}';
  }
  for (const project of projects) {
    const needs = next(2) === 0 ? `{"${pick(['x', 'y', 'z'])}": "*"}` : '{}';
    files[`${project}/package.json`] = `{"name": "${project.slice(-1)}", "dependencies": ${needs}}`;
    files[`${project}/src/main.js`] = '';
  }
  const sources = [
    '.',
    'apps',
    './libs',
    'libs/',
    'package*.json',
    'libs/*/package.json',
    'apps/b',
    'libs/deep',
    'README.md',
    'tools',
    'libs/*',
    'docs',
    'apps/*/src',
    '.env',
    'gone',
  ];
  const copies = Array.from({ length: next(4) + 1 }, () => `COPY ${pick(sources)} /w/${next(3)}/`);
  files['apps/a/Dockerfile'] = ['FROM scratch', ...copies, 'RUN npm ci'].join('\n');
  if (next(2) === 0)
    files['.dockerignore'] = pick([
      'docs\n',
      '**/*.md\nlibs/y\n',
      '*\n!apps\n!libs\n!package.json\n',
      'libs\n!libs/x\n',
    ]);
  return files;
}

/** The sources that a build does not find. */
function missing({
  contents,
  dockerfile,
}: ShipsSubject): readonly { readonly at: string; readonly literal: boolean }[] {
  const problems = contents.stages
    .flatMap((stage) => stage.problems)
    .filter(({ message }) => /not found|lstat/.test(message));
  return problems.map(({ range }) => {
    const source = dockerfile.file.text.slice(range.start, range.end);
    return { at: `${range.start} ${source}`, literal: !/[*?]/.test(source) };
  });
}

/** Numbers from 0 to below `n`, the same for the same seed. */
function random(seed: number): (n: number) => number {
  let state = seed + 0x9e3779b9;
  return (n) => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    state ^= state >>> 15;
    return (state >>> 0) % n;
  };
}

const names = [
  'a',
  'b',
  'src',
  'docs',
  'test',
  'a b',
  '!x',
  '#x',
  '[a]',
  'a*',
  '-x',
  'é',
  '.env',
  'README.md',
  'x^y',
  'end ',
  'a$b',
  'node_modules',
];
const patterns = [
  'docs',
  '**/a',
  'b',
  '*',
  '!src',
  '!a',
  '**/*.md',
  '!**/b',
  'src/*',
  'test',
  '!docs/**',
  'a b',
  '**/test',
  '\\[a\\]',
  '!.env',
];

function randomCase(next: (n: number) => number): {
  readonly files: Record<string, MemoryFile>;
  readonly text: Record<string, string>;
} {
  const pick = <T>(some: readonly T[]): T => some[next(some.length)] as T;
  const paths = new Set<string>();
  for (let i = next(14) + 2; i > 0; i--) paths.add(Array.from({ length: next(3) + 1 }, () => pick(names)).join('/'));
  const isFile = (path: string): boolean => ![...paths].some((other) => other.startsWith(`${path}/`));
  const files: Record<string, MemoryFile> = Object.fromEntries([...paths].filter(isFile).map((path) => [path, path]));
  for (let i = next(3); i > 0; i--) {
    const at = `link${i}`;
    files[next(2) === 0 ? at : `src2/${at}`] = { link: pick([...paths, '../a', '/src', 'src', '.', 'gone']) };
  }
  const sources = [
    ...Object.keys(files),
    ...paths,
    ...[...paths].map((path) => path.split('/')[0] ?? ''),
    '.',
    'gone',
    '*',
    'src/*',
    'a*/b',
    '*/*',
    '/src',
    '../a',
    'link1/a',
    'src2',
  ];
  const copies = Array.from({ length: next(4) + 1 }, () => {
    const flags = pick(['', '', '', '--parents ', '--exclude=**/a ']);
    const words = Array.from({ length: next(2) + 1 }, () =>
      pick(sources).replaceAll('$', '\\$').replaceAll('[', '[[]'),
    );
    return `COPY ${flags}${JSON.stringify([...words, pick(['/x/', '/', '/y/z/'])])}`;
  });
  const split = next(copies.length + 1);
  const Dockerfile = ['FROM scratch AS one', ...copies.slice(0, split), 'FROM scratch', ...copies.slice(split)].join(
    '\n',
  );
  const text: Record<string, string> = { Dockerfile };
  if (next(3) > 0) text['.dockerignore'] = Array.from({ length: next(5) + 1 }, () => pick(patterns)).join('\n');
  return { files: { ...files, ...text }, text };
}
