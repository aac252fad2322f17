import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './installed.ts';
import { measure } from './measure.ts';
import type { TimedCommand } from './measure.ts';
import { printMeasure } from './print.ts';

// `npm run bench:ships`: what an image carries, of contexts that grow, half of each below a folder that is left out.
const RUNS = 10;
const SIZES = [1000, 10_000, 100_000];
const FILES_A_FOLDER = 50;
const listing = `require('node:child_process').execFileSync('git',['ls-files'],{maxBuffer:1e9})`;

const { folder, launcher } = install();
try {
  const commands = SIZES.flatMap((size): readonly TimedCommand[] => {
    const cwd = context(size);
    return [
      { name: `git ls-files of ${size} files, by node -e`, args: ['-e', listing], cwd },
      { name: `plimsoll ships, ${size} files`, args: [launcher, 'ships', 'Dockerfile'], cwd },
      {
        name: `plimsoll ships --format json, ${size} files`,
        args: [launcher, 'ships', 'Dockerfile', '--format', 'json'],
        cwd,
      },
    ];
  });
  console.log(`median of ${RUNS}, Node ${process.versions.node}`);
  for (const each of measure(commands, RUNS)) printMeasure(each);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A repository with as many files, all known to Git. */
function context(size: number): string {
  const root = join(folder, `context-${size}`);
  mkdirSync(root);
  writeFileSync(join(root, 'Dockerfile'), 'FROM scratch\nCOPY . /app/\n');
  writeFileSync(join(root, '.dockerignore'), '.git\n**/*.log\nleft-out\n');
  for (let at = 0; at < size; at += FILES_A_FOLDER) {
    const parent = at < size / 2 ? 'left-out' : 'src';
    const inside = join(root, parent, `group-${Math.floor(at / 5000)}`, `part-${at}`);
    mkdirSync(inside, { recursive: true });
    for (let file = 0; file < FILES_A_FOLDER; file++)
      writeFileSync(join(inside, `module-${file}.js`), `run(${file});\n`);
  }
  execFileSync('git', ['init', '-q'], { cwd: root });
  execFileSync('git', ['add', '-A'], { cwd: root });
  return root;
}
