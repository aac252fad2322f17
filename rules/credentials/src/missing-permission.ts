import { defineRule, formatList } from '@plimsoll/core';

export const missingPermission = defineRule({
  id: 'credentials/missing-permission',
  summary: 'A step needs a scope of GITHUB_TOKEN that its job is not granted.',
  why: 'The step fails, mostly in the middle of a release: the image is pushed, and its attestation is not. Whoever mends it in a hurry grants too much.',
  limits:
    'Where no permissions are declared, the default of the repository decides: there only `id-token` is known to be missing. A step that is given a personal or an App token needs no scope.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['GitHub: Assigning permissions to jobs'],
  visits: 'stepPermissions',
  examples: {
    bad: [
      {
        '.github/workflows/release.yml':
          'on: push\npermissions:\n  contents: read\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    permissions:\n      id-token: write\n    steps:\n      - uses: «actions/attest@v4»\n        with:\n          subject-path: dist/app.tgz\n',
      },
    ],
    good: [
      {
        '.github/workflows/release.yml':
          'on: push\npermissions:\n  contents: read\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    permissions:\n      id-token: write\n      attestations: write\n    steps:\n      - uses: actions/attest@v4\n        with:\n          subject-path: dist/app.tgz\n',
      },
    ],
  },
  check({ needs }, report) {
    const [first] = needs;
    const missing = needs.filter((need) => need.granted === 'no');
    if (missing.length === 0) return;
    const scopes = [...new Set(missing.map((need) => `${need.scope}: ${need.level}`))];
    const job = first.origin.job?.id;
    report({
      at: first.range,
      message: `${formatList([...new Set(missing.map((need) => need.by))])} needs ${formatList(scopes)}, which ${job ? `job "${job}"` : 'the job'} is not granted: the step fails`,
      help: `Add ${formatList(scopes.map((s) => `"${s}"`))} to the permissions of ${job ? `job "${job}"` : 'the job'}, beside those that it has`,
      related: missing.flatMap((need) => (need.grant ? [need.grant] : [])).slice(0, 1),
    });
  },
});
