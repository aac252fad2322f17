/** Steps that authenticate to a provider, and what would replace a static credential. */
export { credentialUses } from './uses.ts';
