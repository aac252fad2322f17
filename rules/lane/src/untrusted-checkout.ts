import { defineRule } from '@plimsoll/core';
import type { UntrustedCheckout } from '@plimsoll/core';

export const untrustedCheckout = defineRule({
  id: 'lane/untrusted-checkout',
  summary: "A run with the repository's rights takes the code of a pull request and runs it.",
  why: "`pull_request_target`, `workflow_run` and `issue_comment` run with the repository's secrets, token and caches, whoever opened the pull request. A build script, a test or a dependency of its head can take them all.",
  limits:
    "Reading the head is no finding: it has to be built, installed or run. Stays quiet behind a condition on the author, a label, an environment, or a step that asks for the author's rights; a label that stays while new commits are pushed is not seen.",
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: [
    'GitHub Security Lab: Preventing pwn requests',
    'Scorecard: Dangerous-Workflow',
    'actions/checkout README: allow-unsafe-pr-checkout',
  ],
  visits: 'untrustedCheckout',
  examples: {
    bad: [
      {
        '.github/workflows/size.yml':
          'on: pull_request_target\npermissions: { pull-requests: write }\njobs:\n  size:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2\n        with:\n          ref: «${{ github.event.pull_request.head.sha }}»\n      - run: npm ci && npm run size\n',
      },
      {
        '.github/workflows/bench.yml':
          "on: issue_comment\npermissions: { contents: write }\njobs:\n  bench:\n    if: ${{ github.event.issue.pull_request && github.event.comment.body == '/bench' }}\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v7\n      - run: |\n          «gh pr checkout ${{ github.event.issue.number }}»\n          make bench\n        env:\n          GH_TOKEN: ${{ github.token }}\n",
      },
    ],
    good: [
      {
        '.github/workflows/size.yml':
          'on: pull_request\npermissions: { contents: read }\njobs:\n  size:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v7\n      - run: npm ci && npm run size\n',
      },
      {
        '.github/workflows/label.yml':
          'on: pull_request_target\npermissions: { pull-requests: write }\njobs:\n  label:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v7\n      - uses: actions/labeler@v6\n',
      },
    ],
  },
  check(code, report) {
    const { range, reach, runs, perhapsRefused } = code;
    if (runs.length === 0) return;
    report({
      at: range,
      severity: perhapsRefused || isConfined(code) ? 'warning' : 'error',
      message: `${subjectOf(code)}, and the job ${consequenceOf(code)}${perhapsRefused ? '. Newer releases of the action refuse this, but its tag moves' : ''}`,
      help: helpFor(code),
      related: [{ at: reach.trigger.range, label: `${reach.event} starts it` }, ...runs],
    });
  },
});

/** It runs in the containers of an image build only. */
function isConfined({ runs }: UntrustedCheckout): boolean {
  return runs.every(({ where }) => where === 'image');
}

function consequenceOf(code: UntrustedCheckout): string {
  const { event } = code.reach;
  const anyone = `anyone who ${event === 'issue_comment' ? 'comments' : 'opens a pull request'}`;
  return isConfined(code)
    ? `builds an image of it with the rights of ${event}: ${anyone} decides what the build runs, and what is in the image`
    : `runs it with the rights of ${event}: ${anyone} can take its secrets, its token and the caches of the default branch`;
}

function subjectOf({ brings, written }: UntrustedCheckout): string {
  switch (brings) {
    case 'checkout':
      return `${written.trim()} is the code of a pull request`;
    case 'command':
      return `"${written}" gets the code of a pull request`;
    case 'artifact':
      return `"${written}" gets files that the run of a pull request made`;
  }
}

function helpFor({ brings, reach }: UntrustedCheckout): string {
  if (brings === 'artifact')
    return 'Download into a folder of its own below ${{ runner.temp }}, and only read what is there: check a number or a path before its use, and run nothing of it';
  if (reach.event === 'issue_comment')
    return 'Let pull_request build and test it, without secrets, or ask for the commenter\'s rights first: if: contains(fromJSON(\'["OWNER", "MEMBER", "COLLABORATOR"]\'), github.event.comment.author_association)';
  return 'Build and test in a workflow on pull_request, which has no secrets, and hand the result to this one as an artifact that it only reads';
}
