import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const bundle = join(import.meta.dirname, '../../../packages/cli/dist/plimsoll.cjs');

/** Lays the command out as it is published, the launcher beside the bundle with no sources. Ends the process where there is no bundle. */
export function install(): { readonly folder: string; readonly launcher: string } {
  if (!existsSync(bundle)) {
    console.error('There is no bundle: run `npx nx build plimsoll` first.');
    process.exit(2);
  }
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  cpSync(join(bundle, '../../bin'), join(folder, 'bin'), { recursive: true });
  cpSync(join(bundle, '..'), join(folder, 'dist'), { recursive: true });
  return { folder, launcher: join(folder, 'bin/plimsoll.cjs') };
}
