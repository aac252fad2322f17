import type { IgnorePattern } from '@plimsoll/documents';
import type { CompiledIgnoreFile } from '../ignore/matcher.ts';
import type { Inherited, PatternList } from '../ignore/pattern-list.ts';
import { readPatternList } from '../ignore/pattern-list.ts';
import type { Tree, TreeEntry } from '../tree/tree.ts';
import type { ContextFile, FileSystem, Folder, Leaf } from './file-system.ts';
import { Refusal, emptyFileSystem } from './file-system.ts';
import { followSources } from './follow-links.ts';

/** A local folder as a build context. */
export interface LocalContext {
  readonly tree: Tree;
  /** In the tree, without slashes at its ends; '' is the root. */
  readonly folder: string;
  readonly ignore: CompiledIgnoreFile;
}

/** The files that a context sends, whatever is asked of it. */
export interface Sent {
  readonly files: readonly ContextFile[];
  readonly fileSystem: FileSystem;
  /** A pattern that cannot be tried: BuildKit fails when it sends the files. */
  readonly malformed?: IgnorePattern;
}

/** Sends all that the ignore file lets through; `paths` limits it to those sources, as a build does that names no `.`. */
export function transfer(context: LocalContext, paths?: readonly string[]): Sent {
  const wanted = paths && followSources(context, paths);
  const walk: Walk = {
    ...context,
    files: [],
    owner: {},
    ...(wanted && { wanted: includeList(wanted) }),
  };
  const root = walkFolder(walk, context.folder, '', [], [], true);
  return {
    files: walk.files,
    fileSystem: root ? { root, owner: walk.owner } : emptyFileSystem(),
    ...(walk.malformed && { malformed: walk.malformed }),
  };
}

interface Walk extends LocalContext {
  readonly files: ContextFile[];
  readonly owner: object;
  readonly wanted?: PatternList;
  malformed?: IgnorePattern;
}

/** The sources of COPY and ADD are patterns of the transfer, and go through the same library as an ignore file. */
function includeList(paths: readonly string[]): PatternList {
  const list = readPatternList(paths);
  if (!list) throw new Refusal('invalid includepatterns: syntax error in pattern');
  return list;
}

/** Undefined where the folder is not sent: it is left out itself, and so is all below it. */
function walkFolder(
  walk: Walk,
  treeFolder: string,
  folder: string,
  ignored: Inherited,
  wanted: Inherited,
  sent: boolean,
): Folder | undefined {
  const children = new Map<string, Folder | Leaf>();
  for (const entry of walk.tree.children(treeFolder)) {
    const name = entry.path.slice(treeFolder === '' ? 0 : treeFolder.length + 1);
    const path = folder === '' ? name : `${folder}/${name}`;
    const out = walk.ignore.list.match(path, ignored);
    const malformed = out.malformed === undefined ? undefined : walk.ignore.patterns[out.malformed];
    if (malformed) walk.malformed ??= malformed;
    const into = walk.wanted?.match(path, wanted);
    const passes = !out.matched && into?.matched !== false;
    if (entry.type !== 'folder') {
      if (passes) children.set(name, sendFile(walk, entry, path));
      continue;
    }
    if (out.matched && walk.ignore.list.isFinal(path, out.inherited)) continue;
    const child = walkFolder(walk, entry.path, path, out.inherited, into?.inherited ?? [], passes);
    if (child) children.set(name, child);
  }
  return sent || children.size > 0 ? { type: 'folder', children, owner: walk.owner } : undefined;
}

function sendFile(walk: Walk, entry: TreeEntry, source: string): Leaf {
  const { tree } = walk;
  const type = entry.type === 'folder' ? 'opaque' : entry.type;
  const file = new SentFile(tree, source, entry.path);
  if (type !== 'opaque') walk.files.push(file);
  return type === 'symlink' ? { type, file, target: tree.linkTarget(entry.path) ?? '' } : { type, file };
}

/** A class, since there are many of them and few are asked for their size. */
class SentFile implements ContextFile {
  readonly source: string;
  readonly treePath: string;
  readonly #tree: Tree;
  #bytes: number | undefined;

  constructor(tree: Tree, source: string, treePath: string) {
    this.source = source;
    this.treePath = treePath;
    this.#tree = tree;
  }

  get bytes(): number {
    return (this.#bytes ??= this.#tree.size(this.treePath));
  }
}
