import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file of the release: its path there, and where its contents stand or what they are. */
export interface ReleaseFile {
  readonly path: string;
  readonly contents: Buffer;
  readonly executable?: boolean;
}

/**
 * Writes a commit with just these files, on top of `HEAD`, and an annotated tag for it.
 * @returns the id of the commit
 * @throws where Git refuses: the tag exists, or there is no name to commit with
 */
export function tagRelease(root: string, tag: string, files: readonly ReleaseFile[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-release-'));
  const env = { ...process.env, GIT_INDEX_FILE: join(folder, 'index') };
  const git = (args: readonly string[], input?: Buffer): string =>
    execFileSync('git', args, { cwd: root, env, encoding: 'utf8', ...(input && { input }) }).trim();
  try {
    for (const { path, contents, executable } of files) {
      const object = git(['hash-object', '-w', '--stdin'], contents);
      git(['update-index', '--add', '--cacheinfo', `${executable ? '100755' : '100644'},${object},${path}`]);
    }
    const commit = git(['commit-tree', git(['write-tree']), '-p', 'HEAD', '-m', `Release ${tag}`]);
    git(['tag', '-a', tag, '-m', `Release ${tag}`, commit]);
    return commit;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file of the work tree, under a path of the release. */
export function fileOf(root: string, source: string, path = source, executable = false): ReleaseFile {
  return { path, contents: readFileSync(join(root, source)), ...(executable && { executable }) };
}
