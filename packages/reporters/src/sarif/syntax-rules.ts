import type { RuleInfo } from '../input.ts';

const kinds = {
  dockerfile: 'A Dockerfile',
  dockerignore: 'An ignore file',
  workflow: 'A workflow or action',
  manifest: 'A manifest',
  config: 'A configuration of Plimsoll',
};

/** What stands behind findings of no rule: a file that can't be read as what it is. */
export const syntaxRules: readonly RuleInfo[] = Object.entries(kinds).map(([kind, what]) => ({
  id: `syntax/${kind}`,
  summary: `${what} that can't be read as one.`,
  why: 'What can’t be read can’t be checked, and the tools which use the file may refuse it or read it in another way.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: [],
}));
