import type { NamedValue } from '@plimsoll/documents';
import type { CredentialAlternative } from '../model.ts';
import type { FoundUse } from './found.ts';
import type { LoginStep } from './model.ts';
import type { StepView } from './step-view.ts';

/** What to write instead, with the step's own values kept. */
export function alternativeOf(found: FoundUse, granted: 'yes' | 'no' | 'unknown'): CredentialAlternative {
  const { kind, permission } = found.alternative;
  const help = helpOf(found, granted);
  return kind === 'oidc' ? { kind, help, permission } : { kind, help };
}

function helpOf(found: FoundUse, granted: 'yes' | 'no' | 'unknown'): string {
  const { alternative, view } = found;
  const sentences = [alternative.text];
  if (alternative.permission && granted !== 'yes')
    sentences.push('The job needs `id-token: write` among its permissions.');
  const { login } = alternative;
  if (!login) return sentences.join(' ');
  const same = login.uses.toLowerCase() === view.action;
  sentences.push(same ? sameStep(found, login) : otherStep(found, login));
  return sentences.join(' ');
}

/** The step itself, with its other inputs kept. */
function sameStep({ view, parts }: FoundUse, login: LoginStep): string {
  const values = filled(login, view);
  if (Object.keys(values).length === 0 && !login.env) return `Leave out ${list(parts)}.`;
  const gone = new Set(parts.map((name) => name.toLowerCase()));
  const own = new Set([...Object.keys(values), ...STATIC_INPUTS].map((name) => name.toLowerCase()));
  const kept = view.step.step.with.filter(({ name }) => !gone.has(name.toLowerCase()) && !own.has(name.toLowerCase()));
  const lines = [...entries(values, '  '), ...kept.map((entry) => keptLine(entry))];
  const env = login.env ? ['env:', ...entries(filledFrom(login.env, login, view), '  ')] : [];
  return `Write\n${[...env, 'with:', ...lines].join('\n')}`;
}

/** Parts of a static credential that go with the one that was found. */
const STATIC_INPUTS = ['aws-access-key-id', 'aws-secret-access-key', 'aws-session-token'] as const;

function keptLine({ name, value }: NamedValue): string {
  if (!value.includes('\n')) return `  ${name}: ${value}`;
  return [
    `  ${name}: |`,
    ...value
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => `    ${line}`),
  ].join('\n');
}

/** A step before this one. */
function otherStep(found: FoundUse, login: LoginStep): string {
  const { view, parts, registry = '<registry>' } = found;
  const inputs = entries(filled(login, view), '    ');
  const env = login.env ? ['  env:', ...entries(filledFrom(login.env, login, view), '    ')] : [];
  const step = [`- uses: ${login.uses}@<commit>`, ...env, ...(inputs.length > 0 ? ['  with:', ...inputs] : [])];
  const then = login.then === undefined ? '' : `\n${login.then}`;
  const goes = parts.length > 0 ? `Leave out ${list(parts)}, and write` : 'Write';
  const name = registry.replace(/\.azurecr\.\w{1,3}$/, '');
  return `${goes}\n${step.join('\n')}${then}`.replaceAll('<registry>', registry).replaceAll('<registry name>', name);
}

function filled(login: LoginStep, view: StepView): Readonly<Record<string, string>> {
  return filledFrom(login.with, login, view);
}

/** The values of the step to write: what stands in the user's own step or variables where it does. */
function filledFrom(
  values: Readonly<Record<string, string>>,
  login: LoginStep,
  view: StepView,
): Readonly<Record<string, string>> {
  const own = (name: string): string | undefined => {
    for (const place of login.from?.[name] ?? []) {
      const found = view.input(place) ?? view.variable(place);
      if (found && !found.value.written.includes('\n')) return found.value.written;
    }
    return undefined;
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, own(name) ?? value]));
}

function entries(values: Readonly<Record<string, string>>, indent: string): readonly string[] {
  return Object.entries(values).map(([name, value]) => `${indent}${name}: ${value}`);
}

function list(names: readonly string[]): string {
  const unique = [...new Set(names)];
  return unique.length < 2 ? unique.join('') : `${unique.slice(0, -1).join(', ')} and ${unique.at(-1) ?? ''}`;
}
