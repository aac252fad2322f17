import { defineRule } from '@plimsoll/core';

export const unscopedAppToken = defineRule({
  id: 'credentials/unscoped-app-token',
  summary: 'A token of a GitHub App is made for all repositories and permissions of its installation.',
  why: 'Whatever gets hold of the token can do in every repository of the owner what the App was ever granted.',
  limits:
    'Told of actions/create-github-app-token, where `owner` is given with neither `repositories` nor a `permission-…`.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['strict'],
  references: ['actions/create-github-app-token README'],
  visits: 'step',
  examples: {
    bad: [
      {
        '.github/workflows/nightly.yml':
          'on: push\npermissions: {}\njobs:\n  issues:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: «actions/create-github-app-token@v2»\n        with:\n          app-id: ${{ vars.APP_ID }}\n          private-key: ${{ secrets.APP_KEY }}\n          owner: acme\n',
      },
    ],
    good: [
      {
        '.github/workflows/nightly.yml':
          'on: push\npermissions: {}\njobs:\n  issues:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/create-github-app-token@v2\n        with:\n          app-id: ${{ vars.APP_ID }}\n          private-key: ${{ secrets.APP_KEY }}\n          owner: acme\n          repositories: tracker\n          permission-issues: write\n',
      },
    ],
  },
  check({ step: { uses, with: inputs } }, report) {
    if (
      uses?.target !== 'action' ||
      `${uses.owner ?? ''}/${uses.repository ?? ''}`.toLowerCase() !== 'actions/create-github-app-token'
    )
      return;
    const given = (name: string) =>
      inputs.some((input) => input.name.toLowerCase() === name && input.value.trim() !== '');
    const scoped = inputs.some(
      ({ name, value }) => name.toLowerCase().startsWith('permission-') && value.trim() !== '',
    );
    if (!given('owner') || given('repositories') || scoped) return;
    report({
      at: uses.range,
      message: 'The token works in all repositories of the owner, with every permission of the App',
      help: 'Write "repositories:" with the names that are needed, and "permission-…:" for each permission (such as "permission-issues: write")',
    });
  },
});
