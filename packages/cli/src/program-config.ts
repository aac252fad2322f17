import { Option } from 'commander';
import type { Command } from 'commander';

export interface ConfigCommandOptions {
  readonly preset?: 'recommended' | 'strict';
  readonly config?: string;
}

export function addConfig(root: Command): void {
  root
    .command('config')
    .argument('[path]', 'a file or folder of the repository; the current folder where none is given')
    .description('say which settings hold for a path, and which file says so')
    .addOption(new Option('--preset <name>', 'the rules to start from').choices(['recommended', 'strict']))
    .option('--config <file>', 'a configuration in place of plimsoll.yaml at the root')
    .action(async (path: string | undefined, options: ConfigCommandOptions) => {
      const { runConfig } = await import('./commands/config.ts');
      process.exitCode = runConfig(path, options);
    });
}
