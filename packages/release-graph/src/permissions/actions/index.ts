import type { ActionScopes } from '../model.ts';
import { checksAndPages, oidc } from './checks.ts';
import { pullRequests } from './pull-requests.ts';
import { releases } from './releases.ts';

/** What actions of other repositories do with GITHUB_TOKEN. */
export const actionScopes: readonly ActionScopes[] = [...releases, ...pullRequests, ...checksAndPages, ...oidc];
