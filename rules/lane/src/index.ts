// Written by `npm run docs` from the files of this folder.
import type { Rule } from '@plimsoll/core';

export const rules: readonly Rule[] = [];
