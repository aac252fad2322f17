import { build } from 'esbuild';
import type { BuildOptions, Plugin } from 'esbuild';

// CommonJS: an ES module bundle of these libraries fails on a dynamic require, and starts slower.
const common: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node22.12',
  format: 'cjs',
  conditions: ['@plimsoll/source'],
  minify: true,
  legalComments: 'linked',
};

/** Most runs meet no text that could hold a credential, and need not wait for the code that tells. */
const apart: Plugin = {
  name: 'secretlint in a file of its own',
  setup(build) {
    build.onResolve({ filter: /^@secretlint\// }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './secretlint.cjs', external: true } : undefined,
    );
  },
};

/** CommonJS has other words for a module's own file. */
const ownFile = { 'import.meta.filename': '__filename', 'import.meta.dirname': '__dirname' };

await build({
  ...common,
  entryPoints: ['src/main.ts'],
  outfile: 'dist/plimsoll.cjs',
  define: ownFile,
  plugins: [apart],
  // The launcher has all of this file compiled at once; what Node itself loads from here on has a cache of its own.
  banner: { js: `require('node:v8').setFlagsFromString('--lazy');` },
});
// The GitHub Action, which calls the launcher.
await build({ ...common, entryPoints: ['../action/src/main.ts'], outfile: 'dist/action.cjs', define: ownFile });
// The thread that searches much text for credentials.
await build({
  ...common,
  entryPoints: ['../engine/src/search/worker.ts'],
  outfile: 'dist/search-worker.cjs',
  define: ownFile,
  plugins: [apart],
});
await build({
  ...common,
  stdin: {
    contents: `export { lintSource } from '@secretlint/core';\nexport { creator } from '@secretlint/secretlint-rule-preset-recommend';\n`,
    resolveDir: '../release-graph',
  },
  outfile: 'dist/secretlint.cjs',
});
