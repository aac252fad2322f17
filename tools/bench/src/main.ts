import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { install } from './installed.ts';
import { measure } from './measure.ts';
import type { TimedCommand } from './measure.ts';
import { printMeasure } from './print.ts';

// `npm run bench -- [FOLDER…]`: what the bundle costs on a small folder, and on each folder that is named.
const RUNS = 10;
const { folder: installed, launcher } = install();
const small = join(installed, 'small');
mkdirSync(join(small, '.github/workflows'), { recursive: true });
writeFileSync(
  join(small, 'Dockerfile'),
  'FROM node:24.11.0-slim\nWORKDIR /srv\nCOPY package.json ./\nCMD ["node", "main.js"]\n',
);
writeFileSync(
  join(small, '.github/workflows/ci.yml'),
  'on: push\npermissions:\n  contents: read\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v7\n      - uses: docker/build-push-action@v7\n        with:\n          context: .\n',
);

const folders = process.argv.slice(2).map((folder) => resolve(folder));
const commands: TimedCommand[] = [
  { name: 'node -e 0', args: ['-e', '0'], cwd: small },
  { name: 'plimsoll --version', args: [launcher, '--version'], cwd: small },
  { name: 'plimsoll check, one Dockerfile and one workflow', args: [launcher, 'check'], cwd: small },
  ...folders.map((cwd) => ({ name: `plimsoll check ${basename(cwd)}`, args: [launcher, 'check'], cwd })),
];
try {
  console.log(`median of ${RUNS}, Node ${process.versions.node}`);
  for (const each of measure(commands, RUNS)) printMeasure(each);
} finally {
  rmSync(installed, { recursive: true, force: true });
}
