import { ignoreFileFor, resolveContents } from '@plimsoll/build-context';
import type { BuildRequest, ContextSource, Tree } from '@plimsoll/build-context';
import { readIgnoreFile } from '@plimsoll/documents';
import type { IgnoreFile, Range } from '@plimsoll/documents';
import { withoutGit } from '../boundary/trees.ts';
import { readText } from '../commands/script-files.ts';
import { lazy } from '../lazy.ts';
import type { Build, Documents, Link, Value } from '../model.ts';
import { formText, formTexts, onlyValue } from '../values/index.ts';
import { gitFolder, isOwnGit } from './dockerfiles.ts';
import type { FoundBuild } from './found.ts';

/** A build, and the calls and legs in which it was found. */
export interface MergedBuild {
  readonly build: Build;
  readonly found: readonly FoundBuild[];
}

/** Makes one build of those that stand at one place and read the same. */
export function mergeBuilds(documents: Documents, found: readonly FoundBuild[]): readonly MergedBuild[] {
  const groups = Map.groupBy(found, keyOf);
  return [...groups.values()].map((group) => ({ found: group, build: buildOf(documents, group) }));
}

function keyOf(one: FoundBuild): string {
  const context = one.context.status === 'opaque' ? one.context.reason : JSON.stringify(one.context.target);
  const dockerfile = one.dockerfile.status === 'opaque' ? one.dockerfile.reason : one.dockerfile.target.file.path;
  const args = one.buildArgs.map(({ name, value, inherited }) => [name, textOf(value ?? inherited)]);
  const contexts = one.namedContexts.map(({ name, source }) => [name, source]);
  return JSON.stringify([
    one.range.file.path,
    one.range.start,
    context,
    dockerfile,
    textOf(one.target),
    args,
    contexts,
  ]);
}

function textOf(value: Value | undefined): string {
  return value ? value.forms.map(formText).join('\0') : '';
}

function buildOf(documents: Documents, group: readonly FoundBuild[]): Build {
  const first = group[0] as FoundBuild;
  const pushing = group.find((one) => one.pushes === true) ?? group.find((one) => one.pushes === 'unknown') ?? first;
  const { how, range, origin, dockerfile, context, contextRange, buildArgs, namedContexts } = first;
  const ignoreFile = ignoreFileOf(documents, first);
  const target = first.target && onlyValue(first.target);
  const request = requestOf(first, ignoreFile, target);
  const contents = lazy(() => request && resolveContents(treeOf(documents, first, request), request));
  return {
    how,
    range,
    origin,
    dockerfile,
    context,
    ...(contextRange && { contextRange }),
    ignoreFile,
    ...(target !== undefined && target !== '' && { target }),
    buildArgs,
    namedContexts: new Map(namedContexts.map(({ name, source }) => [name, source])),
    namedContextRanges: new Map(namedContexts.map((one): [string, Range] => [one.name, one.range])),
    tags: distinctValues(group.flatMap((one) => one.tags)),
    labels: distinctValues(group.flatMap((one) => one.labels)),
    pushes: pushing.pushes,
    ...(pushing.pushRange && { pushRange: pushing.pushRange }),
    ...(request && { request }),
    get contents() {
      return contents();
    },
  };
}

function distinctValues(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [`${value.range.start}\0${formTexts(value).join('\0')}`, value])).values()];
}

function ignoreFileOf(documents: Documents, { dockerfile, context }: FoundBuild): Link<IgnoreFile | undefined> {
  if (context.status === 'opaque') return { status: 'opaque', reason: context.reason };
  const inline = dockerfile.status === 'opaque' ? undefined : dockerfile.target.file.path;
  const path = ignoreFileFor(documents.tree, inline, context.target);
  const target = path === undefined ? undefined : (documents.ignoreFiles.get(path) ?? readIgnore(documents, path));
  if (context.status === 'partial') return { status: 'partial', target, reason: context.reason };
  return { status: 'resolved', target };
}

function readIgnore({ tree }: Documents, path: string): IgnoreFile | undefined {
  const file = readText(tree, path);
  return file && readIgnoreFile(file).document;
}

/** What decides on the contents. The Git context of the repository itself reads like its folder, with no ignore file. */
function requestOf(
  found: FoundBuild,
  ignoreFile: Link<IgnoreFile | undefined>,
  target: string | undefined,
): BuildRequest | undefined {
  const { dockerfile, namedContexts } = found;
  const context = folderContext(found.context);
  if (dockerfile.status === 'opaque' || !context) return undefined;
  if (found.target && target === undefined) return undefined;
  const ignored = ignoreFile.status === 'opaque' ? undefined : ignoreFile.target;
  return {
    dockerfile: dockerfile.target,
    context,
    ...(isGit(found) && { fetched: true }),
    ...(ignored && { ignoreFile: ignored }),
    ...(target !== undefined && target !== '' && { target }),
    buildArgs: new Map(found.buildArgs.map(({ name, value, inherited }) => [name, valueOf(value ?? inherited)])),
    namedContexts: new Map(namedContexts.map(({ name, source }) => [name, source])),
  };
}

function isGit({ context }: FoundBuild): boolean {
  return context.status !== 'opaque' && context.target.kind === 'git';
}

function folderContext(context: Link<ContextSource>): ContextSource | undefined {
  if (context.status === 'opaque') return undefined;
  if (context.target.kind === 'local') return context.target;
  return isOwnGit(context.target) ? { kind: 'local', folder: gitFolder(context.target.url) } : undefined;
}

/** A Git context holds no `.git`, unless it is asked for. */
function treeOf({ tree }: Documents, found: FoundBuild, { buildArgs }: BuildRequest): Tree {
  const git = isGit(found);
  return git && !buildArgs?.has('BUILDKIT_CONTEXT_KEEP_GIT_DIR') ? withoutGit(tree) : tree;
}

function valueOf(value: Value | undefined): string | undefined {
  return value && onlyValue(value);
}
