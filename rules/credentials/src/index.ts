// Written by `npm run docs` from the files of this folder.
import type { Rule } from '@plimsoll/core';
import { excessPermission } from './excess-permission.ts';
import { longLivedKey } from './long-lived-key.ts';
import { missingPermission } from './missing-permission.ts';
import { overexposedSecret } from './overexposed-secret.ts';
import { passwordArgument } from './password-argument.ts';
import { persistedToken } from './persisted-token.ts';
import { personalToken } from './personal-token.ts';
import { undeclaredPermissions } from './undeclared-permissions.ts';
import { unscopedAppToken } from './unscoped-app-token.ts';

export const rules: readonly Rule[] = [
  excessPermission,
  longLivedKey,
  missingPermission,
  overexposedSecret,
  passwordArgument,
  persistedToken,
  personalToken,
  undeclaredPermissions,
  unscopedAppToken,
];
