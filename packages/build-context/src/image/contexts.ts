import { SourceFile, cleanPath, readIgnoreFile } from '@plimsoll/documents';
import type { IgnoreFile, Instruction } from '@plimsoll/documents';
import { compileIgnoreFile } from '../ignore/matcher.ts';
import type { BuildRequest, ContextSource } from '../model.ts';
import { clampPath } from '../paths/clean.ts';
import { remember } from '../remember.ts';
import type { Tree } from '../tree/tree.ts';
import { TreeReadError } from '../tree/tree.ts';
import { archiveHead } from './archive.ts';
import type { FileSystem, Folder } from './file-system.ts';
import { Refusal, emptyFileSystem, fork } from './file-system.ts';
import type { BuildPlan } from './plan.ts';
import type { CopyOrigin } from './copy-run.ts';
import type { LocalContext, Sent } from './transfer.ts';
import { transfer, transferOnly } from './transfer.ts';
import type { WordReader } from './words.ts';

/** A context to copy from; `refused` where BuildKit fails when it is sent. */
export type ContextOrigin = CopyOrigin & { readonly refused?: string };

export interface BuildContexts {
  /** All that the ignore file lets through. Empty for a context that is not local. */
  readonly sent: Sent;
  /** Why no file of the context is known: it is not there, or outside of the tree. */
  readonly missing?: string;
  /** The build's own context, as it is sent to a build of these stages. */
  own(this: void, stages: ReadonlySet<number>): ContextOrigin;
  named(this: void, source: NamedSource): ContextOrigin;
  readonly head: CopyOrigin['head'];
}

/** A named context, as the plan holds it. */
export interface NamedSource {
  readonly name: string;
  readonly context: ContextSource;
}

export function buildContexts(tree: Tree, request: BuildRequest, plan: BuildPlan, words: WordReader): BuildContexts {
  const head = headReader(tree);
  const local = localContext(tree, request.context, request.ignoreFile);
  const known = local && 'folder' in local ? local : undefined;
  const sent = known ? transfer(known) : { files: [], fileSystem: emptyFileSystem(), leftOut: new Set<Folder>() };
  const own = (stages: ReadonlySet<number>): ContextOrigin => {
    if (!known) return { ...unknownOrigin(request.context, 'context', head), own: true };
    return {
      ...sentOrigin(known, sent, request.fetched ? undefined : contextPaths(plan, words, stages), head),
      own: true,
    };
  };
  return {
    sent,
    head,
    own: remember(own),
    named: remember((source) => namedOrigin(tree, source, head)),
    ...(local && 'missing' in local && { missing: local.missing }),
  };
}

function headReader(tree: Tree): CopyOrigin['head'] {
  return (path) => {
    try {
      return tree.read(path, archiveHead);
    } catch (error) {
      if (error instanceof TreeReadError) return undefined;
      throw error;
    }
  };
}

/** Undefined for a context that is not local. */
function localContext(
  tree: Tree,
  source: ContextSource,
  ignoreFile: IgnoreFile | undefined,
): LocalContext | { readonly missing: string } | undefined {
  if (source.kind !== 'local') return undefined;
  const written = cleanPath(source.folder);
  if (written === '..' || written.startsWith('../'))
    return { missing: `the context ${source.folder} is outside of the tree` };
  const folder = clampPath(source.folder);
  if (tree.entry(folder)?.type !== 'folder') return { missing: `the context ${source.folder} is not there` };
  return { tree, folder, ignore: compileIgnoreFile(ignoreFile) };
}

function unknownOrigin(source: ContextSource, label: string, head: CopyOrigin['head']): ContextOrigin {
  return { fileSystem: emptyFileSystem(), label, head, partial: describe(source) };
}

function describe(source: ContextSource): string {
  switch (source.kind) {
    case 'local':
      return `the folder ${source.folder}`;
    case 'git':
    case 'http':
      return `the context ${source.url}`;
    case 'image':
      return `the image ${source.image}`;
    case 'target':
      return `the target ${source.target}`;
    case 'stdin':
      return 'the context of the standard input';
  }
}

function sentOrigin(
  context: LocalContext,
  all: Sent,
  paths: readonly string[] | undefined,
  head: CopyOrigin['head'],
): ContextOrigin {
  try {
    const { fileSystem, malformed } = paths ? transferOnly(context, paths) : all;
    const refused = malformed && `the pattern ${malformed.text} of the ignore file is malformed`;
    return { fileSystem, label: 'context', head, ...(refused !== undefined && { refused }) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { fileSystem: all.fileSystem, label: 'context', head, refused: error.message };
  }
}

/** A named local context reads its own `.dockerignore` alone. */
function namedOrigin(tree: Tree, { name, context: source }: NamedSource, head: CopyOrigin['head']): ContextOrigin {
  const label = `context:${name}`;
  const folder = source.kind === 'local' ? clampPath(source.folder) : '';
  const ignorePath = folder === '' ? '.dockerignore' : `${folder}/.dockerignore`;
  const bytes = source.kind === 'local' ? tree.entry(ignorePath) && readText(tree, ignorePath) : undefined;
  const ignoreFile = bytes === undefined ? undefined : readIgnoreFile(new SourceFile(ignorePath, bytes)).document;
  const local = localContext(tree, source, ignoreFile);
  if (!local || !('folder' in local)) return unknownOrigin(source, label, head);
  const { fileSystem }: { fileSystem: FileSystem } = transfer(local);
  return { fileSystem: fork(fileSystem), label, head };
}

function readText(tree: Tree, path: string): string | undefined {
  try {
    const bytes = tree.read(path, 1 << 22);
    return bytes && new TextDecoder().decode(bytes);
  } catch (error) {
    if (error instanceof TreeReadError) return undefined;
    throw error;
  }
}

/** The paths that the stages ask the context for; undefined where that is all of it, or not known. */
function contextPaths(plan: BuildPlan, words: WordReader, stages: ReadonlySet<number>): readonly string[] | undefined {
  const paths = new Set<string>();
  for (const index of [...stages].sort((a, b) => a - b)) {
    for (const instruction of plan.stages[index]?.instructions ?? []) {
      for (const path of pathsOf(instruction, words)) {
        if (path === undefined || clampPath(path) === '') return undefined;
        paths.add(clampPath(path));
      }
    }
  }
  return paths.size > 0 ? [...paths].sort() : undefined;
}

function pathsOf(instruction: Instruction, words: WordReader): readonly (string | undefined)[] {
  if (instruction.type === 'copy') {
    if (instruction.from) return [];
    const sources = words.copy(instruction).sources.map(({ value }) => value);
    return instruction.name === 'ADD' ? sources.filter((source) => !/^https?:\/\//.test(source ?? '')) : sources;
  }
  if (instruction.type !== 'run') return [];
  return instruction.mounts.flatMap(({ type, options }) => {
    if (type !== 'bind' || options.some(({ key }) => key === 'from')) return [];
    const source = options.find(({ key }) => key === 'source')?.value ?? '/';
    return [source.includes('$') ? undefined : source];
  });
}
