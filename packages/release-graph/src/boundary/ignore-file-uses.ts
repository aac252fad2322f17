import type { IgnoreFile } from '@plimsoll/documents';
import type { Build, Documents } from '../model.ts';
import { couldBeContext } from '../builds/assumed.ts';
import { isBelow, split } from '../workspaces/projects.ts';

/** An ignore file, and the builds that read it or could be thought to. */
export interface IgnoreFileUse {
  readonly ignoreFile: IgnoreFile;
  /** The builds that it applies to. */
  readonly readBy: readonly Build[];
  /** The builds that it may have been written for: those of Dockerfiles in its folder, else those that copy from there. */
  readonly passedBy: readonly Build[];
  /** A build that is not known well enough may read it. */
  readonly undecided: boolean;
  /** The Dockerfile that it is named after, where there is none. */
  readonly orphan?: string;
}

/** All ignore files of the builder with their uses. */
export function ignoreFileUses(documents: Documents, builds: readonly Build[]): readonly IgnoreFileUse[] {
  return [...documents.ignoreFiles.values()].map((ignoreFile) => useOf(documents, builds, ignoreFile));
}

function useOf(documents: Documents, builds: readonly Build[], ignoreFile: IgnoreFile): IgnoreFileUse {
  const { path } = ignoreFile.file;
  const [folder, name] = split(path);
  const owner = name === '.dockerignore' ? undefined : path.slice(0, -'.dockerignore'.length);
  const readBy = builds.filter(
    (build) => build.ignoreFile.status !== 'opaque' && build.ignoreFile.target?.file.path === path,
  );
  const named = namedContextReads(builds, folder, name);
  const others = builds.filter((build) => !readBy.includes(build));
  const own = others.filter((build) => isOwn(build, folder, owner));
  const passedBy = own.length > 0 ? own : others.filter((build) => owner === undefined && copiesFrom(build, folder));
  return {
    ignoreFile,
    readBy,
    passedBy,
    undecided: named || builds.some((build) => !readBy.includes(build) && mayRead(documents, build, folder, owner)),
    ...(owner !== undefined && !documents.tree.entry(owner) && { orphan: owner }),
  };
}

/** A named local context reads the `.dockerignore` at its root. */
function namedContextReads(builds: readonly Build[], folder: string, name: string): boolean {
  return (
    name === '.dockerignore' &&
    builds.some((build) =>
      [...build.namedContexts.values()].some((source) => source.kind === 'local' && source.folder === folder),
    )
  );
}

/** A build of a Dockerfile in the ignore file's folder or below. A guess tells nothing of the root, which holds every Dockerfile. */
function isOwn({ dockerfile, how }: Build, folder: string, owner: string | undefined): boolean {
  if (dockerfile.status === 'opaque') return false;
  const { path } = dockerfile.target.file;
  if (owner !== undefined) return path === owner;
  return isBelow(path, folder) && (folder !== '' || split(path)[0] === '' || how !== 'assumed');
}

/** A build of a context above the ignore file, that copies from its folder. */
function copiesFrom({ how, context, contents }: Build, folder: string): boolean {
  if (how === 'assumed' || folder === '' || context.status !== 'resolved' || context.target.kind !== 'local')
    return false;
  return contents?.copies.some(({ files }) => files.some(({ treePath }) => isBelow(treePath, folder))) ?? false;
}

/** Whether something that is not known of a build decides if it reads the file. */
function mayRead(
  documents: Documents,
  { how, dockerfile, context }: Build,
  folder: string,
  owner: string | undefined,
): boolean {
  if (owner !== undefined) return dockerfile.status === 'opaque' && context.status === 'opaque';
  if (dockerfile.status === 'opaque') return context.status === 'opaque';
  const above = isBelow(dockerfile.target.file.path, folder);
  if (how === 'assumed') return above && couldBeContext(documents, dockerfile.target, folder);
  return context.status === 'opaque' && above;
}
