import type { IgnoreFile } from '@plimsoll/documents';
import type { Build, Documents } from '../model.ts';
import { couldBeContext } from '../builds/assumed.ts';
import { isOwnGit } from '../builds/dockerfiles.ts';
import { isBelow, split } from '../workspaces/projects.ts';

/** An ignore file, and the builds that read it or could be thought to. */
export interface IgnoreFileUse {
  readonly ignoreFile: IgnoreFile;
  /** The builds that it applies to. */
  readonly readBy: readonly Build[];
  /** The builds that someone may have written it for, and that do not read it. */
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
  const passedBy = builds.filter((build) => !readBy.includes(build) && isMeant(build, folder, owner));
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

/** A build of a Dockerfile in the ignore file's folder or below, or of the Git context of that folder. */
function isMeant({ dockerfile, context }: Build, folder: string, owner: string | undefined): boolean {
  if (dockerfile.status === 'opaque') return false;
  const { path } = dockerfile.target.file;
  if (owner !== undefined) return path === owner;
  if (context.status !== 'opaque' && isOwnGit(context.target)) return isBelow(split(path)[0], folder);
  return split(path)[0] === folder || (folder !== '' && isBelow(path, folder));
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
