import type { Workflow } from '@plimsoll/documents';
import { standardInput } from '../credentials/logins.ts';
import { toolWords, viewOf } from '../credentials/step-view.ts';
import type { CommandView, GivenValue, StepView } from '../credentials/step-view.ts';
import { withCalledSteps } from '../lanes/instances.ts';
import type { Lanes } from '../lanes/model.ts';
import type { SecretSource, Value } from '../model.ts';
import { actionScopes } from '../permissions/actions/index.ts';
import { commandScopes } from '../permissions/commands.ts';
import { harmlessActions, harmlessCommands } from '../permissions/harmless.ts';
import type { ScopeRow } from '../permissions/model.ts';
import { formTexts } from '../values/value.ts';
import { pushesWithAnyTool } from './git-use.ts';
import type { PersonalTokenUse } from './model.ts';

/**
 * Stored tokens given to what GITHUB_TOKEN does as well, by file and place; one a step. Not those which create what other
 * workflows wait for (pushes, pull requests, releases), nor those for another repository.
 */
export function personalTokens(lanes: Lanes): readonly PersonalTokenUse[] {
  const events = eventsOf([...lanes.documents.workflows.values()]);
  const found = lanes.jobs.flatMap((job) => {
    const views = withCalledSteps(job.steps).map(viewOf);
    return views.flatMap((view) => useOf(view, views, events) ?? []);
  });
  const unique = new Map(found.map((one) => [`${one.range.file.path}:${String(one.range.start)}`, one]));
  return [...unique.values()].sort(byPlace);
}

type Use = Omit<PersonalTokenUse, 'origin'>;

function useOf(view: StepView, views: readonly StepView[], events: ReadonlySet<string>): PersonalTokenUse | undefined {
  const use =
    registryLogin(view) ??
    checkout(view, views) ??
    ofAction(view, events) ??
    view.commands.map((at) => ofCommand(view, at, events)).find((one) => one !== undefined);
  return use && { ...use, origin: view.step.origin };
}

function useWith({ name, range, value }: GivenValue, does: string, needs: readonly string[]): Use | undefined {
  const secret = storedIn(value);
  return secret && { range, name, secret, does, needs };
}

/** The stored secret, where the value is nothing else. */
function storedIn({ secrets }: Value): SecretSource | undefined {
  return secrets.every(({ kind }) => kind === 'secret') ? secrets[0] : undefined;
}

const LOGINS: ReadonlySet<string> = new Set(['docker/login-action', 'redhat-actions/podman-login']);

function registryLogin(view: StepView): Use | undefined {
  if (view.action !== undefined && LOGINS.has(view.action)) {
    const registry = view.input('registry');
    const password = view.input('password');
    return registry && password && isGhcr(registry.value)
      ? useWith(password, 'logs in to ghcr.io', ['packages: write'])
      : undefined;
  }
  for (const at of view.commands) {
    const { call } = at;
    if (call?.does !== 'login' || !call.registry || !isGhcr(at.value(call.registry))) continue;
    const option = call.password;
    const given = option?.value
      ? { name: option.written, range: option.range, value: at.value(option.value) }
      : standardInput(at, view);
    const use =
      given && useWith({ ...given, range: variableBehind(view, given) }, 'logs in to ghcr.io', ['packages: write']);
    if (use) return use;
  }
  return undefined;
}

/** The entry of `env:` that holds what a word names. */
function variableBehind(view: StepView, { name, range }: GivenValue): GivenValue['range'] {
  const variable = /^\$\{?(\w+)\}?$/.exec(name)?.[1];
  return (variable === undefined ? undefined : view.variable(variable)?.range) ?? range;
}

