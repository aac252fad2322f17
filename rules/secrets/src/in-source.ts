import { defineRule, sentence } from '@plimsoll/core';

export const inSource = defineRule({
  id: 'secrets/in-source',
  summary: 'A credential stands in the text of a Dockerfile, workflow or manifest.',
  why: 'Whoever can read the repository, or any clone of it, can use it; deleting the line leaves it in the history of Git.',
  limits:
    "Known are the forms of secretlint's recommended preset, in files up to 1 MiB. Passwords for a database on the machine itself, keys of documentation and of test modes are fine.",
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['CWE-798: Use of hard-coded credentials', 'secretlint: @secretlint/secretlint-rule-preset-recommend'],
  visits: 'secretText',
  examples: {
    bad: [
      {
        'compose.yaml':
          'services:\n  api:\n    image: ghcr.io/acme/api\n    environment:\n      DATABASE_URL: «postgres://api:uJ7wq2nVbX4e@db.acme.example:5432/api»\n',
      },
    ],
    good: [
      {
        '.github/workflows/renovate.yml':
          'on: push\npermissions: {}\njobs:\n  renovate:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: npx renovate\n        env: { RENOVATE_TOKEN: "${{ secrets.RENOVATE_TOKEN }}" }\n',
        'compose.yaml':
          'services:\n  api: { image: api, environment: { DB: "postgres://postgres:postgres@db:5432/app" } }\n',
      },
    ],
  },
  check({ range, what, start }, report) {
    report({
      at: range,
      message: `${sentence(what)} (${start}…) stands in this file, for everyone who can read the repository`,
      help: 'Revoke it, and read its successor from the secrets of the place where this runs',
    });
  },
});
