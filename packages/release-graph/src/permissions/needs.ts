import { firstLine } from '@plimsoll/documents';
import type { Range } from '@plimsoll/documents';
import { toolName, toolWords, viewOf } from '../credentials/step-view.ts';
import type { CommandView, StepView } from '../credentials/step-view.ts';
import type { JobInstance, Lanes, StepInstance } from '../lanes/model.ts';
import type { PermissionNeed, Publication } from '../model.ts';
import { actionScopes } from './actions/index.ts';
import { calledWorkflowNeeds, externalWorkflowNeeds } from './called-workflows.ts';
import { commandScopes } from './commands.ts';
import { gitTokenOf, pushesWithGit, pushingActions } from './git-token.ts';
import { grantOf } from './grants.ts';
import { oidcNeeds } from './keyless.ts';
import type { CommandScopes, ScopeRow } from './model.ts';
import { copiesToGhcr, publishesToGitHubPackages, pushesToGhcr, registryTokenOf } from './packages.ts';
import { tokenOf, tokenOfCommand } from './tokens.ts';
import type { TokenInUse } from './tokens.ts';

/**
 * The scopes of GITHUB_TOKEN that steps need, each against what its job is granted, by file and place. A step that uses
 * another token needs none. `granted` is `unknown` where it also works without (a read of a public repository), where
 * nothing is declared, or where the step may not need it.
 */
export function permissionNeeds(lanes: Lanes, publications: readonly Publication[]): readonly PermissionNeed[] {
  const published = Map.groupBy(publications, ({ origin }) => origin.step);
  const needs = lanes.steps.flatMap((step) =>
    step.job ? needsOf(step, step.job, published.get(step.step) ?? []) : [],
  );
  const calls = lanes.jobs.flatMap((job) => [...externalWorkflowNeeds(job), ...calledWorkflowNeeds(job)]);
  return merged([...needs, ...calls]);
}

interface Wanted {
  readonly row: ScopeRow;
  readonly by: string;
  readonly token: TokenInUse;
  readonly at?: CommandView;
}

function needsOf(
  step: StepInstance,
  job: JobInstance,
  publications: readonly Publication[],
): readonly PermissionNeed[] {
  const view = viewOf(step);
  const wanted = [
    ...actionNeeds(view),
    ...view.commands.flatMap((at) => commandNeeds(view, job, at)),
    ...keylessNeeds(view),
    ...pushNeeds(view, job, publications),
  ];
  return wanted.flatMap((one) => inWords(view, job, one) ?? []);
}

const rowsByAction = new Map(actionScopes.map((row) => [row.action, row]));

function actionNeeds(view: StepView): readonly Wanted[] {
  const by = view.step.step.uses?.text ?? '';
  if (view.action !== undefined && pushingActions.has(view.action))
    return [{ row: { scope: 'contents', level: 'write' }, by, token: gitTokenOf(view.step) }];
  const row = rowsByAction.get(view.action ?? '');
  if (!row) return [];
  const token = tokenOf(view, row.token, row.byDefault ? 'github' : 'none');
  return row.needs.map((need) => ({ row: need, by, token: need.scope === 'id-token' ? 'github' : token }));
}

function commandNeeds(view: StepView, job: JobInstance, at: CommandView): readonly Wanted[] {
  if (pushesWithGit(at))
    return [{ row: { scope: 'contents', level: 'write' }, by: 'git push', token: gitTokenOf(view.step), at }];
  if (publishesToGitHubPackages(view, at))
    return [
      {
        row: { scope: 'packages', level: 'write' },
        by: `${at.call?.tool ?? ''} to GitHub Packages`,
        token: 'github',
        at,
      },
    ];
  if (copiesToGhcr(at)) {
    const by = `${at.call?.tool ?? ''} to ghcr.io`;
    return [{ row: { scope: 'packages', level: 'write' }, by, token: registryTokenOf(job), at }];
  }
  const row = commandScopes.find((one) => matches(at, one));
  if (!row) return [];
  const given = tokenOfCommand(view, at, row.token);
  const token = given === 'github' && !ownRepository(at) ? 'unknown' : given;
  return row.needs.map((need) => ({ row: need, by: row.words.join(' '), token, at }));
}

