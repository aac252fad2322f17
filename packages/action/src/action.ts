import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readInputs } from './inputs.ts';
import type { Inputs } from './inputs.ts';
import { uploadSarif } from './upload.ts';

/** What an action finds around it. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runs the command with these arguments in a folder; gives its exit code. */
  check(this: void, args: readonly string[], cwd: string): number;
  send(this: void, url: string, init: RequestInit): Promise<Pick<Response, 'ok' | 'status' | 'text'>>;
  /** Writes a line to the log, in which GitHub reads commands. */
  say(this: void, line: string): void;
}

/**
 * Checks the repository as the inputs say, and tells the outcome to GitHub: annotations, the summary of the job, outputs, and
 * SARIF where that is permitted. Returns the exit code of the check, whatever became of the reports; 2 for wrong inputs.
 */
export async function runAction(around: Surroundings): Promise<number> {
  const { env, say } = around;
  const inputs = readInputs(env);
  if ('faults' in inputs) {
    for (const fault of inputs.faults) say(`::error title=plimsoll::${escaped(fault)}`);
    return 2;
  }
  const folder = mkdtempSync(join(env['RUNNER_TEMP'] ?? tmpdir(), 'plimsoll-'));
  const files = {
    sarif: inputs.sarifFile === undefined ? join(folder, 'plimsoll.sarif') : resolve(inputs.folder, inputs.sarifFile),
    json: join(folder, 'report.json'),
    markdown: join(folder, 'summary.md'),
  };
  const exitCode = around.check(argumentsOf(inputs, files), inputs.folder);
  const counts = readCounts(files.json);
  // Nothing was written where the command itself is wrong; it said so in the log.
  if (!counts) return exitCode === 0 ? 3 : exitCode;
  summarise(files.markdown, env['GITHUB_STEP_SUMMARY']);
  output(env['GITHUB_OUTPUT'], { ...counts, 'sarif-file': files.sarif, 'exit-code': String(exitCode) });
  const upload = await uploadSarif(around, inputs, files.sarif);
  if (upload.state === 'sent') say('SARIF was uploaded to code scanning');
  if (upload.state === 'skipped')
    say(`::notice title=plimsoll::${escaped(`SARIF was not uploaded: ${upload.reason}`)}`);
  if (upload.state === 'failed') {
    say(`::error title=plimsoll::${escaped(`SARIF could not be uploaded: ${upload.reason}`)}`);
    return exitCode === 0 ? 3 : exitCode;
  }
  return exitCode;
}

function argumentsOf(
  inputs: Inputs,
  files: Readonly<Record<'sarif' | 'json' | 'markdown', string>>,
): readonly string[] {
  const { paths, preset, failOn, config, since, category } = inputs;
  return [
    'check',
    ...['github', `sarif=${files.sarif}`, `json=${files.json}`, `markdown=${files.markdown}`].flatMap((format) => [
      '--format',
      format,
    ]),
    ...option('--preset', preset),
    ...option('--fail-on', failOn),
    ...option('--config', config),
    ...option('--since', since),
    ...option('--category', category),
    ...(paths.length > 0 ? ['--', ...paths] : []),
  ];
}

/** One word, so that no value is taken for an option. */
function option(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [`${name}=${value}`];
}

/** Undefined where no report was written. */
function readCounts(path: string): Readonly<Record<'findings' | 'errors' | 'warnings' | 'infos', string>> | undefined {
  try {
    const { summary } = JSON.parse(readFileSync(path, 'utf8')) as {
      summary: Readonly<Record<'errors' | 'warnings' | 'infos', number>>;
    };
    const { errors, warnings, infos } = summary;
    return {
      findings: String(errors + warnings + infos),
      errors: String(errors),
      warnings: String(warnings),
      infos: String(infos),
    };
  } catch {
    return undefined;
  }
}

function summarise(from: string, to: string | undefined): void {
  if (to) appendFileSync(to, `${readFileSync(from, 'utf8')}\n`);
}

/** The values hold no line end: they are numbers, and a path of the runner. */
function output(file: string | undefined, values: Readonly<Record<string, string>>): void {
  if (!file) return;
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value.replaceAll(/[\r\n]/g, ' ')}\n`);
  appendFileSync(file, lines.join(''));
}

/** As the runner decodes the message of a command. */
export function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
