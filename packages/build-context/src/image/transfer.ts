import type { IgnorePattern } from '@plimsoll/documents';
import type { CompiledIgnoreFile } from '../ignore/matcher.ts';
import type { Inherited, ListMatch, PatternList } from '../ignore/pattern-list.ts';
import { readPatternList } from '../ignore/pattern-list.ts';
import { remember } from '../remember.ts';
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

/** The files that a context sends. Nobody changes its file system: it is shared. */
export interface Sent {
  readonly files: readonly ContextFile[];
  readonly fileSystem: FileSystem;
  /** The folders that the ignore file leaves out themselves; they are there for what stands below them. */
  readonly leftOut: ReadonlySet<Folder>;
  /** A pattern that cannot be tried: BuildKit fails when it sends the files. */
  readonly malformed?: IgnorePattern;
}

/** Sends all that the ignore file lets through; the same for builds of the same context. */
export function transfer(context: LocalContext): Sent {
  const folders = sentOf(context.tree)(context.ignore);
  const sent = folders.get(context.folder) ?? send(context);
  folders.set(context.folder, sent);
  return sent;
}

const sentOf = remember((_: Tree) => remember((__: CompiledIgnoreFile) => new Map<string, Sent>()));

function send(context: LocalContext): Sent {
  const walk: Walk = { ...context, files: [], owner: {}, leftOut: new Set() };
  const root = walkFolder(walk, { treePath: context.folder, path: '', ignored: [], hits: [] }, true);
  return {
    files: walk.files,
    fileSystem: root ? { root, owner: walk.owner } : emptyFileSystem(),
    leftOut: walk.leftOut,
    ...(walk.malformed && { malformed: walk.malformed }),
  };
}

/** What of it a build sends whose sources are these: it asks for no more, unless one of them is the context itself. */
export function transferOnly(context: LocalContext, sources: readonly string[]): Sent {
  const all = transfer(context);
  const wanted = followSources(context, sources);
  if (!wanted) return all;
  const choice: Choice = { list: includeList(wanted), owner: {}, leftOut: all.leftOut };
  const root = choose(choice, all.fileSystem.root, '', [], true);
  return { ...all, fileSystem: root ? { root, owner: choice.owner } : emptyFileSystem() };
}

interface Choice {
  readonly list: PatternList;
  readonly owner: object;
  readonly leftOut: ReadonlySet<Folder>;
}

/** The part of a folder that the sources ask for; undefined where it is not sent. */
function choose(
  choice: Choice,
  folder: Folder,
  path: string,
  inherited: Inherited,
  passes: boolean,
): Folder | undefined {
  const { list, owner } = choice;
  const children = new Map<string, Folder | Leaf>();
  for (const [name, child] of folder.children) {
    const at = path === '' ? name : `${path}/${name}`;
    const into = list.match(at, inherited);
    const chosen = child.type === 'folder' ? chooseFolder(choice, child, at, into) : into.matched ? child : undefined;
    if (chosen) children.set(name, chosen);
  }
  return passes || children.size > 0 ? { type: 'folder', children, owner } : undefined;
}

function chooseFolder(choice: Choice, folder: Folder, path: string, into: ListMatch): Folder | undefined {
  const { list, leftOut } = choice;
  if (!list.negates && into.matched) return folder;
  if (!into.matched && !list.reaches(path)) return undefined;
  return choose(choice, folder, path, into.inherited, into.matched && !leftOut.has(folder));
}

interface Walk extends LocalContext {
  readonly files: ContextFile[];
  readonly owner: object;
  readonly leftOut: Set<Folder>;
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
    if (entry.type !== 'folder' && out.matched) continue;
    if (entry.type === 'folder' && out.matched && list.isFinal(path, out.inherited)) continue;
    const hits = list.negates ? list.hits(path, folder.hits) : [];
    const below = { treePath: entry.path, path, ignored: out.inherited, hits };
    const child = entry.type === 'folder' ? walkFolder(walk, below, !out.matched) : sendFile(walk, entry, below);
    if (child) children.set(name, child);
    if (child?.type === 'folder' && out.matched) walk.leftOut.add(child);
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