function matches({ command }: CommandView, { words }: CommandScopes): boolean {
  if (toolName(command) !== words[0]) return false;
  const given = toolWords(command).map(({ text }) => text);
  return words.slice(1).every((word, i) => given[i + 1] === word) && !given.some((word) => DRY.has(word));
}

const DRY: ReadonlySet<string> = new Set(['--dry-run', '--snapshot', '--help']);

/** `gh … --repo other/repository` needs a token of that one. */
function ownRepository({ command }: CommandView): boolean {
  const words = command.words.map(({ text }) => text);
  const at = words.findIndex((word) => word === '-R' || word === '--repo' || word.startsWith('--repo='));
  if (at < 0) return true;
  const value = words[at]?.startsWith('--repo=') ? words[at].slice(7) : (words[at + 1] ?? '');
  return /^\$\{?GITHUB_REPOSITORY\}?$|^\$\{\{\s*github\.repository\s*\}\}$/.test(value);
}

function keylessNeeds(view: StepView): readonly Wanted[] {
  return oidcNeeds(view).map(({ by, uncertain, at }) => ({
    row: { scope: 'id-token', level: 'write', ...(uncertain && { optional: true as const }) },
    by,
    token: 'github',
    ...(at && { at }),
  }));
}

function pushNeeds(view: StepView, job: JobInstance, publications: readonly Publication[]): readonly Wanted[] {
  const pushed = publications.filter(({ origin }) => origin.callers === view.step.origin.callers);
  return pushed.filter(pushesToGhcr).map(({ origin }) => {
    const at = view.commands.find(({ command }) => command === origin.command);
    const by = at
      ? `${at.call?.tool ?? at.command.name} to ghcr.io`
      : `the push to ghcr.io by ${view.step.step.uses?.text ?? 'this step'}`;
    return { row: { scope: 'packages', level: 'write' }, by, token: registryTokenOf(job), ...(at && { at }) };
  });
}

function inWords(view: StepView, job: JobInstance, { row, by, token, at }: Wanted): PermissionNeed | undefined {
  const wanted = row.when?.(view) ?? true;
  if (wanted === false || token === 'other' || token === 'none') return undefined;
  const grants = [row.scope, ...(row.or ?? [])].map((scope) => grantOf(job, scope, row.level));
  const best =
    grants.find(({ granted }) => granted === 'yes') ?? grants.find(({ granted }) => granted === 'unknown') ?? grants[0];
  if (!best || (row.optional && best.granted !== 'yes')) return undefined;
  const mayBeMissing = wanted === 'unknown' || token === 'unknown' || (row.level === 'read' && !row.refused);
  return {
    scope: row.scope,
    ...(row.or && { or: row.or }),
    level: row.level,
    range: best.granted === 'no' && best.place ? best.place : placeOf(view, at),
    origin: { ...view.step.origin, ...(at && { command: at.command }) },
    by,
    granted: best.granted === 'no' && mayBeMissing ? 'unknown' : best.granted,
    grant: best.at,
  };
}

/** The step's `uses:` or the first line of the command; for a composite action where the job calls it. */
function placeOf(view: StepView, at: CommandView | undefined): Range {
  let outermost = view.step;
  while (outermost.caller) outermost = outermost.caller;
  if (outermost !== view.step) return outermost.step.uses?.range ?? firstLine(outermost.step.range);
  return firstLine(at?.command.range ?? view.step.step.uses?.range ?? view.step.step.range);
}

const WORST = { no: 0, unknown: 1, yes: 2 } as const;

/** One need a place and scope: the worst. */
function merged(needs: readonly PermissionNeed[]): readonly PermissionNeed[] {
  const unique = new Map<string, PermissionNeed>();
  for (const need of needs) {
    const { range, scope, origin } = need;
    const key = `${range.file.path}\0${String(range.start)}\0${scope}\0${origin.job?.id ?? ''}\0${origin.workflow?.file.path ?? ''}`;
    const known = unique.get(key);
    if (!known || WORST[need.granted] < WORST[known.granted]) unique.set(key, need);
  }
  return [...unique.values()].sort(byPlace);
}

function byPlace(a: PermissionNeed, b: PermissionNeed): number {
  const [left, right] = [a.range.file.path, b.range.file.path];
  return left === right ? a.range.start - b.range.start : left < right ? -1 : 1;
}
