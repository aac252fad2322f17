import { defineRule } from '@plimsoll/core';

export const untrustedRunner = defineRule({
  id: 'lane/untrusted-runner',
  summary: 'A publishing job runs on a self-hosted machine that pull requests reach too.',
  why: 'A self-hosted machine keeps what a job leaves on it. Code of a pull request that ran there once can change the tools with which the next release is built.',
  limits:
    'A machine is known to be self-hosted by the label `self-hosted` alone: other labels and groups may be larger runners of GitHub or of a vendor. Whether a machine is thrown away after each job is not to be seen in a workflow.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['GitHub: Secure use reference, hardening for self-hosted runners', 'zizmor: self-hosted-runner'],
  visits: 'untrustedRunner',
  examples: {
    bad: [
      {
        '.github/workflows/image.yml':
          "on: [push, pull_request]\npermissions: { packages: write }\njobs:\n  image:\n    runs-on: «[self-hosted, linux]»\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          push: ${{ github.event_name == 'push' }}\n          tags: ghcr.io/acme/app:v1\n",
        Dockerfile: 'FROM scratch\n',
      },
      {
        '.github/workflows/bench.yml':
          'on: issue_comment\njobs:\n  bench:\n    runs-on: «${{ github.event.comment.body }}»\n    steps:\n      - run: ./bench.sh\n',
      },
    ],
    good: [
      {
        '.github/workflows/image.yml':
          "on: [push, pull_request]\npermissions: { packages: write }\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps: [{ run: make test }]\n  image:\n    if: github.event_name == 'push'\n    runs-on: [self-hosted, linux]\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/app:v1\n",
        Dockerfile: 'FROM scratch\n',
      },
    ],
  },
  check({ range, origin, runner, publishes, by }, report) {
    const job = origin.job?.id ?? '';
    if (by.kind === 'input') {
      report({
        at: range,
        message: `The machine of job ${job} is chosen by ${by.text.what} (${by.text.path}), which anyone can write: it can name any runner of the repository`,
        help: "Write the labels down, or choose among literals: ${{ condition && 'ubuntu-24.04' || 'ubuntu-24.04-arm' }}",
      });
      return;
    }
    report({
      at: range,
      message: `Job ${job} publishes from ${runner}, a machine on which pull requests run too: what one of them leaves there gets into the next release`,
      help: `Publish on a runner that GitHub hosts, or on one that no pull request reaches: give job ${job} "if: github.event_name != 'pull_request'", and machines of its own`,
      related: [by.at, ...(publishes ? [publishes] : [])],
    });
  },
});
