import type { BuildContents, BuildRequest, Tree } from '@plimsoll/build-context';
import type { Dockerfile, IgnoreFile } from '@plimsoll/documents';
import type { Build, Documents } from '../model.ts';
import { withoutGit } from './trees.ts';

/** A build whose files are those of the repository, with all that decides which of them it carries. */
export interface BuildContext {
  readonly build: Build;
  readonly dockerfile: Dockerfile;
  /** `git`: the Git context of the checked repository, to which no ignore file applies. */
  readonly kind: 'local' | 'git';
  /** The context's folder; '' is the root. */
  readonly folder: string;
  /** Undefined where none applies. */
  readonly ignoreFile: IgnoreFile | undefined;
  readonly contents: BuildContents;
  readonly request: BuildRequest;
  /** What the context is taken from: the checked tree, for a Git context without `.git`. */
  readonly tree: Tree;
  /** Nothing of it is a guess: neither the Dockerfile nor the context. */
  readonly certain: boolean;
  /** What it makes is an image that someone runs: not a stage named for tests, checks or development which is not pushed. */
  readonly ships: boolean;
}

const known = new WeakMap<Build, BuildContext | undefined>();

/** Undefined for a build whose Dockerfile or context is not known, or holds nothing of the repository. */
export function contextOf(build: Build, documents: Documents): BuildContext | undefined {
  if (!known.has(build)) known.set(build, readContext(build, documents));
  return known.get(build);
}

function readContext(build: Build, { tree }: Documents): BuildContext | undefined {
  const { dockerfile, context, ignoreFile, contents, request } = build;
  if (dockerfile.status === 'opaque' || context.status === 'opaque' || ignoreFile.status === 'opaque') return undefined;
  if (!contents || request?.context.kind !== 'local') return undefined;
  const kind = context.target.kind === 'git' ? 'git' : 'local';
  return {
    build,
    dockerfile: dockerfile.target,
    kind,
    folder: request.context.folder,
    ignoreFile: ignoreFile.target,
    contents,
    request,
    tree: kind === 'git' ? withoutGit(tree) : tree,
    ships: !isWorkshop(build),
    certain: dockerfile.status === 'resolved' && context.status === 'resolved',
  };
}

const workshop =
  /(?:^|[-_.])(?:tests?|tester|testing|e2e|lint|linter|check|checks|validate|dev|devel|develop|development|debug|ci|coverage|vendor|vendored|format|fmt|docs|bench|benchmark|builder|build|base|deps)(?:$|[-_.])/i;

/** Whether a build makes an image that people work in, by the name of its stage or the place of its Dockerfile, and pushes it nowhere. */
export function isWorkshop({ target, pushes, dockerfile }: Build): boolean {
  if (pushes !== false) return false;
  return (
    (target !== undefined && workshop.test(target)) ||
    (dockerfile.status !== 'opaque' && /(?:^|\/)\.devcontainer\//.test(dockerfile.target.file.path))
  );
}

/** A path of a context, in the tree. */
export function inContext({ folder }: Pick<BuildContext, 'folder'>, path: string): string {
  if (path === '.' || path === '') return folder;
  return folder === '' ? path : `${folder}/${path}`;
}
