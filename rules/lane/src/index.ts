// Written by `npm run docs` from the files of this folder.
import type { Rule } from '@plimsoll/core';
import { alwaysTrueCondition } from './always-true-condition.ts';
import { builtTwice } from './built-twice.ts';
import { cancelledPublish } from './cancelled-publish.ts';
import { failOpen } from './fail-open.ts';
import { poisonedCache } from './poisoned-cache.ts';
import { publishOnPullRequest } from './publish-on-pull-request.ts';
import { scriptInjection } from './script-injection.ts';
import { shadowBuild } from './shadow-build.ts';
import { ungatedDeploy } from './ungated-deploy.ts';
import { unprotectedEnvironment } from './unprotected-environment.ts';
import { untrustedCheckout } from './untrusted-checkout.ts';
import { untrustedRunner } from './untrusted-runner.ts';

export const rules: readonly Rule[] = [
  alwaysTrueCondition,
  builtTwice,
  cancelledPublish,
  failOpen,
  poisonedCache,
  publishOnPullRequest,
  scriptInjection,
  shadowBuild,
  ungatedDeploy,
  unprotectedEnvironment,
  untrustedCheckout,
  untrustedRunner,
];
