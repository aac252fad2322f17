import { build } from 'esbuild';

// CommonJS: Nx takes plugins by `require`.
await build({
  entryPoints: ['src/index.ts'],
  outfile: 'dist/index.cjs',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  conditions: ['@plimsoll/source'],
  legalComments: 'linked',
});
