import { visible } from '@plimsoll/reporters';

/** Tells the reader something beside the output. */
export function say(text: string): void {
  process.stderr.write(`plimsoll: ${visible(text)}\n`);
}

/** Tells what is wrong with the command; returns its exit code. */
export function complain(problems: readonly string[]): 2 {
  for (const problem of problems) say(problem);
  return 2;
}
