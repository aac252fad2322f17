import { expect, test } from 'vitest';
import { checkFiles, leakRule } from '../rules.testing.ts';

test('the rules of the engine have levels too', async () => {
  const files = { Dockerfile: 'FROM scratch\nFRBM x\n' };
  const levels = async (yaml: string) =>
    (await checkFiles({ ...files, 'plimsoll.yaml': yaml }, { rules: [leakRule] })).findings.map(
      ({ severity }) => severity,
    );
  expect(await levels('')).toEqual(['error']);
  expect(await levels('rules: { syntax/dockerfile: warning }')).toEqual(['warning']);
  expect(await levels('rules: { syntax/dockerfile: { level: off, because: generated later } }')).toEqual([]);
});
