import path from 'node:path';
import { readFileSync } from 'node:fs';
import { diskTree, ignoreFileFor, resolveContents } from '@plimsoll/build-context';
import type { StageFile, Tree } from '@plimsoll/build-context';
import { SourceFile, readDockerfile, readIgnoreFile } from '@plimsoll/documents';
import type { IgnoreFile } from '@plimsoll/documents';

/** What Plimsoll says that a stage holds. */
export interface Said {
  /** Why it says that BuildKit refuses. */
  readonly refused?: string;
  readonly files: ReadonlyMap<string, string>;
  /** What it says that it does not know. */
  readonly opaque: readonly string[];
}

export type ChangeIgnoreFile = (ignoreFile: IgnoreFile) => IgnoreFile;

/** Resolves `df/Dockerfile` with the context `ctx`, both in `folder`. */
export function askPlimsoll(
  folder: string,
  target: string,
  buildArgs: Readonly<Record<string, string>>,
  change: ChangeIgnoreFile = (ignoreFile) => ignoreFile,
): Said {
  const tree = diskTree(folder);
  const context = { kind: 'local', folder: 'ctx' } as const;
  const { document, problems } = readDockerfile(new SourceFile('df/Dockerfile', readText(folder, 'df/Dockerfile')));
  const ignorePath = ignoreFileFor(tree, 'df/Dockerfile', context);
  const ignore =
    ignorePath === undefined ? undefined : readIgnoreFile(new SourceFile(ignorePath, readText(folder, ignorePath)));
  const contents = resolveContents(tree, {
    dockerfile: document,
    context,
    target,
    buildArgs: new Map(Object.entries(buildArgs)),
    ...(ignore && { ignoreFile: change(ignore.document) }),
  });
  const reached = contents.stages.filter(({ reachable }) => reachable);
  const refusals = [...problems, ...reached.flatMap((stage) => stage.problems)].map(({ message }) => message);
  return {
    ...(refusals[0] !== undefined && { refused: refusals[0] }),
    files: new Map(contents.final?.files.map((file) => [file.path, describe(tree, file)])),
    opaque: reached.flatMap(({ opaque }) => opaque.map(({ message }) => message)),
  };
}

function describe(tree: Tree, { treePath, bytes }: StageFile): string {
  return tree.entry(treePath)?.type === 'symlink' ? `-> ${tree.linkTarget(treePath) ?? ''}` : String(bytes);
}

function readText(folder: string, file: string): string {
  return readFileSync(path.join(folder, file), 'utf8');
}
