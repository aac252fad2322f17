import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runAction } from './action.ts';

// The bundle stands beside that of the command, in `dist`.
const launcher = join(import.meta.dirname, '../bin/plimsoll.cjs');

void runAction({
  env: process.env,
  check: (args, cwd) => {
    const { status, error } = spawnSync(process.execPath, [launcher, ...args], { cwd, stdio: 'inherit' });
    if (error) throw error;
    return status ?? 3;
  },
  send: (url, init) => fetch(url, init),
  say: (line) => process.stdout.write(`${line}\n`),
}).then((exitCode) => {
  process.exitCode = exitCode;
});
