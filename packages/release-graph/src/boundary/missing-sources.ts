import { ignoreMatcher } from '@plimsoll/build-context';
import type { ContextCopy } from '@plimsoll/build-context';
import type { IgnorePattern } from '@plimsoll/documents';
import { normalise } from '../builds/paths.ts';
import type { BuildContext } from './context.ts';
import { inContext } from './context.ts';
import { madeBefore } from './made-files.ts';
import type { Made } from './made-files.ts';

/** A source of COPY or ADD which the builder does not find, or of which it finds nothing. */
export interface MissingSource {
  readonly copy: ContextCopy;
  /** `refused`: the build fails. `empty`: a pattern that matches nothing; the build goes on. */
  readonly effect: 'refused' | 'empty';
  /** The path that is not there; of a pattern the folder before its first wildcard, where that is missing. In the context. */
  readonly path: string;
  /** `ignored`: it is in the tree. `outside`: it stands above the context, which nothing can leave. */
  readonly reason: 'absent' | 'ignored' | 'outside';
  /** The pattern that leaves it out. */
  readonly pattern?: IgnorePattern;
  /** Where the thing stands in the tree that was meant by a path which leads out of the context. */
  readonly meant?: string;
  readonly made: Made;
}

const known = new WeakMap<BuildContext, ReadonlyMap<ContextCopy, MissingSource>>();

/** The sources that a build does not find in its context, of the stages that it builds. */
export function missingSources(context: BuildContext): ReadonlyMap<ContextCopy, MissingSource> {
  const found =
    known.get(context) ??
    new Map(
      context.contents.copies.flatMap((copy) => {
        const missing = missingOf(context, copy);
        return missing ? [[copy, missing] as const] : [];
      }),
    );
  known.set(context, found);
  return found;
}

function missingOf(context: BuildContext, copy: ContextCopy): MissingSource | undefined {
  const { path, source, stage } = copy;
  if (path === undefined || isAbsent(context)) return undefined;
  const refused = context.contents.stages[stage.index]?.problems.some(
    ({ range, message }) =>
      range.start === source.range.start && range.end === source.range.end && /not found|lstat/.test(message),
  );
  const empty = copy.wildcard && copy.files.length === 0 && !copy.folder;
  if (!refused && !empty) return undefined;
  const wanted = copy.wildcard && refused ? literalFolder(path) : path;
  const common = { copy, effect: refused ? 'refused' : 'empty', path: wanted } as const;
  if (copy.wildcard && !refused) return { ...common, ...reasonOfEmpty(context, path) };
  const meant = outsideOf(context, copy);
  if (meant !== undefined) return { ...common, reason: 'outside', made: 'no', ...(meant !== '' && { meant }) };
  const inTree = inContext(context, wanted);
  if (context.tree.entry(inTree)) {
    const pattern = patternFor(context, wanted);
    return { ...common, reason: 'ignored', made: 'no', ...(pattern && { pattern }) };
  }
  return { ...common, reason: 'absent', made: madeBefore(context, inTree) };
}

/** There is no such folder at all, which is another matter than what is missing in it. */
function isAbsent({ folder, tree }: BuildContext): boolean {
  const entry = tree.entry(folder);
  return folder !== '' && (!entry || entry.type === 'file');
}

/** What stands before the first part with a wildcard. */
function literalFolder(path: string): string {
  const parts = path.split('/');
  const first = parts.findIndex((part) => /[*?[\\]/.test(part));
  return parts.slice(0, Math.max(0, first)).join('/') || '.';
}

/** Where a source would lead that goes above the context; '' where nothing stands there either. Undefined for any other. */
function outsideOf(context: BuildContext, { source, path }: ContextCopy): string | undefined {
  const written = source.raw.replace(/^["']|["']$/g, '');
  if (!/^(?:\.\/)*\.\.(?:\/|$)/.test(written) || /[$*?[\\]/.test(written)) return undefined;
  const meant = normalise(`${context.folder}/${written}`);
  if (meant === undefined || meant === inContext(context, path ?? '.')) return '';
  return context.tree.entry(meant) ? meant : '';
}

/** The pattern that leaves a path out, or for a folder all that is in it. */
function patternFor({ ignoreFile, tree, folder }: BuildContext, path: string): IgnorePattern | undefined {
  if (!ignoreFile) return undefined;
  const matcher = ignoreMatcher(ignoreFile);
  const own = matcher.decide(path);
  if (own.ignored) return own.pattern;
  const below = tree.files.find((entry) => entry.path.startsWith(`${inContext({ folder }, path)}/`));
  return below && matcher.decide(below.path.slice(folder === '' ? 0 : folder.length + 1)).pattern;
}

/** A pattern may match what the ignore file leaves out, or what is made before the build. */
function reasonOfEmpty(context: BuildContext, path: string): Pick<MissingSource, 'reason' | 'made' | 'pattern'> {
  const { ignoreFile, tree, folder } = context;
  const wanted = ignoreMatcher({
    kind: 'ignoreFile',
    file: context.dockerfile.file,
    patterns: [
      {
        text: path,
        pattern: path.replaceAll(/\*{2,}/g, '*'),
        negated: false,
        range: context.dockerfile.file.range(0, 0),
      },
    ],
  });
  const inTree = inContext(context, literalFolder(path));
  const left =
    ignoreFile &&
    tree.files.find((entry) => {
      if (inTree !== '' && !entry.path.startsWith(`${inTree}/`)) return false;
      const inside = entry.path.slice(folder === '' ? 0 : folder.length + 1);
      return wanted.decide(inside).ignored;
    });
  const pattern =
    left &&
    ignoreFile &&
    ignoreMatcher(ignoreFile).decide(left.path.slice(folder === '' ? 0 : folder.length + 1)).pattern;
  if (left) return { reason: 'ignored', made: 'no', ...(pattern && { pattern }) };
  return { reason: 'absent', made: isGuess(context) ? 'perhaps' : madeBefore(context, inContext(context, path)) };
}

/** A context below the root that nothing speaks for: no build, and no other source that it holds. */
function isGuess({ build, folder, contents }: BuildContext): boolean {
  return (
    build.how === 'assumed' &&
    folder !== '' &&
    !contents.copies.some(({ path, files }) => path !== '.' && files.length > 0)
  );
}
