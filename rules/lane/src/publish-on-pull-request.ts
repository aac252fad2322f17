import { defineRule, formatList } from '@plimsoll/core';
import type { PullRequestRelease } from '@plimsoll/core';

export const publishOnPullRequest = defineRule({
  id: 'lane/publish-on-pull-request',
  summary: 'A pull request pushes, releases or deploys.',
  why: 'Code that nobody has reviewed goes out under the name of the project; whoever opens a pull request decides what it is.',
  limits:
    'A condition that is only known in the run, such as an output of a step, counts as a guard, unless it says which files changed. A test in a shell script counts as one too. Registries on localhost are not judged.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['GitHub: Secure use reference', 'SLSA v1.1: threats to the build'],
  visits: 'pullRequestRelease',
  examples: {
    bad: [
      {
        '.github/workflows/image.yml':
          'on: [push, pull_request]\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          push: «true»\n          tags: ghcr.io/acme/api:${{ github.sha }}\n',
        Dockerfile: 'FROM scratch\n',
      },
      {
        '.github/workflows/ci.yml':
          'on: pull_request\njobs:\n  image:\n    uses: ./.github/workflows/image.yml\n    with:\n      push: «true»\n',
        '.github/workflows/image.yml':
          'on:\n  workflow_call:\n    inputs: { push: { type: boolean } }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          push: ${{ inputs.push }}\n          tags: ghcr.io/acme/api:${{ github.sha }}\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
    good: [
      {
        '.github/workflows/image.yml':
          "on: [push, pull_request]\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          push: ${{ github.event_name != 'pull_request' }}\n          tags: ghcr.io/acme/api:${{ github.sha }}\n",
        Dockerfile: 'FROM scratch\n',
      },
      {
        '.github/workflows/image.yml':
          "on: [push, pull_request]\njobs:\n  image:\n    if: github.event_name == 'push' || github.event.pull_request.head.repo.full_name == github.repository\n    runs-on: ubuntu-24.04\n    steps:\n      - run: docker build -t ghcr.io/acme/api:1.0.0 .\n      - run: docker push ghcr.io/acme/api:1.0.0\n",
        Dockerfile: 'FROM scratch\n',
      },
    ],
  },
  check(release, report) {
    const { at, range, triggers, privileged } = release;
    const target = triggers.find(({ label }) => label === 'pull_request_target');
    const event = (target ?? triggers[0])?.label ?? 'pull_request';
    report({
      at,
      message: `${subjectOf(release)} by a run of ${event}${privileged ? ', which has the secrets and the token of the repository' : ''}: ${privileged ? 'anyone can open a pull request' : 'nobody has reviewed what goes out'}`,
      help: helpFor(release),
      related: [
        ...triggers.map((trigger) => ({ at: trigger.at, label: 'pull requests start it' })),
        ...(range.file === at.file && range.start === at.start ? [] : [{ at: range, label: 'it goes out here' }]),
      ],
      severity: privileged ? 'error' : 'warning',
    });
  },
});

function subjectOf({ does, what }: PullRequestRelease): string {
  const known = what.filter((name) => !name.includes('$'));
  const named = known.length === 0 ? '' : formatList(known, 3);
  const are = known.length > 1 ? 'are' : 'is';
  switch (does) {
    case 'push':
      return named === '' ? 'An image is pushed' : `${named} ${are} pushed`;
    case 'publish':
      return named === '' ? 'A package is published' : `${named} ${are} published`;
    case 'release':
      return `A release is made (${named})`;
    case 'deploy':
      return `A deployment is made (${named})`;
  }
}

function helpFor({ by, triggers }: PullRequestRelease): string {
  const [first] = triggers;
  const other =
    triggers.length > 1
      ? "!startsWith(github.event_name, 'pull_request')"
      : `github.event_name != '${first?.label ?? 'pull_request'}'`;
  switch (by) {
    case 'push':
    case 'input':
      return `Write \${{ ${other} }} here, so that a pull request only builds`;
    case 'outputs':
      return `Write type=image,push=\${{ ${other} }} in the place of what pushes here, so that a pull request only builds`;
    case 'step':
      return `Give the step or its job "if: \${{ ${other} }}", or move it to a workflow that pull requests do not start`;
  }
}
