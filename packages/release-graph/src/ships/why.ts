import { ignoreMatcher, resolveContents } from '@plimsoll/build-context';
import type { ContextCopy, IgnoreMatcher, StageFile } from '@plimsoll/build-context';
import type { IgnorePattern } from '@plimsoll/documents';
import { inContext } from '../boundary/context.ts';
import { withFiles } from '../boundary/trees.ts';
import type { ShipsSubject } from './subject.ts';

/** Why a path is in an image, or is not. */
export interface PathAnswer {
  /** What was asked for: a path of the context, or of the image. */
  readonly of: 'context' | 'image';
  /** In the context, `.` for all of it; in the image absolute. */
  readonly path: string;
  /** `absent`: nothing is there; the groups then say what would happen to a file of this name. `outside`: in the repository, not in the context; `path` is that of the tree. */
  readonly standing: 'file' | 'folder' | 'absent' | 'outside';
  /** Files that fare alike, those that ship first; none where nothing of the context is at a path of the image. */
  readonly groups: readonly PathGroup[];
}

/** Files of the context about which the same patterns and copies decided. */
export interface PathGroup {
  /** In the context, sorted. */
  readonly sources: readonly string[];
  readonly ignored: boolean;
  /** The pattern that decided; undefined where none matched. */
  readonly pattern?: IgnorePattern;
  /** The copies that take them from the context, of the stages that the image is built from. */
  readonly copies: readonly ContextCopy[];
  /** Where they are in the image. */
  readonly arrivals: readonly StageFile[];
}

/** Why files are in an image or not: those at a path of the context (`src/a.txt`), or of the image (`/app/a.txt`). */
export function whyPath(subject: ShipsSubject, path: string): PathAnswer {
  return path.startsWith('/') ? whyInImage(subject, path) : whyInContext(subject, path);
}

function whyInImage(subject: ShipsSubject, path: string): PathAnswer {
  const clean = `/${path
    .split('/')
    .filter((part) => part !== '')
    .join('/')}`;
  const files = subject.contents.final?.files ?? [];
  const prefix = clean === '/' ? '/' : `${clean}/`;
  const found = files.filter((file) => file.path === clean || file.path.startsWith(prefix));
  const standing = found.length === 0 ? 'absent' : found[0]?.path === clean ? 'file' : 'folder';
  const sources = [...new Set(found.map(({ source }) => source))].sort();
  return { of: 'image', path: clean, standing, groups: groupsOf(subject, sources) };
}

function whyInContext(subject: ShipsSubject, path: string): PathAnswer {
  const clean = path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  const { tree, request } = subject;
  const at = inContext(subject, clean);
  const type = clean === '' ? 'folder' : tree.entry(at)?.type;
  if (type === 'folder') {
    const sources = filesBelow(subject, clean);
    return { of: 'context', path: clean === '' ? '.' : clean, standing: 'folder', groups: groupsOf(subject, sources) };
  }
  if (type !== undefined) return { of: 'context', path: clean, standing: 'file', groups: groupsOf(subject, [clean]) };
  const made = withFiles(tree, [at]);
  const there = { ...subject, tree: made, contents: resolveContents(made, request) };
  return { of: 'context', path: clean, standing: 'absent', groups: groupsOf(there, [clean]) };
}

function filesBelow({ tree, folder }: ShipsSubject, path: string): readonly string[] {
  const top = inContext({ folder }, path);
  const prefix = top === '' ? '' : `${top}/`;
  const skipped = folder === '' ? 0 : folder.length + 1;
  return tree.files.flatMap((file) => (file.path.startsWith(prefix) ? [file.path.slice(skipped)] : []));
}

function groupsOf(subject: ShipsSubject, sources: readonly string[]): readonly PathGroup[] {
  const { contents, ignoreFile } = subject;
  const matcher = ignoreFile && ignoreMatcher(ignoreFile);
  const wanted = new Set(sources);
  const taken = bySource(
    contents.copies.map((copy) => [copy, copy.files] as const),
    wanted,
  );
  const arrived = Map.groupBy(
    (contents.final?.files ?? []).filter(({ source }) => wanted.has(source)),
    ({ source }) => source,
  );
  const groups = Map.groupBy(
    sources.map((source) => fate(source, matcher, taken.get(source) ?? [], arrived.get(source) ?? [])),
    ({ ignored, pattern, copies, arrivals }) =>
      JSON.stringify([
        ignored,
        pattern?.range.start,
        copies.map((copy) => contents.copies.indexOf(copy)),
        arrivals.length > 0,
      ]),
  );
  return [...groups.values()]
    .map(together)
    .sort((a, b) => Number(b.arrivals.length > 0) - Number(a.arrivals.length > 0));
}

function bySource(
  copies: readonly (readonly [ContextCopy, ContextCopy['files']])[],
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, readonly ContextCopy[]> {
  const found = new Map<string, ContextCopy[]>();
  for (const [copy, files] of copies) {
    for (const { source } of files) {
      if (!wanted.has(source)) continue;
      const list = found.get(source);
      if (!list) found.set(source, [copy]);
      else if (list.at(-1) !== copy) list.push(copy);
    }
  }
  return found;
}

function fate(
  source: string,
  matcher: IgnoreMatcher | undefined,
  copies: readonly ContextCopy[],
  arrivals: readonly StageFile[],
): PathGroup {
  const { ignored, pattern } = matcher?.decide(source) ?? { ignored: false };
  return { sources: [source], ignored, ...(pattern && { pattern }), copies, arrivals };
}

function together(group: readonly PathGroup[]): PathGroup {
  const [first] = group as [PathGroup, ...PathGroup[]];
  return {
    ...first,
    sources: group.flatMap(({ sources }) => sources),
    arrivals: group.flatMap(({ arrivals }) => arrivals),
  };
}
