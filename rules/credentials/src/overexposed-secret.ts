import { defineRule, formatList } from '@plimsoll/core';

export const overexposedSecret = defineRule({
  id: 'credentials/overexposed-secret',
  summary: 'A secret is given to more steps or workflows than use it.',
  why: 'Each step of a job reads its environment: a test, an install script of a dependency, a third action. One of them that turns bad takes every secret along that it can see.',
  limits:
    'A variable is told where one step uses it, by its name, by a tool that is known to read it, or by a script of the repository that names it. Variables which builds read by themselves (`TURBO_TOKEN`, `SENTRY_AUTH_TOKEN`, `DATABASE_URL`), and those that an `if:` asks for, are not told. The run’s own GITHUB_TOKEN is no such secret.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['GitHub: Secure use reference', 'GitHub: Reuse workflows, passing secrets'],
  visits: 'secretExposure',
  examples: {
    bad: [
      {
        '.github/workflows/nightly.yml':
          'on: push\npermissions: {}\njobs:\n  sync:\n    runs-on: ubuntu-24.04\n    env:\n      «STORE_TOKEN: ${{ secrets.STORE_TOKEN }}»\n    steps:\n      - run: npm ci\n      - run: curl -H "X-Key:$STORE_TOKEN" https://store.example/sync\n',
      },
      {
        '.github/workflows/ci.yml':
          'on: push\npermissions: {}\njobs:\n  scan:\n    uses: acme/workflows/.github/workflows/scan.yml@v1\n    «secrets: inherit»\n',
      },
      {
        '.github/workflows/deploy.yml':
          'on: push\npermissions: {}\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: acme/deploy@v1\n        with:\n          secrets: «${{ toJSON(secrets) }}»\n',
      },
    ],
    good: [
      {
        '.github/workflows/nightly.yml':
          'on: push\npermissions: {}\njobs:\n  sync:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: npm ci\n      - run: curl -H "X-Key:$STORE_TOKEN" https://store.example/sync\n        env:\n          STORE_TOKEN: ${{ secrets.STORE_TOKEN }}\n',
      },
      {
        '.github/workflows/ci.yml':
          'on: push\npermissions: {}\njobs:\n  scan:\n    uses: acme/workflows/.github/workflows/scan.yml@v1\n    secrets:\n      scanner-key: ${{ secrets.SCANNER_KEY }}\n',
      },
    ],
  },
  check({ kind, range, name, secrets, user, reach, declared }, report) {
    if (kind === 'env') {
      report({
        at: range,
        message: `${formatList(secrets.map(({ text }) => text))} is in the environment of every step of the ${reach ?? 'job'}, and one step uses it`,
        help: `Move "${name}" into the "env:" of that step`,
        related: user ? [user] : [],
      });
      return;
    }
    if (kind === 'inherit') {
      report({
        at: range,
        message: `${name} gets every secret of this repository and its organisation`,
        help: declared?.length
          ? `Hand over what it declares: ${declared.map((one) => `"${one}: \${{ secrets.${toName(one)} }}"`).join(', ')}`
          : 'Declare the secrets that it needs below "on: workflow_call: secrets:", and hand over those',
      });
      return;
    }
    report({
      at: range,
      message: 'Every secret of this repository and its organisation is handed over as one text',
      help: 'Name the secrets that are needed, one variable or input each',
    });
  },
});

function toName(secret: string): string {
  return secret.toUpperCase().replaceAll('-', '_');
}
