import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What some runs of one command cost. */
export interface Measure {
  readonly name: string;
  /** Wall time, in milliseconds. */
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** The largest resident set of a run in megabytes; undefined where GNU time is not installed. */
  readonly peakMegabytes?: number;
}

export interface TimedCommand {
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

const GNU_TIME = '/usr/bin/time';

/**
 * Runs each command `runs` times after one run that does not count. The commands take turns, so that a slow spell of the
 * machine is shared among them.
 */
export function measure(commands: readonly TimedCommand[], runs: number): readonly Measure[] {
  const times = commands.map((): number[] => []);
  for (let run = 0; run <= runs; run++) {
    commands.forEach((command, i) => {
      const took = timeOnce(command);
      if (run > 0) times[i]?.push(took);
    });
  }
  return commands.map((command, i) => {
    const sorted = (times[i] ?? []).toSorted((a, b) => a - b);
    const peak = peakOf(command);
    return {
      name: command.name,
      median: sorted[Math.floor(sorted.length / 2)] ?? 0,
      min: sorted[0] ?? 0,
      max: sorted.at(-1) ?? 0,
      ...(peak !== undefined && { peakMegabytes: peak }),
    };
  });
}

function timeOnce({ args, cwd }: TimedCommand): number {
  const start = performance.now();
  const { error, status } = spawnSync(process.execPath, args, { cwd, stdio: 'ignore' });
  if (error) throw error;
  if (status === null || status > 1) throw new Error(`${args.join(' ')} ended with ${String(status)}`);
  return performance.now() - start;
}

function peakOf({ args, cwd }: TimedCommand): number | undefined {
  if (!existsSync(GNU_TIME)) return undefined;
  const { stderr } = spawnSync(GNU_TIME, ['-f', '%M', process.execPath, ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  return Number(stderr.trim().split('\n').at(-1)) / 1000;
}
