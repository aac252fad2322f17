import { withCalledSteps } from '../lanes/instances.ts';
import type { JobInstance, StepInstance } from '../lanes/model.ts';
import { viewOf } from '../credentials/step-view.ts';
import type { CommandView, StepView } from '../credentials/step-view.ts';
import { tokenOf } from './tokens.ts';
import type { TokenInUse } from './tokens.ts';

const known = new WeakMap<JobInstance, ReadonlyMap<StepInstance, TokenInUse>>();

/** Whose token `git push` uses in a step: that which actions/checkout left in the configuration. */
export function gitTokenOf(step: StepInstance): TokenInUse {
  const { job } = step;
  if (!job) return 'unknown';
  const tokens = known.get(job) ?? gitTokens(job);
  known.set(job, tokens);
  return tokens.get(step) ?? 'unknown';
}

function gitTokens(job: JobInstance): ReadonlyMap<StepInstance, TokenInUse> {
  const tokens = new Map<StepInstance, TokenInUse>();
  let token: TokenInUse = 'none';
  let changed = false;
  for (const step of withCalledSteps(job.steps)) {
    const view = viewOf(step);
    if (view.action === 'actions/checkout') {
      const checkout = checkoutToken(view);
      token = token === 'none' || token === checkout ? checkout : 'unknown';
    }
    changed ||= view.commands.some(changesRemote);
    tokens.set(step, changed ? 'unknown' : token);
  }
  return tokens;
}

function checkoutToken(view: StepView): TokenInUse {
  const repository = view.input('repository');
  if (repository && !/github\.repository\s*\}/.test(repository.value.written)) return 'unknown';
  if (view.input('ssh-key')) return 'other';
  const persists = view.input('persist-credentials');
  if (persists) {
    if (!persists.value.complete) return 'unknown';
    if (persists.value.values.every((value) => value === 'false')) return 'none';
  }
  const { commands } = view;
  return tokenOf(
    { ...view, commands, variable: () => undefined, input: (name) => view.input(name) },
    ['token'],
    'github',
  );
}

/** Other credentials, another repository, another folder. */
function changesRemote({ command }: CommandView): boolean {
  const words = command.words.map(({ text }) => text);
  if (command.name === 'cd' || command.name === 'pushd') return true;
  if (command.name === 'gh') return words[1] === 'auth' || (words[1] === 'repo' && words[2] === 'clone');
  if (command.name !== 'git') return false;
  if (words.includes('clone') || words.includes('remote')) return true;
  return words.includes('config') && words.some((word) => /^url\.|extraheader|credential|insteadof/i.test(word));
}

/** `git push` to the repository of the workflow; undefined for another command, or one that pushes nowhere. */
export function pushesWithGit({ command }: CommandView): boolean {
  const words = command.words.map(({ text }) => text);
  if (command.name !== 'git' || words[1] !== 'push' || words.includes('--dry-run') || words.includes('-n'))
    return false;
  const [remote] = words.slice(2).filter((word) => !word.startsWith('-'));
  return remote === undefined || remote === 'origin';
}

/** Actions which commit and push with what actions/checkout left behind. */
export const pushingActions: ReadonlySet<string> = new Set([
  'stefanzweifel/git-auto-commit-action',
  'endbug/add-and-commit',
  'ad-m/github-push-action',
]);
