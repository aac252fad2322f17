// Written by `npm run docs` from the files of this folder.
import type { Rule } from '@plimsoll/core';
import { alwaysTrueCondition } from './always-true-condition.ts';
import { poisonedCache } from './poisoned-cache.ts';
import { scriptInjection } from './script-injection.ts';
import { untrustedCheckout } from './untrusted-checkout.ts';
import { untrustedRunner } from './untrusted-runner.ts';

export const rules: readonly Rule[] = [
  alwaysTrueCondition,
  poisonedCache,
  scriptInjection,
  untrustedCheckout,
  untrustedRunner,
];
