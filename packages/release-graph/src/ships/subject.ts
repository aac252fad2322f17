import { ignoreFileFor, resolveContents } from '@plimsoll/build-context';
import type { BuildRequest } from '@plimsoll/build-context';
import { readIgnoreFile } from '@plimsoll/documents';
import type { Dockerfile, IgnoreFile } from '@plimsoll/documents';
import type { BuildContext } from '../boundary/context.ts';
import { readText } from '../commands/script-files.ts';
import type { Documents } from '../model.ts';

/** A Dockerfile with a context, and what it carries: of a build of the repository, or as someone asks for it. */
export type ShipsSubject = Pick<
  BuildContext,
  'dockerfile' | 'kind' | 'folder' | 'ignoreFile' | 'contents' | 'request' | 'tree'
>;

/** What someone asks for, in place of what a build says. */
export interface AskedBuild extends Pick<BuildRequest, 'target' | 'buildArgs' | 'namedContexts'> {
  readonly dockerfile: Dockerfile;
  /** The context's folder in the tree; '' is the root. */
  readonly folder: string;
}

/** Resolves what a Dockerfile carries when it is built from a folder of the tree. */
export function subjectOf(documents: Documents, { folder, ...asked }: AskedBuild): ShipsSubject {
  const { tree } = documents;
  const context = { kind: 'local', folder } as const;
  const path = ignoreFileFor(tree, asked.dockerfile.file.path, context);
  const ignoreFile = path === undefined ? undefined : ignoreFileAt(documents, path);
  const request: BuildRequest = { ...asked, context, ...(ignoreFile && { ignoreFile }) };
  const { dockerfile } = asked;
  return { dockerfile, kind: 'local', folder, ignoreFile, contents: resolveContents(tree, request), request, tree };
}

function ignoreFileAt({ ignoreFiles, tree }: Documents, path: string): IgnoreFile | undefined {
  const known = ignoreFiles.get(path);
  if (known) return known;
  const file = readText(tree, path);
  return file && readIgnoreFile(file).document;
}
