import { Option } from 'commander';
import type { Command } from 'commander';

export interface BaselineCommandOptions {
  readonly prune?: boolean;
  readonly preset?: 'recommended' | 'strict';
  readonly config?: string;
}

export function addBaseline(root: Command): void {
  root
    .command('baseline')
    .description("record today's findings in plimsoll.baseline.json, so that a check reports only new ones")
    .option('--prune', 'take out of it what is mended, and record nothing new')
    .addOption(new Option('--preset <name>', 'the rules to start from').choices(['recommended', 'strict']))
    .option('--config <file>', 'a configuration in place of plimsoll.yaml at the root')
    .action(async (options: BaselineCommandOptions) => {
      const { runBaseline } = await import('./commands/baseline.ts');
      process.exitCode = await runBaseline(options);
    });
}
