import type { Range } from '@plimsoll/documents';
import type { SecretSource } from '../model.ts';
import { evaluateText } from '../values/expressions.ts';
import { literal, unknown, withDefinition } from '../values/resolved.ts';
import type { Resolved } from '../values/resolved.ts';
import type { StepInstance, WorkflowInstance } from './model.ts';
import { scopeOfJob } from './scope.ts';

/** What `secrets.NAME` stands for in a workflow: where another one calls it, what that one hands over. */
export function resolveSecret(instance: WorkflowInstance, name: string, at: Range): Resolved {
  if (name.toUpperCase() === 'GITHUB_TOKEN')
    return asSecret({ text: 'secrets.GITHUB_TOKEN', kind: 'github-token', range: at });
  const { caller } = instance;
  if (!caller) return asSecret({ text: `secrets.${name}`, kind: 'secret', range: at });
  const given = caller.job.secrets;
  if (given === 'inherit') return resolveSecret(caller.instance, name, at);
  const entry = given.find((one) => one.name.toUpperCase() === name.toUpperCase());
  if (!entry) return literal('');
  return withDefinition(evaluateText(entry.value, scopeOfJob(caller), entry.text), {
    at: entry.nameRange,
    label: `the caller hands over ${name}`,
  });
}

export function asSecret(secret: SecretSource): Resolved {
  return unknown(`\${{ ${secret.text} }}`, 'it is a secret', [secret]);
}

/** Outputs that hold a credential which is made for the run, by the action's name in lower case. */
const tokenOutputs: Readonly<Record<string, readonly [outputs: readonly string[], kind: SecretSource['kind']]>> = {
  'actions/create-github-app-token': [['token'], 'app-token'],
  'tibdex/github-app-token': [['token'], 'app-token'],
  'peter-murray/workflow-application-token-action': [['token'], 'app-token'],
  'getsentry/action-github-app-token': [['token'], 'app-token'],
  'octo-sts/action': [['token'], 'oidc-token'],
  'google-github-actions/auth': [['access_token', 'id_token', 'auth_token'], 'oidc-token'],
  'rust-lang/crates-io-auth-action': [['token'], 'oidc-token'],
  'docker/oidc-action': [['token'], 'oidc-token'],
  'nuget/login': [['nuget_api_key'], 'oidc-token'],
  'jfrog/setup-jfrog-cli': [['oidc-token'], 'oidc-token'],
  'aws-actions/configure-aws-credentials': [
    ['aws-access-key-id', 'aws-secret-access-key', 'aws-session-token'],
    'oidc-token',
  ],
  'hashicorp/vault-action': [['vault_token'], 'oidc-token'],
};

/** A credential among the outputs of an action of another repository. */
export function tokenOutput(step: StepInstance, output: string, at: Range): SecretSource | undefined {
  const { uses, id } = step.step;
  const [outputs, kind] = tokenOutputs[`${uses?.owner ?? ''}/${uses?.repository ?? ''}`.toLowerCase()] ?? [];
  if (!kind || !outputs?.includes(output.toLowerCase())) return undefined;
  return { text: `steps.${id ?? ''}.outputs.${output}`, kind, range: at };
}
