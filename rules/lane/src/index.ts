// Written by `npm run docs` from the files of this folder.
import type { Rule } from '@plimsoll/core';
import { alwaysTrueCondition } from './always-true-condition.ts';

export const rules: readonly Rule[] = [alwaysTrueCondition];
