import { ignoreMatcher } from '@plimsoll/build-context';
import type { Tree } from '@plimsoll/build-context';
import { SourceFile, readIgnoreFile } from '@plimsoll/documents';
import { readTextOf } from '../workspaces/read.ts';

const known = new WeakMap<Tree, (path: string) => boolean>();
const maxFiles = 500;

/**
 * Whether the tree's `.gitignore` files keep a path out of Git, whether or not it is there. A folder that is left out holds
 * nothing that could be let in again. Each line becomes a pattern of the builder's grammar, which has all that Git's has but
 * one thing: `dist/` matches a file of that name too.
 */
export function isGitIgnored(tree: Tree, path: string): boolean {
  const decide = known.get(tree) ?? gitMatcher(tree);
  known.set(tree, decide);
  return decide(path);
}

function gitMatcher(tree: Tree): (path: string) => boolean {
  const files = tree.files.filter(
    ({ path, type }) => type === 'file' && /(?:^|\/)\.gitignore$/.test(path) && !/(?:^|\/)node_modules\//.test(path),
  );
  const byDepth = files.slice(0, maxFiles).toSorted((a, b) => depthOf(a.path) - depthOf(b.path));
  const lines = byDepth.flatMap(({ path }) =>
    linesOf(path.slice(0, -'.gitignore'.length), readTextOf(tree, path) ?? ''),
  );
  const { document } = readIgnoreFile(new SourceFile('.gitignore', lines.join('\n')));
  const matcher = ignoreMatcher(document);
  const folders = new Map<string, boolean>([['', false]]);
  const decide = (path: string): boolean => {
    const seen = folders.get(path);
    if (seen !== undefined) return seen;
    const ignored = decide(path.slice(0, Math.max(0, path.lastIndexOf('/')))) || matcher.decide(path).ignored;
    folders.set(path, ignored);
    return ignored;
  };
  return (path) => decide(path.split('/').slice(0, maxDepth).join('/'));
}

const maxDepth = 200;

function depthOf(path: string): number {
  return path.split('/').length;
}

/** Lines of a `.gitignore` as patterns that count from the root; `folder` is '' or ends with a slash. */
function linesOf(folder: string, text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const written = line.trim();
    if (written === '' || written.startsWith('#')) return [];
    const negated = written.startsWith('!');
    const pattern = written
      .slice(negated ? 1 : 0)
      .replace(/\/$/, '')
      .replaceAll('[!', '[^');
    if (pattern === '') return [];
    const anchored = pattern.includes('/');
    return [`${negated ? '!' : ''}/${folder}${anchored ? '' : '**/'}${pattern.replace(/^\//, '')}`];
  });
}
