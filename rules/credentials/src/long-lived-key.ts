import { defineRule, formatList } from '@plimsoll/core';

export const longLivedKey = defineRule({
  id: 'credentials/long-lived-key',
  summary: 'A step logs in with a stored key where the provider takes a token of this run.',
  why: 'A stored key works from anywhere, for whoever reads it, until someone replaces it. An OIDC token works for this job, for minutes, and names the workflow that asked for it.',
  limits:
    'Ids that are kept in secrets (role names, client ids) are no keys. What a third action does with a secret that it is given is not seen. Where the provider has no OIDC the finding is an info.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: [
    'GitHub: About security hardening with OpenID Connect',
    'OWASP CICD-SEC-6: Insufficient credential hygiene',
  ],
  visits: 'credentialUse',
  examples: {
    bad: [
      {
        '.github/workflows/deploy.yml':
          'on: push\npermissions: {}\njobs:\n  site:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: aws-actions/configure-aws-credentials@v6\n        with:\n          «aws-access-key-id: ${{ secrets.AWS_ACCESS_KEY_ID }}»\n          aws-secret-access-key: ${{ secrets.AWS_SECRET_ACCESS_KEY }}\n          aws-region: eu-central-1\n',
      },
    ],
    good: [
      {
        '.github/workflows/deploy.yml':
          'on: push\npermissions: { id-token: write }\njobs:\n  site:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: aws-actions/configure-aws-credentials@v6\n        with:\n          role-to-assume: ${{ secrets.DEPLOY_ROLE }}\n          aws-region: eu-central-1\n',
      },
    ],
  },
  check({ alternative, form, name, provider, range, related, secrets }, report) {
    if (form !== 'static') return;
    const key = formatList(secrets.map((s) => s.text));
    report({
      at: range,
      severity: LEVELS[alternative.kind],
      message: `${name} logs in to ${provider} with a stored key${key && key !== name ? ` (${key})` : ''}${CONSEQUENCES[alternative.kind]}`,
      help: alternative.help,
      related,
    });
  },
});

const LEVELS = { oidc: 'error', limited: 'warning', none: 'info' } as const;

const CONSEQUENCES = {
  oidc: ': it works from anywhere until it is replaced, though the provider takes an OIDC token of this job',
  limited: ': it works from anywhere until it is replaced',
  none: ', for which no keyless login is known',
} as const;
