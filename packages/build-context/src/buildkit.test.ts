import { SourceFile, readDockerfile, readIgnoreFile } from '@plimsoll/documents';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ignoreFileFor, memoryTree, resolveContents } from './index.ts';
import type { MemoryFile, Tree } from './index.ts';

/** Recorded by tools/oracles/random-contexts: what a real BuildKit made of contexts at random. */
interface Recorded {
  readonly id: number;
  /** The bytes of each file, or where a link points. */
  readonly files: Readonly<Record<string, number | string>>;
  readonly dockerfile: string;
  readonly ignore?: { readonly text: string; readonly besideDockerfile: boolean };
  readonly buildArgs: Readonly<Record<string, string>>;
  /** For each stage: its files, with bytes or target, or that BuildKit refuses to build it. */
  readonly answers: readonly ('refused' | Readonly<Record<string, string>>)[];
}

const recorded = readFileSync(new URL('../fixtures/buildkit.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

test.each(recorded)('context $id holds what BuildKit made of it', (one) => {
  const tree = treeOf(one);
  expect(one.answers.map((_, stage) => resolve(tree, one, stage))).toEqual(one.answers);
});

function treeOf({ files, dockerfile, ignore }: Recorded): Tree {
  const all: Record<string, MemoryFile> = { 'df/Dockerfile': dockerfile, 'ctx/': {} };
  for (const [path, content] of Object.entries(files)) {
    all[`ctx/${path}`] = typeof content === 'string' ? { link: content } : { bytes: content };
  }
  if (ignore?.besideDockerfile) all['ctx/.dockerignore'] = '**\n';
  if (ignore) all[ignore.besideDockerfile ? 'df/Dockerfile.dockerignore' : 'ctx/.dockerignore'] = ignore.text;
  return memoryTree(all);
}

function resolve(tree: Tree, { dockerfile, buildArgs }: Recorded, stage: number): unknown {
  const context = { kind: 'local', folder: 'ctx' } as const;
  const ignorePath = ignoreFileFor(tree, 'df/Dockerfile', context);
  const ignoreText = ignorePath === undefined ? undefined : new TextDecoder().decode(tree.read(ignorePath));
  const { document, problems } = readDockerfile(new SourceFile('df/Dockerfile', dockerfile));
  const { stages, final } = resolveContents(tree, {
    dockerfile: document,
    context,
    target: String(stage),
    buildArgs: new Map(Object.entries(buildArgs)),
    ...(ignoreText !== undefined && {
      ignoreFile: readIgnoreFile(new SourceFile(ignorePath ?? '', ignoreText)).document,
    }),
  });
  const refused = problems.length > 0 || stages.some((other) => other.reachable && other.problems.length > 0);
  if (refused) return 'refused';
  const files = final?.files ?? [];
  return Object.fromEntries(files.map(({ path, treePath, bytes }) => {
    const target = tree.linkTarget(treePath);
    return [path, target === undefined ? String(bytes) : `-> ${target}`];
  })); // prettier-ignore
}
