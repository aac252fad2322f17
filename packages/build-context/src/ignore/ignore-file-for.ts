import type { ContextSource } from '../model.ts';
import { clampPath } from '../paths/clean.ts';
import type { Tree } from '../tree/tree.ts';

/**
 * The path of the ignore file that applies to a build: `<Dockerfile>.dockerignore` beside the Dockerfile, else
 * `.dockerignore` at the root of the context. Undefined where there is none, and for a context that is not a local
 * folder: BuildKit applies none there. `dockerfile` is undefined for one that is no file (inline, standard input).
 */
export function ignoreFileFor(
  tree: Pick<Tree, 'entry'>,
  dockerfile: string | undefined,
  context: ContextSource,
): string | undefined {
  if (context.kind !== 'local') return undefined;
  const folder = clampPath(context.folder);
  const own = dockerfile === undefined ? [] : [`${clampPath(dockerfile)}.dockerignore`];
  const candidates = [...own, folder === '' ? '.dockerignore' : `${folder}/.dockerignore`];
  return candidates.find((path) => isReadable(tree.entry(path)?.type));
}

function isReadable(type: string | undefined): boolean {
  return type === 'file' || type === 'symlink';
}
