import { join } from 'node:path';
import { tagRelease } from './commit.ts';
import { releaseFiles } from './files.ts';

// `node tools/release/src/main.ts v0.1.0`: makes the commit and the tag of a release in this clone, from the bundle that was built.
const root = join(import.meta.dirname, '../../..');
const [tag = ''] = process.argv.slice(2);
try {
  const commit = tagRelease(root, tag, releaseFiles(root, tag));
  process.stdout.write(`${tag} names ${commit}; publish it with: git push origin ${tag}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
