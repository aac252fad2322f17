/** Writes src/configure/validate.generated.ts from schema/plimsoll.schema.json. `--check` only compares: exit 1 when it is stale. */
import { readFileSync, writeFileSync } from 'node:fs';
import { compileSchema } from './compile.ts';

const target = new URL('../src/configure/validate.generated.ts', import.meta.url);
const code = await compileSchema();

if (!process.argv.includes('--check')) writeFileSync(target, code);
else if (readFileSync(target, 'utf8') !== code) {
  console.error('validate.generated.ts is stale: run node packages/engine/tools/compile-schema.ts');
  process.exitCode = 1;
}
