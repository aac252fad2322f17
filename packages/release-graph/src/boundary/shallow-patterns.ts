import { ignoreMatcher, resolveContents } from '@plimsoll/build-context';
import type { StageFile, Tree } from '@plimsoll/build-context';
import type { IgnoreFile, IgnorePattern } from '@plimsoll/documents';
import { lazy } from '../lazy.ts';
import type { BuildContext } from './context.ts';
import { inContext } from './context.ts';
import { isGitIgnored } from './git-ignore.ts';
import { withFiles } from './trees.ts';

/** What a pattern that counts from the root of the context leaves in, deeper down. */
export interface DeeperMatch {
  /** The file or folder that the pattern would match there, in the tree. */
  readonly path: string;
  /** A file of it that ships. */
  readonly file: StageFile;
  readonly context: BuildContext;
  /** Git leaves it out of the tree: it is there on a laptop, or after a step that installs or builds. */
  readonly untracked: boolean;
}

/**
 * The name in a pattern of one name, which holds at the root of the context alone: `node_modules`, `*.pem`, `.env/`, `dist/**`.
 * Undefined for any other, and for one that is anchored on purpose by a leading slash.
 */
export function rootName({ text, pattern, negated }: IgnorePattern): string | undefined {
  if (negated || /^\.?\//.test(text)) return undefined;
  const name = pattern.replace(/\/\*{1,2}$/, '');
  return name.includes('/') || name.includes('**') || /^[*?.]*$/.test(name) ? undefined : name;
}

/** The paths below the root of a context that a pattern's name matches and that are in the image which ships, each once. */
export function deeperMatches(pattern: IgnorePattern, contexts: readonly BuildContext[]): readonly DeeperMatch[] {
  const name = rootName(pattern);
  if (name === undefined) return [];
  const matcher = ignoreMatcher(alone(pattern, name));
  const matches = (part: string): boolean => matcher.decide(part).ignored;
  const found = new Map<string, DeeperMatch>();
  for (const context of contexts) {
    if (!context.ships) continue;
    for (const match of [...trackedMatches(context, name, matches), ...untrackedMatches(context, matches)]) {
      const known = found.get(match.path);
      if (!known || (known.untracked && !match.untracked)) found.set(match.path, match);
    }
  }
  return [...found.values()];
}

function alone(pattern: IgnorePattern, name: string): IgnoreFile {
  return { kind: 'ignoreFile', file: pattern.range.file, patterns: [{ ...pattern, pattern: name }] };
}

const example = /(?:^|[._-])(?:examples?|samples?|templates?|tmpl|defaults?)(?:$|[._-])/i;

function* trackedMatches(
  context: BuildContext,
  pattern: string,
  matches: (name: string) => boolean,
): Generator<DeeperMatch> {
  const depths = new Map<StageFile, number>();
  const all = placesByName(context);
  const names = /[*?[\\]/.test(pattern) ? all.keys() : [pattern];
  for (const name of names) {
    if (!matches(name) || example.test(name)) continue;
    for (const { file, depth } of all.get(name) ?? []) depths.set(file, Math.min(depth, depths.get(file) ?? depth));
  }
  if (depths.size === 0) return;
  const decide = context.ignoreFile && ignoreMatcher(context.ignoreFile).decide;
  for (const file of context.contents.final?.files ?? []) {
    const depth = depths.get(file);
    if (depth === undefined || decide?.(file.source).pattern?.negated) continue;
    const path = inContext(context, file.source.split('/', depth + 1).join('/'));
    yield { path, file, context, untracked: false };
  }
}

interface NamePlace {
  readonly file: StageFile;
  /** How many folders of the context stand above the name. */
  readonly depth: number;
}

const named = new WeakMap<BuildContext, ReadonlyMap<string, readonly NamePlace[]>>();

/** The names below the root of the context on the ways to files that ship; a context has far fewer names than files. */
function placesByName(context: BuildContext): ReadonlyMap<string, readonly NamePlace[]> {
  const known = named.get(context);
  if (known) return known;
  const places = new Map<string, NamePlace[]>();
  for (const file of context.contents.final?.files ?? []) {
    for (const [depth, name] of file.source.split('/').entries()) {
      if (depth === 0) continue;
      const all = places.get(name) ?? [];
      places.set(name, all);
      all.push({ file, depth });
    }
  }
  named.set(context, places);
  return places;
}

/** Names that package managers, builds and people leave beside a package.json. */
const usual = ['node_modules', 'dist', '.env', '.env.local', 'build', 'coverage', '.next', '.turbo', '.nx'];
const maxFolders = 300;

/** What Git leaves out of the tree counts as being there, in the folder of each package, where a stage that ships copies it itself. */
function* untrackedMatches(context: BuildContext, matches: (name: string) => boolean): Generator<DeeperMatch> {
  const { contents } = context;
  const copiesFolders = contents.copies.some(({ folder, stage }) => folder && contents.stages[stage.index]?.inFinal);
  if (!copiesFolders || !usual.some(matches)) return;
  const { paths, files } = untrackedOf(context)();
  for (const file of files) {
    const path = paths.get(file.treePath);
    if (path !== undefined && matches(path.slice(path.lastIndexOf('/') + 1)))
      yield { path, file, context, untracked: true };
  }
}

interface Untracked {
  /** The made-up file, and what it stands for. */
  readonly paths: ReadonlyMap<string, string>;
  readonly files: readonly StageFile[];
}

const known = new WeakMap<BuildContext, () => Untracked>();

function untrackedOf(context: BuildContext): () => Untracked {
  const untracked = known.get(context) ?? lazy(() => placeUntracked(context));
  known.set(context, untracked);
  return untracked;
}

function placeUntracked(context: BuildContext): Untracked {
  const { tree, folder, request } = context;
  const packages = packageFolders(tree).filter(
    (path) => path !== folder && (folder === '' || path.startsWith(`${folder}/`)),
  );
  const paths = new Map<string, string>();
  for (const parent of packages.slice(0, maxFolders)) {
    for (const name of usual) {
      const path = `${parent}/${name}`;
      if (!tree.entry(path) && isGitIgnored(tree, path))
        paths.set(name.startsWith('.env') ? path : `${path}/file`, path);
    }
  }
  if (paths.size === 0) return { paths, files: [] };
  const { final } = resolveContents(withFiles(tree, [...paths.keys()]), request);
  return {
    paths,
    files: (final?.files ?? []).filter(({ treePath, from }) => from === 'context' && paths.has(treePath)),
  };
}

const packages = new WeakMap<Tree, readonly string[]>();

function packageFolders(tree: Tree): readonly string[] {
  const found =
    packages.get(tree) ??
    tree.files.flatMap(({ path }) =>
      path.endsWith('/package.json') && !path.includes('node_modules/') ? [path.slice(0, -'/package.json'.length)] : [],
    );
  packages.set(tree, found);
  return found;
}
