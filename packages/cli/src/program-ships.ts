import { Option } from 'commander';
import type { Command } from 'commander';

export interface ShipsCommandOptions {
  readonly context?: string;
  readonly target?: string;
  readonly buildArg?: readonly string[];
  readonly format?: 'text' | 'tree' | 'paths' | 'json';
  readonly why?: string;
  readonly worktree?: boolean;
  readonly update?: boolean;
  readonly propose?: boolean;
}

/** Adds `ships`: its options and its help. */
export function addShips(root: Command): void {
  root
    .command('ships')
    .argument('[Dockerfile]', 'the Dockerfile, or its folder; without it each build that the repository declares')
    .description('say which files of the repository an image carries, and why')
    .option('--context <folder>', 'the build context, in place of what the repository says')
    .option('--target <stage>', 'the stage that is built; the last one by default')
    .option(
      '--build-arg <name=value>',
      'as for docker build; may be given several times',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .addOption(
      new Option('--format <name>', 'text sums up, tree shows sizes, paths lists the files of the image').choices([
        'text',
        'tree',
        'paths',
        'json',
      ]),
    )
    .option(
      '--why <path>',
      'say which COPY and which ignore pattern let a path in or kept it out; the path is one of the repository, or of the image (/app/a.txt)',
    )
    .option('--worktree', 'answer for all that is on the disk, not for what Git has or would take')
    .option(
      '--update',
      'write the recorded list, plimsoll.ships.txt beside the Dockerfile, which packaging/drift compares with',
    )
    .option('--propose', 'print the smallest ignore file and contract that let in what the Dockerfile and its app need')
    .addHelpText('after', CONTEXT)
    .action(async (dockerfile: string | undefined, options: ShipsCommandOptions) => {
      const { runShips } = await import('./commands/ships.ts');
      process.exitCode = runShips(dockerfile, options);
    });
}

const CONTEXT = `
The context of a Dockerfile is that of the build which the repository declares for it: in a workflow, a script or a
compose file. Where nothing builds it, it is the folder of the Dockerfile or the root, whichever holds what the
Dockerfile copies, else the current folder; the command then says so. --context overrides it.`;
