/** A file, folder or link of the checked tree. */
export interface TreeEntry {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly type: 'file' | 'symlink' | 'folder' | 'opaque';
}

/**
 * The files of a repository: what Git has or would take, or what is on the disk where there is no Git.
 * Sizes and contents are read when they are asked for.
 */
export interface Tree {
  /** The absolute path of the root; '' for a tree in memory. */
  readonly root: string;
  /** Whether Git told the files. */
  readonly fromGit: boolean;
  /** The contents are those on the disk, below `root`. */
  readonly onDisk?: true;
  /** What the reader should know: why Git was not asked, or what could not be read. */
  readonly note?: string;
  /** All files and links, sorted by path (code units). `.git` is an entry of type `opaque`, where there is one. */
  readonly files: readonly TreeEntry[];
  /** What stands at a path; '' is the root. Folders are there when a file below them is. */
  entry(path: string): TreeEntry | undefined;
  /** The names directly in a folder, sorted. */
  list(folder: string): readonly string[];
  /** The entries directly in a folder ('' is the root), sorted by path. */
  children(folder: string): readonly TreeEntry[];
  /** Bytes of a file (of a link: of its target's path); 0 where it cannot be told. */
  size(path: string): number;
  /** Where a link points, as written. */
  linkTarget(path: string): string | undefined;
  /**
   * The contents, at most `limit` bytes of them. Undefined where there is no such file.
   * @throws {TreeReadError} where the file is there and cannot be read.
   */
  read(path: string, limit?: number): Uint8Array | undefined;
}

/** A file that is there and cannot be read: no permission, a link out of the root, a link that points at itself. */
export class TreeReadError extends Error {
  readonly path: string;
  constructor(path: string, reason: string) {
    super(reason);
    this.name = 'TreeReadError';
    this.path = path;
  }
}
