import { Option } from 'commander';
import type { Command } from 'commander';

export interface GraphCommandOptions {
  readonly format: 'text' | 'mermaid' | 'dot' | 'json';
  readonly output?: string;
  readonly config?: string;
}

/** Adds `graph`: its options and its help. */
export function addGraph(root: Command): void {
  root
    .command('graph')
    .argument('[paths...]', 'show only what these files and folders declare or are built into')
    .description('say what a repository releases: by which workflow, from what, with which identity and proof')
    .addOption(
      new Option('--format <name>', 'text is for people, mermaid for a pull request, dot for Graphviz')
        .choices(['text', 'mermaid', 'dot', 'json'])
        .default('text'),
    )
    .option('--output <file>', 'write to a file in place of standard output')
    .option('--config <file>', 'a configuration in place of plimsoll.yaml at the root')
    .addHelpText('after', UNKNOWN)
    .action(async (paths: string[], options: GraphCommandOptions, command: Command) => {
      const { runGraph } = await import('./commands/graph.ts');
      const { color } = command.optsWithGlobals<{ color: boolean }>();
      process.exitCode = runGraph(paths, options, { color });
    });
}

const UNKNOWN = `
What cannot be known before the run, such as what a workflow of another repository publishes, is listed at the end with
the reason; in the other formats such a link has the status "opaque" or "partial".`;
