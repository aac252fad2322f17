import type { ShellWord } from '@plimsoll/documents';
import type { ToolCall } from '../tools/model.ts';
import { onlyValue } from '../values/resolved.ts';
import { formTexts } from '../values/value.ts';
import { withCalledSteps } from '../lanes/instances.ts';
import type { JobInstance } from '../lanes/model.ts';
import type { Publication } from '../model.ts';
import { standardInput } from '../credentials/logins.ts';
import { viewOf } from '../credentials/step-view.ts';
import type { CommandView, StepView } from '../credentials/step-view.ts';
import { tokenIn } from './tokens.ts';
import type { TokenInUse } from './tokens.ts';

const GHCR = 'ghcr.io';

const known = new WeakMap<JobInstance, TokenInUse>();

/** Whose token a job logs in to ghcr.io with; `none` where no login is seen. */
export function registryTokenOf(job: JobInstance): TokenInUse {
  const token = known.get(job) ?? findToken(job);
  known.set(job, token);
  return token;
}

function findToken(job: JobInstance): TokenInUse {
  const tokens = new Set(withCalledSteps(job.steps).flatMap((step) => loginTokens(viewOf(step))));
  if (tokens.size === 0) return 'none';
  const [only = 'unknown'] = tokens;
  return tokens.size === 1 ? only : 'unknown';
}

/** Actions that log in to ghcr.io with the run's token by themselves. */
const SELF_LOGINS: ReadonlySet<string> = new Set(['ko-build/setup-ko', 'imjasonh/setup-ko']);

/** No other registry takes the run's token, so a login with it is one to ghcr.io, whatever its name. */
function loginTokens(view: StepView): readonly TokenInUse[] {
  if (view.action !== undefined && SELF_LOGINS.has(view.action)) return ['github'];
  if (view.action === 'docker/login-action' || view.action === 'redhat-actions/podman-login') {
    const registry = view.input('registry');
    const password = view.input('password');
    const token = password ? tokenIn(password.value) : 'none';
    return token === 'github' || (registry && password && isGhcr(formTexts(registry.value))) ? [token] : [];
  }
  return view.commands.flatMap((at) => commandTokens(view, at));
}

function commandTokens(view: StepView, at: CommandView): readonly TokenInUse[] {
  const { call } = at;
  if (call?.does !== 'login' || !call.registry || !isGhcr(formTexts(at.value(call.registry)))) return [];
  if (call.password?.value) return [tokenIn(at.value(call.password.value))];
  return [standardInputToken(at, view)];
}

/** The token that a pipe or a here-string hands over. */
function standardInputToken(at: CommandView, view: StepView): TokenInUse {
  if (standardInput(at, view)) return 'other';
  const { pipeline, redirections } = at.command;
  const piped = pipeline
    ? pipeline.commands.slice(0, pipeline.position).flatMap((index) => at.script.commands[index]?.words ?? [])
    : [];
  const words = [
    ...piped,
    ...redirections.flatMap(({ operator, target }) => (operator === '<<<' && target ? [target] : [])),
  ];
  const found = words.map((word) => tokenIn(at.value(word))).find((token) => token === 'github');
  return found ?? 'unknown';
}

function isGhcr(registries: readonly string[]): boolean {
  return registries.some((registry) => registry.replace(/^https?:\/\//, '').split('/')[0] === GHCR);
}

/** Whether an image is pushed to ghcr.io: for certain, or perhaps as well. */
export function pushesToGhcr({ kind, names, build }: Publication): boolean {
  return (
    kind === 'image' &&
    build?.pushes !== 'unknown' &&
    names.length > 0 &&
    names.every((name) => name.split('/')[0] === GHCR)
  );
}

/** Whether a command puts an image or a chart that exists already into ghcr.io, under a name or from another registry. */
export function copiesToGhcr(at: CommandView): boolean {
  const targets = at.call ? copyTargets(at.call) : [];
  return targets.length > 0 && targets.every((word) => formTexts(at.value(word)).every(isInGhcr));
}

function copyTargets(call: ToolCall): readonly ShellWord[] {
  switch (call.does) {
    case 'copy':
      return call.destinations;
    case 'merge':
      return call.pushes ? call.tags : [];
    case 'tag':
      return call.where === 'registry' ? call.names : [];
    case 'publish':
      return call.ecosystem === 'helm' && call.registry ? [call.registry] : [];
    default:
      return [];
  }
}

function isInGhcr(reference: string): boolean {
  return /^(?:oci:\/\/|docker:\/\/)?ghcr\.io\//.test(reference);
}

const PACKAGES_HOST = /^(?:https?:)?\/*(?:npm|nuget|maven|rubygems)\.pkg\.github\.com/;

/** A package that goes to GitHub Packages with a token of the run. */
export function publishesToGitHubPackages(view: StepView, at: CommandView): boolean {
  const { call } = at;
  if (call?.does !== 'publish' || call.dryRun) return false;
  const registry = call.registry ? (onlyValue(at.value(call.registry)) ?? '') : registryOfSetup(view);
  if (!PACKAGES_HOST.test(registry)) return false;
  const given = call.password?.value ? at.value(call.password.value) : view.variable('NODE_AUTH_TOKEN')?.value;
  return given !== undefined && tokenIn(given) === 'github';
}

function registryOfSetup({ step }: StepView): string {
  const setups = (step.job ? withCalledSteps(step.job.steps) : step.siblings)
    .map(viewOf)
    .filter(({ action }) => action === 'actions/setup-node');
  const input = setups.at(-1)?.input('registry-url');
  return input ? (onlyValue(input.value) ?? '') : '';
}
