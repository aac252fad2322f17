// Written by `npm run docs` from the files of this folder.
import type { Rule } from '@plimsoll/core';
import { inArgOrEnv } from './in-arg-or-env.ts';
import { inBuildArg } from './in-build-arg.ts';
import { inLabel } from './in-label.ts';
import { inLayer } from './in-layer.ts';
import { inOutput } from './in-output.ts';
import { inShippedFile } from './in-shipped-file.ts';
import { inSource } from './in-source.ts';
import { keptFromMount } from './kept-from-mount.ts';
import { optionalMount } from './optional-mount.ts';

export const rules: readonly Rule[] = [
  inArgOrEnv,
  inBuildArg,
  inLabel,
  inLayer,
  inOutput,
  inShippedFile,
  inSource,
  keptFromMount,
  optionalMount,
];
