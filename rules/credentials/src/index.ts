// Written by `npm run docs` from the files of this folder.
import type { Rule } from '@plimsoll/core';
import { longLivedKey } from './long-lived-key.ts';
import { missingPermission } from './missing-permission.ts';
import { undeclaredPermissions } from './undeclared-permissions.ts';

export const rules: readonly Rule[] = [longLivedKey, missingPermission, undeclaredPermissions];
