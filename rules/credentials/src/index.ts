// Written by `npm run docs`.
import type { Rule } from '@plimsoll/core';
import { longLivedKey } from './long-lived-key.ts';
import { missingPermission } from './missing-permission.ts';
import { undeclaredPermissions } from './undeclared-permissions.ts';

export const rules: readonly Rule[] = [longLivedKey, missingPermission, undeclaredPermissions];
