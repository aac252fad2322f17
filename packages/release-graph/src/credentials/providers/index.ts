import type { ProviderRow } from '../model.ts';
import { clouds } from './clouds.ts';
import { packageIndexes } from './packages.ts';
import { platforms } from './platforms.ts';
import { registries } from './registries.ts';

/** All that is known of providers, those with OIDC first. */
export const providers: readonly ProviderRow[] = [...clouds, ...packageIndexes, ...registries, ...platforms];

export { registryLogins } from './registries.ts';
