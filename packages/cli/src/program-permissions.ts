import type { Command } from 'commander';

export interface PermissionsCommandOptions {
  readonly fix?: boolean;
}

export function addPermissions(root: Command): void {
  root
    .command('permissions')
    .argument('[workflow]', 'a workflow file, or its name in .github/workflows; all of them where none is given')
    .description('print the least permissions of GITHUB_TOKEN that each job of a workflow needs')
    .option('--fix', 'write them into the workflow, where all that a job does is known')
    .action(async (workflow: string | undefined, options: PermissionsCommandOptions) => {
      const { runPermissions } = await import('./commands/permissions.ts');
      process.exitCode = runPermissions(workflow, options);
    });
}
