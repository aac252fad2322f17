import type { EnvVariable } from '@plimsoll/documents';
import { withCalledSteps } from '../lanes/instances.ts';
import type { JobInstance } from '../lanes/model.ts';
import { toolName, toolWords, viewOf } from '../credentials/step-view.ts';
import type { CommandView, StepView } from '../credentials/step-view.ts';
import { actionScopes } from './actions/index.ts';
import { commandScopes, readingCommands, workflowScopes } from './commands.ts';
import { gitTokenOf, pushingActions } from './git-token.ts';
import { registryTokenOf } from './packages.ts';
import { harmlessActions, harmlessCommands } from './harmless.ts';
import { tokenIn } from './tokens.ts';

const known: ReadonlySet<string> = new Set(actionScopes.map(({ action }) => action));

/** Why it is not known whether a job uses a write scope, though no need for it was found; undefined where that is known. */
export function undecided(job: JobInstance, scope: string): string | undefined {
  const { uses } = job.job;
  if (uses) return undecidedCall(job, scope);
  const registry = scope === 'packages' ? registryTokenOf(job) : 'none';
  if (registry === 'github' || registry === 'unknown') return 'it logs in to ghcr.io';
  // With the run's own token, which is to take the stored one's place, it needs the scope.
  if (registry === 'other') return 'it logs in to ghcr.io with a stored token';
  for (const step of withCalledSteps(job.steps)) {
    const reason = undecidedStep(viewOf(step), scope);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function undecidedCall(job: JobInstance, scope: string): string | undefined {
  const { uses } = job.job;
  if (job.calls) return job.calls.jobs.map((inner) => undecided(inner, scope)).find((reason) => reason !== undefined);
  const name = `${uses?.owner ?? ''}/${uses?.repository ?? ''}/${uses?.path ?? ''}`.toLowerCase();
  return workflowScopes.some(({ workflow }) => workflow === name)
    ? undefined
    : `what ${uses?.text ?? 'it'} does is not known`;
}

function undecidedStep(view: StepView, scope: string): string | undefined {
  const { step } = view.step;
  const { uses } = step;
  if (uses) return undecidedAction(view, scope);
  if (!step.run) return undefined;
  const reach = scope === 'id-token' || hasToken(view) || (scope === 'contents' && mayPush(view));
  if (!reach) return undefined;
  if (view.commands.length === 0) return 'a script is not understood';
  const command = view.commands.find((at) => !isUnderstood(at));
  return command && `what ${toolName(command.command) || 'a command'} does is not known`;
}

function undecidedAction(view: StepView, scope: string): string | undefined {
  const { uses } = view.step.step;
  const { action } = view;
  if (view.step.steps.length > 0) return undefined;
  if (uses?.target === 'docker')
    return scope === 'id-token' || hasToken(view) ? `what ${uses.text} does is not known` : undefined;
  const [owner, name] = (action ?? '').split('/');
  if (
    action !== undefined &&
    (known.has(action) || pushingActions.has(action) || harmlessActions.has(`${owner ?? ''}/${name ?? ''}`))
  )
    return undefined;
  return `what ${uses?.text ?? 'an action'} does is not known`;
}

const TOKEN_VARIABLES: readonly string[] = ['GITHUB_TOKEN', 'GH_TOKEN'];

/** The run's token is among the variables or the text of a step. */
function hasToken(view: StepView): boolean {
  const { step, job } = view.step;
  const names = [...step.env.filter(mayHoldToken).map(({ name }) => name), ...(job ? namesOfJob(job) : [])];
  if (names.some((name) => isOwnToken(view, name))) return true;
  return [step.run?.value ?? '', ...step.with.map(({ value }) => value)].some((text) =>
    /\$\{\{[^}]{0,500}(?:github\.token|secrets\.GITHUB_TOKEN)/i.test(text),
  );
}

const variablesOfJobs = new WeakMap<JobInstance, readonly string[]>();

function namesOfJob(job: JobInstance): readonly string[] {
  const names =
    variablesOfJobs.get(job) ?? [...job.job.env, ...job.workflow.env].filter(mayHoldToken).map(({ name }) => name);
  variablesOfJobs.set(job, names);
  return names;
}

/** Secrets of the user are no token of the run, unless a called workflow names it so. */
function mayHoldToken({ name, value }: EnvVariable): boolean {
  return TOKEN_VARIABLES.includes(name) || /token|\b(?:env|inputs|steps|needs)\./i.test(value);
}

function isOwnToken(view: StepView, name: string): boolean {
  const variable = view.variable(name);
  if (!variable) return false;
  const token = tokenIn(variable.value);
  return token === 'github' || (token === 'unknown' && variable.value.secrets.length > 0);
}

function mayPush(view: StepView): boolean {
  const token = gitTokenOf(view.step);
  return token === 'github' || token === 'unknown';
}

function isUnderstood({ command, call }: CommandView): boolean {
  const name = toolName(command);
  if (command.words.length === 0 || harmlessCommands.has(name)) return true;
  if (name === 'gh') return isKnownGh(toolWords(command).map(({ text }) => text));
  // A publication may tag, release or log in by itself.
  if (call?.does === 'publish') return false;
  return call !== undefined || commandScopes.some(({ words }) => words[0] === name);
}

function isKnownGh([, group = '', subcommand = '']: readonly string[]): boolean {
  return (
    readingCommands.has(`${group} ${subcommand}`) ||
    commandScopes.some(({ words }) => words[0] === 'gh' && words[1] === group && words[2] === subcommand)
  );
}