function isGhcr(registry: Value): boolean {
  return formTexts(registry).some((text) => text.replace(/^https?:\/\//, '').split('/')[0] === 'ghcr.io');
}

/** A checkout of this repository whose token nothing in the job pushes with. */
function checkout(view: StepView, views: readonly StepView[]): Use | undefined {
  if (view.action !== 'actions/checkout') return undefined;
  const token = view.input('token');
  const repository = view.input('repository');
  const submodules = view.input('submodules');
  if (!token || (repository && !/^\$\{\{\s*github\.repository\s*\}\}$/.test(repository.value.written.trim())))
    return undefined;
  if (submodules && !submodules.value.values.every((value) => value === 'false')) return undefined;
  const keeps = view.input('persist-credentials')?.value.values.every((value) => value === 'false') !== true;
  if (keeps && views.some((one) => pushesWithAnyTool(one) || mayPush(one))) return undefined;
  return useWith(token, 'checks out this repository', ['contents: read']);
}

/** A script or an action that is not understood. */
function mayPush(view: StepView): boolean {
  const { step } = view.step;
  if (step.run) return view.commands.length === 0 || view.commands.some((at) => !isPlain(at));
  if (!step.uses || view.step.steps.length > 0) return false;
  const [owner = '', name = ''] = (view.action ?? '').split('/');
  return !harmlessActions.has(`${owner}/${name}`);
}

const PACKAGE_MANAGERS: ReadonlySet<string> = new Set([
  'npm',
  'pnpm',
  'yarn',
  'bun',
  'pip',
  'pip3',
  'uv',
  'poetry',
  'cargo',
  'bundle',
  'composer',
  'corepack',
]);
const PLAIN_TASKS: ReadonlySet<string> = new Set([
  'ci',
  'install',
  'i',
  'sync',
  'test',
  'build',
  'lint',
  'check',
  'typecheck',
  'enable',
  'fmt',
  'clippy',
  'audit',
]);

function isPlain({ command }: CommandView): boolean {
  if (command.words.length === 0) return true;
  if (command.name === 'git') return true;
  if (harmlessCommands.has(command.name)) return true;
  const words = toolWords(command).map(({ text }) => text);
  return (
    PACKAGE_MANAGERS.has(words[0] ?? '') &&
    (words.length === 1 || PLAIN_TASKS.has(words[1] === 'run' ? (words[2] ?? '') : (words[1] ?? '')))
  );
}

function ofAction(view: StepView, events: ReadonlySet<string>): Use | undefined {
  const row = actionScopes.find(({ action }) => action === view.action);
  if (!row || row.token.length === 0 || opensPullRequests(row.needs) || IN_PERSON.has(row.action)) return undefined;
  const needs = certainNeeds(row.needs, view);
  if (needs.length === 0 || mustTrigger(needs, events, RELEASING.test(row.action))) return undefined;
  for (const name of row.token) {
    const given = view.input(name) ?? view.variable(name);
    if (given) return useWith(given, view.step.step.uses?.text ?? row.action, needs.map(inWords));
  }
  return undefined;
}

function ofCommand(view: StepView, at: CommandView, events: ReadonlySet<string>): Use | undefined {
  const words = toolWords(at.command).map(({ text }) => text);
  const row = commandScopes.find((one) => one.words[0] === 'gh' && one.words.every((word, i) => words[i] === word));
  if (!row || namesRepository(view, words)) return undefined;
  const needs = certainNeeds(row.needs, view);
  const [, group = '', subcommand = ''] = row.words;
  if (group === 'pr' && ['create', 'merge', 'reopen', 'ready', 'review'].includes(subcommand)) return undefined;
  if (needs.length === 0 || mustTrigger(needs, events, group === 'release')) return undefined;
  const own = at.command.assignments.find(({ name }) => row.token.includes(name));
  const given = own
    ? { name: own.name, range: own.range, value: at.value(own.value) }
    : row.token.map((name) => view.variable(name)).find((one) => one !== undefined);
  return given && useWith(given, row.words.join(' '), needs.map(inWords));
}

const RELEASING =
  /^(?:softprops\/action-gh-release|ncipollo\/release-action|actions\/(?:create-release|upload-release-asset)|svenstaro\/upload-release-action|marvinpinto\/action-automatic-releases)$/;

/** A review counts by who gives it; what this one opens, workflows are to run on. */
const IN_PERSON: ReadonlySet<string> = new Set(['hmarr/auto-approve-action', 'repo-sync/pull-request']);

/** Whether it opens pull requests, on which workflows are to run: it needs both scopes, whatever this step does. */
function opensPullRequests(needs: readonly ScopeRow[]): boolean {
  const scopes = needs.filter(({ level, optional }) => level === 'write' && !optional).map(({ scope }) => scope);
  return scopes.includes('contents') && scopes.includes('pull-requests');
}

function certainNeeds(rows: readonly ScopeRow[], view: StepView): readonly ScopeRow[] {
  return rows.filter(
    ({ optional, scope, when }) => !optional && scope !== 'id-token' && (when?.(view) ?? true) === true,
  );
}

function inWords({ scope, level }: ScopeRow): string {
  return `${scope}: ${level}`;
}

/** What GITHUB_TOKEN creates starts no workflow, which is the reason to take another token where one waits for it. */
function mustTrigger(needs: readonly ScopeRow[], events: ReadonlySet<string>, releases: boolean): boolean {
  const scopes = needs.filter(({ level }) => level === 'write').map(({ scope }) => scope);
  if (scopes.includes('contents')) return !releases || scopes.length > 1 || events.has('release') || events.has('tag');
  if (scopes.includes('issues') || scopes.includes('pull-requests'))
    return events.has('issues') || events.has('comment');
  return false;
}

function eventsOf(workflows: readonly Workflow[]): ReadonlySet<string> {
  const events = new Set<string>();
  for (const { event, tags, types, branches, branchesIgnore } of workflows.flatMap(({ triggers }) => triggers)) {
    if (event === 'release') events.add('release');
    if (event === 'create' || (event === 'push' && (tags !== undefined || (!branches && !branchesIgnore))))
      events.add('tag');
    if (event === 'issue_comment' || event === 'discussion_comment') events.add('comment');
    if (
      event === 'issues' ||
      (/^pull_request/.test(event) && types?.some((type) => /label|edit|close|review/.test(type)))
    )
      events.add('issues');
  }
  return events;
}

/** `-R other/repository`, or a variable that names one. */
function namesRepository(view: StepView, words: readonly string[]): boolean {
  const at = words.findIndex((word) => word === '-R' || word === '--repo' || word.startsWith('--repo='));
  const option =
    at < 0 ? undefined : words[at]?.startsWith('--repo=') ? words[at].slice('--repo='.length) : words[at + 1];
  const named = option ?? view.variable('GH_REPO')?.value.written;
  return named !== undefined && !/GITHUB_REPOSITORY|GH_REPO|github\.repository\b/.test(named);
}

function byPlace(a: PersonalTokenUse, b: PersonalTokenUse): number {
  const [left, right] = [a.range.file.path, b.range.file.path];
  return left === right ? a.range.start - b.range.start : left < right ? -1 : 1;
}
