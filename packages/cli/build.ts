import { build } from 'esbuild';

// One CommonJS file: an ES module bundle of these libraries fails on a dynamic require, and starts slower.
await build({
  entryPoints: ['src/main.ts'],
  outfile: 'dist/plimsoll.cjs',
  bundle: true,
  platform: 'node',
  target: 'node22.12',
  format: 'cjs',
  conditions: ['@plimsoll/source'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
});
