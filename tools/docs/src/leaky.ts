import { join } from 'node:path';
import type { Rule } from '@plimsoll/core';
import { check } from '@plimsoll/engine';
import { report } from '@plimsoll/reporters';
import { ansiToSvg } from './picture.ts';

/** The part of `examples/leaky` that the picture shows; all of it would not fit on a page. */
const SHOWN = 'apps/api/Dockerfile';

/** A picture of a real run on the example. The time is left out: it differs from run to run, and the file would with it. */
export async function leakyPicture(root: string, rules: readonly Rule[]): Promise<string> {
  const example = join(root, 'examples/leaky');
  const result = await check({ cwd: example, paths: [SHOWN], rules });
  const text = report(
    'text',
    {
      findings: result.findings,
      suppressed: [],
      skipped: [],
      uncheckable: result.uncheckable,
      files: 1,
      durationMs: 0,
      preset: result.preset,
      rules,
      toolVersion: '0.0.0',
      notes: [],
    },
    { color: true, width: 100 },
  );
  return ansiToSvg(text, { title: `plimsoll check examples/leaky/${SHOWN}` });
}
