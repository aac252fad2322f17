import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const LAUNCHER = join(import.meta.dirname, '../bin/plimsoll.cjs');

export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with these files, as a Git repository unless it says otherwise. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>, { git = true } = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'plimsoll-')));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  if (git) execFileSync('git', ['init', '-q'], { cwd: root });
  return root;
}

/** What runs remember is kept apart from that of whoever runs the tests. */
export const cacheFolder = mkdtempSync(join(tmpdir(), 'plimsoll-cache-'));

/** Runs the command as a user does. */
export function plimsoll(cwd: string, ...args: readonly string[]): Outcome {
  const env = { ...process.env, NO_COLOR: '1', XDG_CACHE_HOME: cacheFolder };
  const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, ...args], { cwd, env, encoding: 'utf8' });
  return { exitCode: status, stdout, stderr };
}
