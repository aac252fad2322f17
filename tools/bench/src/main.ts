import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { measure } from './measure.ts';
import type { TimedCommand } from './measure.ts';

// `npm run bench -- [FOLDER…]`: what the bundle costs on a small folder, and on each folder that is named.
const RUNS = 10;
const bundle = join(import.meta.dirname, '../../../packages/cli/dist/plimsoll.cjs');
if (!existsSync(bundle)) {
  console.error('There is no bundle: run `npx nx build plimsoll` first.');
  process.exit(2);
}
// As it is published: the launcher beside the bundle, with no sources.
const installed = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
const launcher = join(installed, 'bin/plimsoll.cjs');
cpSync(join(bundle, '../../bin'), join(installed, 'bin'), { recursive: true });
cpSync(join(bundle, '..'), join(installed, 'dist'), { recursive: true });

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
  for (const { name, median, min, max, peakMegabytes } of measure(commands, RUNS)) {
    const memory = peakMegabytes === undefined ? '' : `  ${peakMegabytes.toFixed(0).padStart(4)} MB`;
    console.log(
      `${name.padEnd(50)} ${median.toFixed(0).padStart(6)} ms  (${min.toFixed(0)}–${max.toFixed(0)})${memory}`,
    );
  }
} finally {
  rmSync(installed, { recursive: true, force: true });
}
