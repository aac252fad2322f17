import type { StringValue } from '@plimsoll/documents';
import { actionVersion } from '../exposures/action-version.ts';
import { viewOf } from '../credentials/step-view.ts';
import type { CommandView } from '../credentials/step-view.ts';
import { valueUnder } from '../conditions/index.ts';
import { withCalledSteps } from '../lanes/instances.ts';
import type { StepInstance } from '../lanes/model.ts';
import { formTexts } from '../values/value.ts';
import { formText } from '../values/resolved.ts';

const HEAD =
  /pull_request\.(?:head\b|merge_commit_sha)|\bhead_ref\b|GITHUB_HEAD_REF|workflow_run\.head_(?:sha|branch|commit|repository)|headRef(?:Oid|Name)|headRepository|pulls\/.{1,200}\.head\.(?:sha|ref)|(?:^|[:+/])pull\/.{1,200}\/(?:head|merge)\b/;

/** Whether a text names a commit, a branch or the repository of a pull request. */
export function namesHead(text: string, step: StepInstance): boolean {
  if (HEAD.test(text)) return true;
  for (const [, id = ''] of text.matchAll(
    /\bsteps\.([\w-]{1,100})\.outputs\.[\w-]*(?:sha|ref|branch|head|commit|repo)[\w-]*/gi,
  ))
    if (looksUpHead(id, step)) return true;
  return false;
}

const LOOKUPS =
  /comment-branch|resolve-pr-refs|get-workflow-origin|find-current-pr|get-current-pr|pull-request-comment|refined-\w+/i;
const READS =
  /pulls\.get\b|\.head\.(?:sha|ref|repo)|headRef(?:Oid|Name)|headRepository|pull_request\.head|pullRequest\b/;

/** A step asks GitHub for the head of the pull request that a comment stands at. */
function looksUpHead(id: string, step: StepInstance): boolean {
  const all = step.job?.instance.jobs.flatMap((job) => withCalledSteps(job.steps)) ?? step.siblings;
  return all.some(({ step: one }) => {
    if (one.id?.toLowerCase() !== id.toLowerCase()) return false;
    if (one.uses?.target === 'action' && LOOKUPS.test(one.uses.repository ?? '')) return true;
    return [one.run?.value ?? '', ...one.with.map(({ value }) => value)].some((text) => READS.test(text));
  });
}

/** An input of `actions/checkout` by which it gets the head of a pull request. */
export interface HeadInput {
  readonly value: StringValue;
  /** As it reads. */
  readonly text: string;
}

/** The input that names the head, `ref` before `repository`, when an event starts the run. */
export function headInput(step: StepInstance, event: string): HeadInput | undefined {
  for (const name of ['ref', 'repository']) {
    const value = step.step.with.find((one) => one.name.toLowerCase() === name);
    if (!value) continue;
    const text = valueUnder(value, step, { event, fork: true })
      .forms.map(formText)
      .find((one) => namesHead(one, step));
    if (text !== undefined) return { value, text };
  }
  return undefined;
}

/**
 * Whether actions/checkout refuses the head of a fork: from 7.0, and the late releases of older majors, unless it is told to take it.
 * `perhaps`: by a tag that moves.
 */
export function refusesForks({ step }: StepInstance, event: string): boolean | 'perhaps' {
  if (event !== 'pull_request_target' && event !== 'workflow_run') return false;
  const optOut = step.with.find(({ name }) => name.toLowerCase() === 'allow-unsafe-pr-checkout');
  if (optOut && optOut.value.trim().toLowerCase() !== 'false') return false;
  const { uses } = step;
  const version = uses && actionVersion(uses);
  if (!uses || !version) return false;
  const [major, minor] = version;
  if (major >= 7) return true;
  const since = { 4: 4, 5: 1, 6: 1 }[major];
  if (since === undefined || minor < since) return false;
  if (minor !== Infinity) return true;
  return /^[0-9a-f]{40}$/i.test(uses.ref ?? '') ? false : 'perhaps';
}

/** How a command gets the head: `now` into its folder, or `later`, by the next command which checks out what it fetched. */
export function fetchesHead(view: CommandView, step: StepInstance): 'now' | 'later' | undefined {
  const { command } = view;
  const texts = command.words.slice(1).map((word) => formTexts(view.value(word)).join(' '));
  if (command.name === 'gh') return texts[0] === 'pr' && texts[1] === 'checkout' ? 'now' : undefined;
  if (command.name === 'hub') return texts[0] === 'pr' && texts[1] === 'checkout' ? 'now' : undefined;
  if (command.name !== 'git') return undefined;
  const verb = gitVerb(texts);
  const named = texts.some((text) => namesHead(text, step));
  if (!named) return undefined;
  if (verb === 'fetch' || verb === 'remote') return 'later';
  return verb === 'pull' || verb === 'clone' || appliesFetched(verb) ? 'now' : undefined;
}

export function checksOutFetched({ command }: CommandView): boolean {
  return command.name === 'git' && appliesFetched(gitVerb(command.words.slice(1).map(({ text }) => text)));
}

function appliesFetched(verb: string): boolean {
  return /^(?:checkout|switch|reset|merge|rebase|cherry-pick|worktree|read-tree|restore|am|apply)$/.test(verb);
}

function gitVerb(words: readonly string[]): string {
  const at = words.findIndex((word, index) => !word.startsWith('-') && !/^-[Cc]$/.test(words[index - 1] ?? ''));
  return words[at] ?? '';
}

/** The path that a step takes artifacts of another run to, where that run is one of a pull request. */
export function artifactFolder(step: StepInstance): string | undefined {
  const view = viewOf(step);
  const { action } = view;
  const run = view.input('run-id') ?? view.input('run_id');
  const path = (): string => view.input('path')?.value.values[0] ?? '';
  if (action === 'actions/download-artifact')
    return run && AWAITED.test(formTexts(run.value).join(' ')) ? path() : undefined;
  if (action === 'dawidd6/action-download-artifact') {
    if (run) return AWAITED.test(formTexts(run.value).join(' ')) ? path() : undefined;
    return view.input('pr') || view.input('commit') || view.input('workflow_conclusion') ? path() : undefined;
  }
  if (action === 'actions/github-script' && /downloadArtifact\b/.test(view.input('script')?.value.written ?? ''))
    return '';
  return undefined;
}

const AWAITED = /workflow_run\.id\b|steps\.[\w-]+\.outputs\.[\w-]*run[\w-]*/;

/** `gh run download` of the run that is waited for. */
export function downloadsArtifact(view: CommandView): string | undefined {
  const { command } = view;
  if (command.name !== 'gh') return undefined;
  const texts = command.words.map((word) => formTexts(view.value(word)).join(' '));
  if (texts[1] !== 'run' || texts[2] !== 'download' || !texts.some((text) => AWAITED.test(text))) return undefined;
  const at = texts.findIndex((text) => text === '-D' || text === '--dir');
  return at < 0 ? '' : (texts[at + 1] ?? '');
}
