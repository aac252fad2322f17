import { CommanderError } from 'commander';
import { program } from './program.ts';

/**
 * Runs the command line and sets the exit code of the process: 0 clean, 1 findings, 2 the command or the configuration
 * is wrong, 3 something could not be checked.
 *
 * @param args what follows `plimsoll` on the command line
 */
export async function main(args: readonly string[]): Promise<void> {
  // A reader such as `head` that closes early is no failure of the check.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    await program().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.exitCode = 3;
    process.stderr.write(`plimsoll: this is a defect of plimsoll, please report it: ${errorText(error)}\n`);
  }
}

function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
