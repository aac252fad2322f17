import { defineRule } from '@plimsoll/core';
import type { AlwaysTrue } from '@plimsoll/core';

export const alwaysTrueCondition = defineRule({
  id: 'lane/always-true-condition',
  summary: 'An `if:` can never be false.',
  why: 'The step or job runs on every event, though its author wrote down when it must not.',
  limits:
    'A condition that says so itself, such as always() or true, is not reported; nor one that is only always true for the events of its workflow.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['GitHub: Evaluate expressions in workflows and actions'],
  visits: 'condition',
  examples: {
    bad: [
      {
        '.github/workflows/release.yml':
          "on: push\njobs:\n  image:\n    if: «|»\n      ${{ github.ref == 'refs/heads/main' }}\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make push\n",
      },
      {
        '.github/workflows/release.yml':
          "on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - if: «github.ref == 'refs/heads/main' && ${{ github.actor != 'bot' }}»\n        run: make push\n",
      },
      {
        '.github/workflows/release.yml':
          'on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps: [{ run: make test }]\n  image:\n    needs: test\n    if: «!failure()»\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make push\n',
      },
    ],
    good: [
      {
        '.github/workflows/release.yml':
          "on: push\njobs:\n  image:\n    if: >-\n      ${{ github.ref == 'refs/heads/main' }}\n    runs-on: ubuntu-24.04\n    steps:\n      - if: |\n          github.event_name == 'push' &&\n          github.actor != 'bot'\n        run: make push\n      - if: ${{ !cancelled() }}\n        run: make report\n",
      },
    ],
  },
  check({ alwaysTrue }, report) {
    if (!alwaysTrue) return;
    const { range, meant } = alwaysTrue;
    report({ at: range, message: messageOf(alwaysTrue), help: helpFor(alwaysTrue, meant) });
  },
});

function messageOf({ kind }: AlwaysTrue): string {
  switch (kind) {
    case 'space':
      return 'This condition is always true: a line break or a space stands beside ${{ }}, so the result is a text, and a text that is not empty is true';
    case 'text':
      return 'This condition is always true: text stands beside ${{ }}, so the whole is a text, and a text that is not empty is true';
    case 'tag':
      return 'This condition is always true: YAML takes what begins with an unquoted ! for a tag, so the condition is empty';
    case 'operand':
      return 'This condition is always true: one side of || is';
    case 'exclusion':
      return 'This condition is always true: whatever the value is, it differs from one of the two';
  }
}

function helpFor({ kind }: AlwaysTrue, meant: string): string {
  switch (kind) {
    case 'space':
    case 'text':
      return `Write it without ${'${{ }}'}: if: ${quoted(meant)}`;
    case 'tag':
      return `Write if: ${meant}`;
    case 'operand':
      return 'Compare each side: a == x || a == y';
    case 'exclusion':
      return 'Join them with &&: a != x && a != y';
  }
}

function quoted(meant: string): string {
  return meant.startsWith('!') || meant.startsWith("'") || meant.includes(': ') ? `\${{ ${meant} }}` : meant;
}
