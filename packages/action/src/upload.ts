import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Surroundings } from './action.ts';
import type { Inputs } from './inputs.ts';

export type Upload = { readonly state: 'sent' } | { readonly state: 'skipped' | 'failed'; readonly reason: string };

/**
 * Uploads a log to code scanning (`POST /repos/{owner}/{repo}/code-scanning/sarifs`). By `auto` a token that may not is no
 * failure: a pull request of a fork has none that could, and there is no code scanning in many repositories.
 */
export async function uploadSarif(
  { env, send }: Pick<Surroundings, 'env' | 'send'>,
  { upload, token }: Pick<Inputs, 'upload' | 'token'>,
  file: string,
): Promise<Upload> {
  if (upload === 'never') return { state: 'skipped', reason: 'upload is never' };
  const refuse = (reason: string): Upload => ({ state: upload === 'always' ? 'failed' : 'skipped', reason });
  const { GITHUB_REPOSITORY: repository, GITHUB_SHA: commit_sha, GITHUB_REF: ref } = env;
  if (!token) return refuse('there is no token');
  if (!repository || !commit_sha || !ref) return refuse('this is no run of a workflow');
  const fork = forkOf(env);
  if (fork !== undefined) return refuse(`a pull request of ${fork} has no token that may write security events`);
  const sarif = gzipSync(readFileSync(file)).toString('base64');
  const url = `${env['GITHUB_API_URL'] ?? 'https://api.github.com'}/repos/${repository}/code-scanning/sarifs`;
  try {
    const response = await send(url, {
      method: 'POST',
      headers: {
        Accept: 'application/vnd.github+json',
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'X-GitHub-Api-Version': '2022-11-28',
      },
      body: JSON.stringify({ commit_sha, ref, sarif, tool_name: 'plimsoll' }),
      redirect: 'error',
    });
    if (response.ok) return { state: 'sent' };
    if (response.status === 401 || response.status === 403 || response.status === 404)
      return refuse(
        `GitHub answered ${response.status}; the job needs "security-events: write", and the repository code scanning`,
      );
    return { state: 'failed', reason: `GitHub answered ${response.status}: ${(await response.text()).slice(0, 300)}` };
  } catch (error) {
    return { state: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The other repository that a pull request comes from; its run has a token that only reads. */
function forkOf(env: Surroundings['env']): string | undefined {
  if (env['GITHUB_EVENT_NAME'] !== 'pull_request' || !env['GITHUB_EVENT_PATH']) return undefined;
  try {
    const event = JSON.parse(readFileSync(env['GITHUB_EVENT_PATH'], 'utf8')) as {
      pull_request?: { head?: { repo?: { full_name?: string } | null } };
    };
    const head = event.pull_request?.head?.repo?.full_name ?? 'a repository that is gone';
    return head === env['GITHUB_REPOSITORY'] ? undefined : head;
  } catch {
    return undefined;
  }
}
