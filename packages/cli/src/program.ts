import { Command, InvalidArgumentError, Option } from 'commander';
import { addGraph } from './program-graph.ts';
import { addBaseline } from './program-baseline.ts';
import { addConfig } from './program-config.ts';
import { addMerge } from './program-merge.ts';
import { addPermissions } from './program-permissions.ts';
import { addShips } from './program-ships.ts';
import { version } from './version.ts';

/** The command line: its commands, options and help. Each command is loaded when it is called. */
export function program(): Command {
  const root = new Command('plimsoll')
    .description(
      'May this release leave port? Checks what a repository releases: by whom, named how, with which proof.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ showGlobalOptions: true })
    .option('--no-color', 'no colours, whatever the terminal can do')
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', EXIT_CODES);
  addCheck(root);
  addShips(root);
  addGraph(root);
  addPermissions(root);
  addConfig(root);
  addBaseline(root);
  addMerge(root);
  root
    .command('rules')
    .description('list the rules, with their level and the presets that hold them')
    .action(async () => {
      const { listRules } = await import('./commands/rules.ts');
      process.stdout.write(listRules());
    });
  root
    .command('explain')
    .argument('<rule>', 'the id of a rule, such as identity/latest-tag')
    .description('say what a rule finds, why it matters, and what to write instead')
    .action(async (id: string) => {
      const { explain } = await import('./commands/explain.ts');
      const { text, exitCode } = explain(id);
      (exitCode === 0 ? process.stdout : process.stderr).write(text);
      process.exitCode = exitCode;
    });
  for (const command of root.commands) command.exitOverride();
  return root;
}

const EXIT_CODES = `
Exit codes:
  0  clean
  1  findings at or above --fail-on
  2  the command or the configuration is wrong
  3  something could not be checked`;

/** One `--format NAME[=FILE]`. */
export interface OutputFormat {
  readonly name: 'text' | 'sarif' | 'json' | 'github' | 'markdown' | 'junit' | 'gitlab';
  /** Where it is written; standard output where undefined. */
  readonly file?: string;
}

const FORMATS: readonly OutputFormat['name'][] = ['text', 'sarif', 'json', 'github', 'markdown', 'junit', 'gitlab'];

function addCheck(root: Command): void {
  root
    .command('check')
    .argument('[paths...]', 'report only what is in these files and folders; linked files are still read')
    .description('check a repository')
    .addOption(new Option('--preset <name>', 'the rules to start from').choices(['recommended', 'strict']))
    .addOption(
      new Option('--fail-on <level>', 'the lowest level that makes the exit code 1')
        .choices(['error', 'warning', 'info'])
        .default('error'),
    )
    .option(
      '--format <name[=file]>',
      `${FORMATS.join(', ')}; may be given several times (default: text)`,
      addFormat,
      [] as OutputFormat[],
    )
    .option('--config <file>', 'a configuration in place of plimsoll.yaml at the root')
    .option('-q, --quiet', 'print nothing when there is nothing to tell: no finding, and all was checked')
    .option('--no-cache', 'search all that ships for credentials, also what held none in an earlier check')
    .option('--staged', 'check what is staged, not what is on the disk: for a commit hook')
    .option(
      '--since <revision>',
      'only findings that this change brings: those which the revision, where the change left it, did not have',
    )
    .option('--no-baseline', 'report also what plimsoll.baseline.json records')
    .option(
      '--no-suppressions',
      'report also what comments, `ignore`, switched-off rules and the baseline suppress: for an audit',
    )
    .option('--category <name>', 'the category of a SARIF upload, where a repository has several')
    .option('--include-suppressed', 'put suppressed findings into SARIF too, which GitHub shows as open alerts')
    .action(async (paths: string[], options: CheckCommandOptions, command: Command) => {
      const { runCheck } = await import('./commands/check.ts');
      const { color } = command.optsWithGlobals<{ color: boolean }>();
      process.exitCode = await runCheck(paths, options, { color });
    });
}

export interface CheckCommandOptions {
  readonly preset?: 'recommended' | 'strict';
  readonly failOn: 'error' | 'warning' | 'info';
  readonly format: readonly OutputFormat[];
  readonly config?: string;
  readonly category?: string;
  readonly includeSuppressed?: boolean;
  readonly cache: boolean;
  readonly quiet?: boolean;
  readonly staged?: boolean;
  readonly since?: string;
  readonly baseline: boolean;
  readonly suppressions: boolean;
}

function addFormat(text: string, before: readonly OutputFormat[]): OutputFormat[] {
  const [given = '', ...rest] = text.split('=');
  const name = FORMATS.find((f) => f === given);
  if (!name) throw new InvalidArgumentError(`It is one of ${FORMATS.join(', ')}.`);
  const file = rest.join('=');
  if (rest.length > 0 && file === '') throw new InvalidArgumentError('A file is missing behind "=".');
  const clash = before.find((f) => f.file === (file || undefined));
  if (clash) throw new InvalidArgumentError(`${clash.name} goes to ${file || 'standard output'} already.`);
  return [...before, { name, ...(file && { file }) }];
}
