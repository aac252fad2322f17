import { join } from 'node:path';
import { check } from '@plimsoll/engine';
import { expect, test } from 'vitest';
import { readCatalogue } from './catalogue.ts';

const ROOT = join(import.meta.dirname, '../../..');
const EXAMPLES = join(ROOT, 'examples');
const rules = (await readCatalogue(ROOT)).flatMap(({ files }) => files.map(({ rule }) => rule));

test('examples/leaky breaks every rule', async () => {
  const { findings } = await check({ cwd: join(EXAMPLES, 'leaky'), rules, preset: 'strict' });
  const broken = new Set(findings.map(({ ruleId }) => ruleId));
  expect(rules.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
});

test('examples/sealed breaks none', async () => {
  const { findings, exitCode } = await check({ cwd: join(EXAMPLES, 'sealed'), rules, preset: 'strict' });
  expect(findings.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  expect(exitCode).toBe(0);
});
