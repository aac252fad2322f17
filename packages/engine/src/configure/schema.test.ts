import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileSchema } from '../../tools/compile.ts';

const generated = readFileSync(new URL('validate.generated.ts', import.meta.url), 'utf8');

test('the compiled schema is the one that is checked in', async () => {
  expect(generated === (await compileSchema()), 'run: node packages/engine/tools/compile-schema.ts').toBe(true);
});

test('the compiled schema needs no module at run time', () => {
  expect(generated).not.toMatch(/\brequire\(|^import /m);
});
