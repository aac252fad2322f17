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
  const root = walkFolder(walk, { treePath: context.folder, path: '', ignored: [], wanted: [], hits: [] }, true);
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

/** A folder of the context, with what its children need to know of the patterns. */
interface WalkedFolder {
  readonly treePath: string;
  readonly path: string;
  readonly ignored: Inherited;
  readonly wanted: Inherited;
  /** All patterns of the ignore file that match it or a folder above; kept where one of them has a `!`. */
  readonly hits: readonly number[];
}

/** Undefined where the folder is not sent: it is left out itself (`passes`), and so is all below it. */
function walkFolder(walk: Walk, folder: WalkedFolder, passes: boolean): Folder | undefined {
  const { list, patterns } = walk.ignore;
  const children = new Map<string, Folder | Leaf>();
  for (const entry of walk.tree.children(folder.treePath)) {
    const name = entry.path.slice(folder.treePath === '' ? 0 : folder.treePath.length + 1);
    const path = folder.path === '' ? name : `${folder.path}/${name}`;
    const out = list.match(path, folder.ignored);
    const malformed = out.malformed === undefined ? undefined : patterns[out.malformed];
    if (malformed) walk.malformed ??= malformed;
    const into = walk.wanted?.match(path, folder.wanted);
    const childPasses = !out.matched && into?.matched !== false;
    if (entry.type !== 'folder' && !childPasses) continue;
    if (entry.type === 'folder' && out.matched && list.isFinal(path, out.inherited)) continue;
    const hits = list.negates ? list.hits(path, folder.hits) : [];
    const wanted = into?.inherited ?? [];
    const below = { treePath: entry.path, path, ignored: out.inherited, wanted, hits };
    const child = entry.type === 'folder' ? walkFolder(walk, below, childPasses) : sendFile(walk, entry, below);
    if (child) children.set(name, child);
  }
  return passes || children.size > 0 ? { type: 'folder', children, owner: walk.owner } : undefined;
}

function sendFile(walk: Walk, entry: TreeEntry, { path, hits }: WalkedFolder): Leaf {
  const { tree } = walk;
  const type = entry.type === 'folder' ? 'opaque' : entry.type;
  // BuildKit's client opens a file only if another function of the matcher lets it through, and sends it empty if not.
  const emptied = type === 'file' && walk.ignore.list.isMatchedBy(hits);
  const file = new SentFile(tree, path, entry.path, emptied ? 0 : undefined);
  if (type !== 'opaque') walk.files.push(file);
  return type === 'symlink' ? { type, file, target: tree.linkTarget(entry.path) ?? '' } : { type, file };
}

/** A class, since there are many of them and few are asked for their size. */
class SentFile implements ContextFile {
  readonly source: string;
  readonly treePath: string;
  readonly #tree: Tree;
  #bytes: number | undefined;

  constructor(tree: Tree, source: string, treePath: string, bytes: number | undefined) {
    this.source = source;
    this.treePath = treePath;
    this.#tree = tree;
    this.#bytes = bytes;
  }

  get bytes(): number {
    return (this.#bytes ??= this.#tree.size(this.treePath));
  }
}
