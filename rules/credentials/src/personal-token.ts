import { defineRule, formatList } from '@plimsoll/core';

export const personalToken = defineRule({
  id: 'credentials/personal-token',
  summary: 'A stored token of a person is used where the token of the run does.',
  why: 'A personal access token works from anywhere, in all repositories of its owner, until it expires or its owner leaves. GITHUB_TOKEN works in this repository, for this job, with the scopes that the job declares.',
  limits:
    'Told where what the step does is known, and GITHUB_TOKEN can do it: not where other workflows wait for what it creates (pushes, pull requests, releases), nor for another repository. Whether a package on ghcr.io belongs to another owner is not known.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['strict'],
  references: ['GitHub: Use GITHUB_TOKEN in workflows', 'GitHub: Publishing packages with GitHub Actions'],
  visits: 'personalToken',
  examples: {
    bad: [
      {
        '.github/workflows/image.yml':
          'on: push\npermissions: { packages: write }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/login-action@v4\n        with:\n          registry: ghcr.io\n          username: jane-doe\n          «password: ${{ secrets.CR_PAT }}»\n',
      },
      {
        '.github/workflows/triage.yml':
          'on: { schedule: [{ cron: "0 3 * * *" }] }\npermissions: {}\njobs:\n  stale:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: gh issue close 1\n        env:\n          «GH_TOKEN: ${{ secrets.BOT_TOKEN }}»\n          GH_REPO: ${{ github.repository }}\n',
      },
    ],
    good: [
      {
        '.github/workflows/image.yml':
          'on: push\npermissions: { packages: write }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/login-action@v4\n        with:\n          registry: ghcr.io\n          username: ${{ github.actor }}\n          password: ${{ secrets.GITHUB_TOKEN }}\n',
      },
    ],
  },
  check({ range, secret, does, needs }, report) {
    report({
      at: range,
      message: `${secret.text} is a stored token, where the token of the run does: ${does}`,
      help: `Take "\${{ secrets.GITHUB_TOKEN }}" and grant the job ${formatList(needs.map((need) => `"${need}"`))}; for another repository a token of a GitHub App`,
    });
  },
});
