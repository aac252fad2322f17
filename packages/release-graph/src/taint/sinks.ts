import type { MappedText, NamedValue, Step } from '@plimsoll/documents';

/** A text of a step that is run as a script once its expressions are replaced. */
export interface Sink {
  /** `run`, or the name of the input. */
  readonly name: string;
  readonly text: MappedText;
  readonly language: 'shell' | 'JavaScript' | 'other';
}

interface Row {
  readonly inputs: readonly string[];
  readonly language: Sink['language'];
}

const shell = (...inputs: readonly string[]): Row => ({ inputs, language: 'shell' });
const other = (...inputs: readonly string[]): Row => ({ inputs, language: 'other' });

/** Inputs of actions which are scripts, by the action's name in lower case. */
const table: Readonly<Record<string, Row>> = {
  'actions/github-script': { inputs: ['script'], language: 'JavaScript' },
  'cardinalby/js-eval-action': { inputs: ['expression'], language: 'JavaScript' },
  'satackey/action-js-inline': { inputs: ['script'], language: 'JavaScript' },
  'azure/cli': shell('inlineScript'),
  'azure/powershell': shell('inlineScript'),
  'amadevus/pwsh-script': shell('script'),
  'appleboy/ssh-action': shell('script'),
  'fifsky/ssh-action': shell('command'),
  'garygrossgarten/github-action-ssh': shell('command'),
  'd3rhase/ssh-command-action': shell('command'),
  'google-github-actions/ssh-compute': shell('command', 'script'),
  'addnab/docker-run-action': shell('run', 'options'),
  'nick-fields/retry': shell('command', 'on_retry_command', 'new_command_on_retry'),
  'nick-invision/retry': shell('command', 'on_retry_command', 'new_command_on_retry'),
  'wandalen/wretry.action': shell('command'),
  'cypress-io/github-action': shell('command', 'build', 'start', 'install-command', 'command-prefix'),
  'cloudflare/wrangler-action': shell('command', 'preCommands', 'postCommands'),
  'jannekem/run-python-script-action': other('script'),
  'mikefarah/yq': shell('cmd'),
  'sergeysova/jq-action': shell('cmd'),
  'paambaati/codeclimate-action': shell('coverageCommand'),
  'uraimo/run-on-arch-action': shell('run', 'install', 'setup'),
  'vmactions/freebsd-vm': shell('run', 'prepare'),
  'cross-platform-actions/action': shell('run'),
  'pguyot/arm-runner-action': shell('commands'),
  'gacts/run-and-post-run': shell('run', 'post'),
  'borales/actions-yarn': shell('cmd'),
  'devcontainers/ci': shell('runCmd'),
  'reactivecircus/android-emulator-runner': shell('script', 'pre-emulator-launch-script'),
};

/** What a step runs as a script. */
export function sinksOf(step: Step): readonly Sink[] {
  if (step.run) return [{ name: 'run', text: step.run.text, language: languageOf(step) }];
  const { uses } = step;
  if (uses?.target !== 'action') return [];
  const row = table[`${uses.owner ?? ''}/${uses.repository ?? ''}`.toLowerCase()];
  return step.with
    .filter((one) => takes(row, one))
    .map(({ name, text }) => ({ name, text, language: row?.language ?? 'other' }));
}

function takes(row: Row | undefined, { name }: NamedValue): boolean {
  return row?.inputs.some((input) => input.toLowerCase() === name.toLowerCase()) ?? false;
}

function languageOf({ shell: given }: Step): Sink['language'] {
  const word = given?.value.trim().split(/\s/, 1)[0] ?? '';
  if (/^(?:node|deno|bun)$/.test(word)) return 'JavaScript';
  return /^(?:python3?|ruby|perl)$/.test(word) ? 'other' : 'shell';
}

/** `const title = ${{ toJSON(…) }};`: JSON is a literal of the language, where it stands outside of quotes. */
export function isLiteral({ text: { text }, language }: Sink, start: number, end: number, expression: string): boolean {
  if (language === 'shell' || !/^\s*toJSON\s*\(/i.test(expression)) return false;
  const before = text.slice(Math.max(0, start - 200), start).trimEnd();
  return /(?:^|[=(:,[?+{;&|]|\breturn)$/.test(before) && /^\s*(?:$|[;,)\]}.:?\n])/.test(text.slice(end, end + 200));
}
