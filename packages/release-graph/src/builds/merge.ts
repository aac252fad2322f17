import { ignoreFileFor, resolveContents } from '@plimsoll/build-context';
import type { BuildContents } from '@plimsoll/build-context';
import { readIgnoreFile } from '@plimsoll/documents';
import type { IgnoreFile, Range } from '@plimsoll/documents';
import { readText } from '../commands/script-files.ts';
import { lazy } from '../lazy.ts';
import type { Build, Documents, Link, Value } from '../model.ts';
import { formText, formTexts, onlyValue } from '../values/index.ts';
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
  return JSON.stringify([one.range.file.path, one.range.start, context, dockerfile, textOf(one.target), args, contexts]);
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
  const contents = lazy(() => contentsOf(documents, first, ignoreFile, target));
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

function contentsOf(documents: Documents, found: FoundBuild, ignoreFile: Link<IgnoreFile | undefined>, target: string | undefined): BuildContents | undefined {
  const { dockerfile, context, namedContexts } = found;
  if (dockerfile.status === 'opaque' || context.status === 'opaque' || context.target.kind !== 'local') return undefined;
  if (found.target && target === undefined) return undefined;
  const ignored = ignoreFile.status === 'opaque' ? undefined : ignoreFile.target;
  return resolveContents(documents.tree, {
    dockerfile: dockerfile.target,
    context: context.target,
    ...(ignored && { ignoreFile: ignored }),
    ...(target !== undefined && target !== '' && { target }),
    buildArgs: new Map(found.buildArgs.map(({ name, value, inherited }) => [name, valueOf(value ?? inherited)])),
    namedContexts: new Map(namedContexts.map(({ name, source }) => [name, source])),
  });
}

function valueOf(value: Value | undefined): string | undefined {
  return value && onlyValue(value);
}
