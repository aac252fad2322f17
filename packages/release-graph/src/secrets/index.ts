/** Secrets on their way into builds, and credentials among the variables of Dockerfiles. */
export { linkSecrets } from './flows.ts';
export type { Secrets } from './flows.ts';
export { credentialOf } from './credential.ts';
export { isPublicName, looksLikeSecretName } from './names.ts';
export { looksLikeSecretValue, secretInValue } from './values.ts';
