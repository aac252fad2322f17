import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './installed.ts';
import { repositoryOf } from './many-workflows.ts';
import { measure } from './measure.ts';
import type { TimedCommand } from './measure.ts';
import { printMeasure } from './print.ts';

// `npm run bench:graph`: what is released, of repositories with ever more workflows.
const RUNS = 5;
const SIZES = [10, 100, 300, 1000];

const { folder, launcher } = install();
try {
  const commands = SIZES.map((size): TimedCommand => {
    const root = join(folder, `workflows-${size}`);
    mkdirSync(root);
    return { name: `plimsoll graph, ${size} workflows`, args: [launcher, 'graph'], cwd: repositoryOf(size, root) };
  });
  console.log(`median of ${RUNS}, Node ${process.versions.node}`);
  for (const each of measure(commands, RUNS)) printMeasure(each);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
