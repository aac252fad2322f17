import type { ActionScopes, ScopeRow } from '../model.ts';

export const stepSecurity = 'step-security action knowledge base';

export type Inputs = Readonly<Record<string, string>>;

/** What is missing of these is not told: whether it matters is not known from the text. */
export function optionally(row: ScopeRow): ScopeRow {
  return { ...row, optional: true };
}

export function write(scope: ScopeRow['scope'], when?: ScopeRow['when']): ScopeRow {
  return { scope, level: 'write', ...(when && { when }) };
}

export function read(scope: ScopeRow['scope'], when?: ScopeRow['when']): ScopeRow {
  return { scope, level: 'read', ...(when && { when }) };
}

/** Actions that take `github.token` by themselves; `token` names the inputs that may replace it. */
export function byDefault(
  action: string,
  token: readonly string[],
  needs: readonly ScopeRow[],
  source = stepSecurity,
  example: Inputs = {},
): ActionScopes {
  return { action, token: [...token, 'GITHUB_TOKEN', 'GH_TOKEN'], needs, byDefault: true, source, example };
}

/** Actions that only have the token they are given. */
export function whenGiven(
  action: string,
  token: readonly string[],
  needs: readonly ScopeRow[],
  source = stepSecurity,
  example: Inputs = {},
): ActionScopes {
  return { action, token: [...token, 'GITHUB_TOKEN', 'GH_TOKEN'], needs, byDefault: false, source, example };
}

/** Actions that ask for an OIDC token, whatever token of GitHub's they have. */
export function oidcOnly(action: string, need: ScopeRow, source: string, example: Inputs = {}): ActionScopes {
  return { action, needs: [need], token: [], byDefault: false, source, example };
}
