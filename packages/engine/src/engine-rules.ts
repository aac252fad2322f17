import type { Rule } from '@plimsoll/core';

/** What the engine itself reports, as reports and settings know rules. */
export type EngineRule = Pick<
  Rule,
  'id' | 'summary' | 'why' | 'since' | 'severity' | 'presets' | 'references' | 'options'
> & {
  readonly limits?: string;
};

/** The rules that always run: what cannot be read, and suppressions that do not do what they seem to. */
export const engineRules: readonly EngineRule[] = [
  ...(
    [
      ['syntax/dockerfile', 'A Dockerfile cannot be read as it stands.'],
      ['syntax/dockerignore', 'An ignore file cannot be read as it stands.'],
      ['syntax/workflow', 'A workflow or an action cannot be read as it stands.'],
      ['syntax/manifest', 'A manifest cannot be read as it stands.'],
    ] as const
  ).map(([id, summary]) =>
    engineRule(id, summary, 'What cannot be read cannot be judged: no finding there proves nothing.', 'error'),
  ),
  engineRule(
    'syntax/config',
    'The configuration is not valid.',
    'A setting that is misspelt has no effect, and nobody would notice. The exit code is 2.',
    'error',
  ),
  engineRule(
    'syntax/suppression',
    'A suppression is not valid, or has expired.',
    'It suppresses nothing. One without a reason, or for a rule that does not exist, hides a mistake.',
    'warning',
  ),
  engineRule(
    'syntax/unused-suppression',
    'A suppression suppresses nothing.',
    'What is left behind would hide the next finding, which nobody decided on.',
    'info',
  ),
];

/** These speak of suppressions and settings themselves, so neither can silence them at their place. */
export const UNSUPPRESSIBLE: readonly string[] = ['syntax/config', 'syntax/suppression', 'syntax/unused-suppression'];

function engineRule(id: string, summary: string, why: string, severity: EngineRule['severity']): EngineRule {
  return {
    id,
    summary,
    why,
    severity,
    since: '0.1.0',
    presets: ['recommended', 'strict'],
    references: [],
    options: {},
  };
}
