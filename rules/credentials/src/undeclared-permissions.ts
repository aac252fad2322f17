import { defineRule } from '@plimsoll/core';

export const undeclaredPermissions = defineRule({
  id: 'credentials/undeclared-permissions',
  summary: 'Neither the workflow nor the job says which permissions its token has.',
  why: 'The setting of the repository or the organisation decides then: it may be write access to everything, and it can change without a diff.',
  limits: 'A workflow that is only called by others gets its permissions from the caller, and is not judged.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['Scorecard: Token-Permissions', 'GitHub: Controlling permissions for GITHUB_TOKEN'],
  visits: 'job',
  examples: {
    bad: [
      {
        '.github/workflows/ci.yml':
          'on: push\njobs:\n  «test»:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: npm test\n',
      },
    ],
    good: [
      {
        '.github/workflows/ci.yml':
          'on: push\npermissions:\n  contents: read\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: npm test\n',
      },
    ],
  },
  check({ workflow, job }, report) {
    if (workflow.permissions || job.permissions) return;
    if (workflow.triggers.length > 0 && workflow.triggers.every(({ event }) => event === 'workflow_call')) return;
    const nothingDeclared = !workflow.jobs.some(({ permissions }) => permissions);
    if (nothingDeclared && job !== workflow.jobs[0]) return;
    const others = nothingDeclared ? workflow.jobs.length - 1 : 0;
    report({
      at: job.idRange,
      message: `Job "${job.id}"${others > 0 ? ` and the ${others === 1 ? 'other job' : `${others} other jobs`} of this workflow say` : ' says'} nothing of permissions: a setting of the repository decides what the token may do, and that can be to write to everything`,
      help: nothingDeclared
        ? 'Write "permissions: { contents: read }" above "jobs:", and give a job more where it needs it'
        : `Write "permissions: { contents: read }" in job "${job.id}", with what else it needs`,
    });
  },
});
