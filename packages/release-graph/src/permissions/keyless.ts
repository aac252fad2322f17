import { actionUse } from '../credentials/actions.ts';
import { registryActionUse } from '../credentials/logins.ts';
import { viewOf } from '../credentials/step-view.ts';
import type { CommandView, StepView } from '../credentials/step-view.ts';
import { withCalledSteps } from '../lanes/instances.ts';

/** What asks GitHub for an OIDC token. */
export interface OidcNeed {
  readonly by: string;
  /** It may also authenticate otherwise. */
  readonly uncertain: boolean;
  readonly at?: CommandView;
}

/** The OIDC tokens that a step asks for: keyless logins by the tables of credentials, keyless signatures, trusted publishing. */
export function oidcNeeds(view: StepView): readonly OidcNeed[] {
  const login = [actionUse(view), registryActionUse(view)].find((use) => use?.form === 'keyless');
  const needs: OidcNeed[] = [];
  if (login && asksForToken(view))
    needs.push({ by: view.step.step.uses?.text ?? login.row.provider, uncertain: mayLoginOtherwise(view) });
  for (const at of view.commands) {
    const need = commandNeed(view, at);
    if (need) needs.push({ ...need, at });
  }
  return needs;
}

/** A login with what an earlier OIDC login of the same job left asks for no token of its own. */
function asksForToken(view: StepView): boolean {
  return view.action !== 'docker/login-action' || view.input('password') === undefined;
}

/** Keys in the environment, an instance's own role, a chain of roles, an identity of the machine. */
function mayLoginOtherwise(view: StepView): boolean {
  const { job } = view.step;
  if (view.action === 'azure/login') return view.input('auth-type') !== undefined || runsOnOwnMachine(view);
  if (view.action !== 'aws-actions/configure-aws-credentials') return view.action === 'js-devtools/npm-publish';
  if (['role-chaining', 'web-identity-token-file', 'force-skip-oidc', 'aws-profile'].some((name) => view.input(name)))
    return true;
  if (view.variable('AWS_ACCESS_KEY_ID') || runsOnOwnMachine(view)) return true;
  const steps = job ? withCalledSteps(job.steps) : view.step.siblings;
  const before = steps.slice(0, steps.indexOf(view.step)).map(viewOf);
  return before.some((one) => one.action === view.action && one.input('aws-access-key-id') !== undefined);
}

/** Anything but a runner label of GitHub's. */
function runsOnOwnMachine({ step: { job } }: StepView): boolean {
  const node = job?.job.runsOn;
  if (!node) return false;
  const labels =
    node.type === 'scalar'
      ? [String(node.value)]
      : node.type === 'sequence'
        ? node.items.map((item) => (item.type === 'scalar' ? String(item.value) : ''))
        : [''];
  return !labels.every((label) => /^(?:ubuntu|windows|macos)-/.test(label) || label.includes('matrix.'));
}

function commandNeed(view: StepView, { call, command }: CommandView): OidcNeed | undefined {
  if (call === undefined) return undefined;
  const by = call.tool;
  if (call.does === 'sign' || call.does === 'attest') {
    if (!by.startsWith('cosign') && !by.startsWith('sigstore')) return undefined;
    if (
      call.key ||
      call.options.some(({ name }) =>
        ['key', 'sk', 'identity-token', 'certificate', 'signing-algorithm-key'].includes(name),
      )
    )
      return undefined;
    if (view.variable('SIGSTORE_ID_TOKEN') || view.variable('COSIGN_KEY')) return undefined;
    return { by: `${by} without a key`, uncertain: false };
  }
  if (call.does !== 'publish' || call.dryRun) return undefined;
  if (call.ecosystem === 'npm')
    return npmNeed(view, by, call.provenance !== undefined && call.provenance.value?.text !== 'false');
  if (call.ecosystem === 'pypi' && command.words.some(({ text }) => text === '--trusted-publishing=always'))
    return { by, uncertain: false };
  return undefined;
}

const NPM_TOKENS = [
  'NODE_AUTH_TOKEN',
  'NPM_TOKEN',
  'NPM_AUTH_TOKEN',
  'NPM_CONFIG_TOKEN',
  'YARN_NPM_AUTH_TOKEN',
] as const;

/** Provenance always asks for one; publishing without a token does where the package trusts the workflow. */
function npmNeed(view: StepView, by: string, option: boolean): OidcNeed | undefined {
  const variable = view.variable('NPM_CONFIG_PROVENANCE') ?? view.variable('npm_config_provenance');
  if (option || variable?.value.values.includes('true'))
    return { by: `${by} with provenance`, uncertain: variable?.value.complete === false };
  return NPM_TOKENS.some((name) => view.variable(name)) ? undefined : { by, uncertain: true };
}
