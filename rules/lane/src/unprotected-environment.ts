import { defineRule } from '@plimsoll/core';

export const unprotectedEnvironment = defineRule({
  id: 'lane/unprotected-environment',
  summary: 'A job deploys and names no environment.',
  why: 'An environment is where GitHub keeps who must approve, which branches may deploy, and the secrets that only such a job gets. Without one, every run that reaches the job deploys.',
  limits:
    'What protects an environment is set in the repository and not seen here. Clusters that a job makes for its tests are left out.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['strict'],
  references: [
    'GitHub: Managing environments for deployment',
    'OWASP CICD-SEC-1: Insufficient flow control mechanisms',
  ],
  visits: 'deployment',
  examples: {
    bad: [
      {
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  «production»:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: kubectl set image deployment/api "api=ghcr.io/acme/api@$DIGEST"\n',
      },
    ],
    good: [
      {
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  production:\n    runs-on: ubuntu-24.04\n    environment: production\n    steps:\n      - run: kubectl set image deployment/api "api=ghcr.io/acme/api@$DIGEST"\n',
      },
    ],
  },
  check({ environment, how, origin, range }, report) {
    const { job } = origin;
    if (!job || environment) return;
    report({
      at: job.idRange,
      message: `Job ${job.id} deploys with ${how} and names no environment: nothing holds it back, and each of its secrets is one of the whole repository`,
      help: `Add to it "environment: production", with rules on who may deploy from where`,
      related: [{ at: range, label: how }],
      same: job.id,
    });
  },
});
