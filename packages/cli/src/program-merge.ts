import type { Command } from 'commander';

export interface MergeCommandOptions {
  readonly output?: string;
  readonly category?: string;
}

/** Adds `merge`: its options and its help. */
export function addMerge(root: Command): void {
  root
    .command('merge')
    .argument('<sarif...>', 'SARIF files that `plimsoll check --format sarif=…` wrote')
    .description('make one SARIF file of many, each finding once, in the same order whatever the order of the files')
    .option('--output <file>', 'write to a file in place of standard output')
    .option('--category <name>', 'the category of the upload, in place of that of the files')
    .addHelpText('after', SPLIT)
    .action(async (files: string[], options: MergeCommandOptions) => {
      const { runMerge } = await import('./commands/merge.ts');
      process.exitCode = runMerge(files, options);
    });
}

const SPLIT = `
What a check of the whole tells once for several folders, a root without an ignore file, the check of each part tells.
The exit code tells whether the files could be merged, not what they hold: a check that wrote one has told that.`;
