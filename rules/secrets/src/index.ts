// Written by `npm run docs` from the files of this folder.
import type { Rule } from '@plimsoll/core';
import { inArgOrEnv } from './in-arg-or-env.ts';
import { inBuildArg } from './in-build-arg.ts';

export const rules: readonly Rule[] = [inArgOrEnv, inBuildArg];
