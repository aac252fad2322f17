import { defineRule, formatList } from '@plimsoll/core';

export const excessPermission = defineRule({
  id: 'credentials/excess-permission',
  summary: 'A job is granted a write scope of GITHUB_TOKEN that nothing in it needs.',
  why: 'Whatever runs in the job (an action, a dependency, its install script) can use what the job is granted: to push, to release, to publish.',
  limits:
    'A job is not judged where an action or a script that is not understood can reach the token: github-script, `gh api`, an action outside of the tables. `write-all` is told always. Scopes that are only read are not counted.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: [
    'GitHub: Controlling permissions for GITHUB_TOKEN',
    'Scorecard: Token-Permissions',
    'OWASP CICD-SEC-2: Inadequate identity and access management',
  ],
  visits: 'scopeGrant',
  examples: {
    bad: [
      {
        '.github/workflows/notes.yml':
          'on: { push: { tags: ["v*"] } }\njobs:\n  notes:\n    runs-on: ubuntu-24.04\n    permissions:\n      contents: write\n      «issues: write»\n    steps:\n      - uses: softprops/action-gh-release@v2\n',
      },
      {
        '.github/workflows/release.yml':
          'on: { push: { tags: ["v*"] } }\npermissions:\n  «contents: write»\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: go test ./...\n  notes:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: softprops/action-gh-release@v2\n',
      },
    ],
    good: [
      {
        '.github/workflows/release.yml':
          'on: { push: { tags: ["v*"] } }\npermissions: {}\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: go test ./...\n  notes:\n    runs-on: ubuntu-24.04\n    permissions:\n      contents: write\n    steps:\n      - uses: softprops/action-gh-release@v2\n',
      },
    ],
  },
  check({ scope, range, job, jobs }, report) {
    if (jobs.length === 0) return;
    const unneeded = jobs.filter(({ use }) => use === 'unneeded').map((one) => one.job.id);
    const others = jobs.filter(({ use }) => use !== 'unneeded').map((one) => one.job.id);
    if (scope === 'write-all') {
      report({
        at: range,
        message: `${job ? `Job "${job.id}"` : 'Every job that declares nothing itself'} is granted every scope of GITHUB_TOKEN: what runs in it can push, release and publish`,
        help: 'Name the scopes that are needed: "plimsoll permissions" prints them for each job',
      });
      return;
    }
    if (unneeded.length === 0) return;
    const named = formatList(
      unneeded.map((id) => `"${id}"`),
      MOST_JOBS,
    );
    report({
      at: range,
      message: job
        ? `Job "${job.id}" is granted "${scope}: write", which nothing in it needs`
        : `The workflow grants "${scope}: write", which nothing in ${unneeded.length === 1 ? 'job' : 'jobs'} ${named} needs`,
      help:
        job || others.length === 0
          ? `Leave "${scope}: write" out`
          : `Grant it to ${others.length === 1 ? 'job' : 'jobs'} ${formatList(
              others.map((id) => `"${id}"`),
              MOST_JOBS,
            )} alone: "permissions" of a job replace those of the workflow`,
      related: job
        ? []
        : jobs
            .filter(({ use }) => use === 'unneeded')
            .slice(0, MOST_JOBS)
            .map((one) => ({ at: one.job.idRange, label: `job ${one.job.id} gets it and does not need it` })),
    });
  },
});

const MOST_JOBS = 4;
