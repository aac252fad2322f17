import type { ActionRow, ProviderRow } from './model.ts';
import { keylessUse, staticUse } from './found.ts';
import type { FoundUse } from './found.ts';
import { longLived } from './step-view.ts';
import type { GivenValue, StepView } from './step-view.ts';
import { usesPublicIndex } from './publishing.ts';
import { providers } from './providers/index.ts';

interface Match {
  readonly row: ProviderRow;
  readonly action: ActionRow;
}

const rowsByAction = Map.groupBy(
  providers.flatMap((row) => row.actions.map((action): Match => ({ row, action }))),
  ({ action }) => action.action,
);

/** What a step's action authenticates with, by the tables. */
export function actionUse(view: StepView): FoundUse | undefined {
  const matches = rowsByAction.get(view.action ?? '') ?? [];
  for (const match of matches) {
    const found = usedBy(view, match);
    if (found) return found;
  }
  return matches.length === 0 && view.action !== undefined ? unknownActionUse(view) : undefined;
}

function usedBy(view: StepView, { row, action }: Match): FoundUse | undefined {
  if (action.publishesWith !== undefined && !view.input(action.publishesWith)) return undefined;
  if (row.provider === 'npm' && !usesPublicIndex(view, 'npm')) return undefined;
  if (row.provider === 'PyPI' && !usesPublicIndex(view, 'pypi')) return undefined;
  const inputs = givenInputs(view, action.inputs);
  const variables = (action.variables ?? [])
    .flatMap((name) => view.variable(name) ?? [])
    .filter(({ value }) => longLived(value).length > 0);
  const found = staticUse(row, view, inputs, action.alternative) ?? staticUse(row, view, variables, action.alternative);
  return found ?? keylessForm(view, { row, action }, inputs);
}

function keylessForm(view: StepView, { row, action }: Match, inputs: readonly GivenValue[]): FoundUse | undefined {
  const only = action.keylessOnly;
  if (only && !only.values.includes(view.input(only.input)?.value.written ?? '')) return undefined;
  const keyless = (action.keyless ?? []).map((name) => view.input(name)).find(Boolean);
  if (keyless) return keylessUse(row, view, keyless.range, keyless.name);
  const { uses } = view.step.step;
  if (!action.keylessByDefault || inputs.length > 0 || !uses) return undefined;
  return keylessUse(row, view, uses.range, uses.text);
}

function givenInputs(view: StepView, names: readonly string[]): readonly GivenValue[] {
  return names.flatMap((name) => view.input(name) ?? []);
}

/** Inputs whose names leave no doubt, in actions that no table knows. */
const TELLING_INPUTS: readonly { readonly provider: string; readonly names: readonly string[] }[] = [
  {
    provider: 'AWS',
    names: [
      'aws-access-key-id',
      'aws_access_key_id',
      'aws-access-key',
      'aws_access_key',
      'aws-secret-access-key',
      'aws_secret_access_key',
      'aws-secret-key',
      'aws_secret_key',
    ],
  },
  {
    provider: 'Google Cloud',
    names: [
      'gcp-credentials-json',
      'gcp_credentials_json',
      'gcp-service-account-key',
      'gcp_service_account_key',
      'gcp_sa_key',
      'gcp-sa-key',
    ],
  },
  {
    provider: 'Azure',
    names: ['azure-credentials', 'azure_credentials', 'azure-client-secret', 'azure_client_secret'],
  },
];

function unknownActionUse(view: StepView): FoundUse | undefined {
  for (const { provider, names } of TELLING_INPUTS) {
    const row = providers.find((one) => one.provider === provider);
    const found = row && staticUse(row, view, givenInputs(view, names));
    if (found) return found;
  }
  return undefined;
}
