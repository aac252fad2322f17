import { spawnSync } from 'node:child_process';

/** What Git printed, or why it could not be asked. */
export type GitAnswer = { readonly output: Buffer } | { readonly reason: string };

/** Asks Git something of the repository that a folder stands in. Nothing of the repository is run: no hook, filter, monitor or remote. */
export function runGit(
  cwd: string,
  args: readonly string[],
  { index }: { readonly index?: string | undefined } = {},
): GitAnswer {
  const run = spawnSync('git', [...safeSettings, ...args], {
    cwd,
    env: { ...safeEnvironment(), ...(index !== undefined && { GIT_INDEX_FILE: index }) },
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (run.error) {
    const { code } = run.error as NodeJS.ErrnoException;
    return {
      reason: code === 'ENOENT' ? 'Git is not installed' : `Git could not be run (${code ?? run.error.message})`,
    };
  }
  if (run.status === 0) return { output: run.stdout };
  const said = run.stderr.toString();
  if (said.includes('not a git repository')) return { reason: notGit };
  if (said.includes('dubious ownership')) return { reason: 'Git refuses a repository that another user owns' };
  return { reason: `Git refused: ${said.trim().split('\n')[0] ?? ''}` };
}

export const notGit = 'not a Git repository';

const safeSettings = [
  '--no-pager',
  '-c', 'core.fsmonitor=false',
  '-c', 'core.hooksPath=/dev/null',
  '-c', 'core.quotePath=false',
  '-c', 'protocol.allow=never',
]; // prettier-ignore

/** Variables of a hook that Plimsoll is called from would point Git at another repository or index. */
function safeEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY|NAMESPACE|EXTERNAL_DIFF)$/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return {
    ...Object.fromEntries(kept),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}
