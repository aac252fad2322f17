/** Tokens and secrets that are within reach of more than needs them. */
export { keptTokens } from './kept-tokens.ts';
export { personalTokens } from './personal-tokens.ts';
export { secretArguments } from './secret-arguments.ts';
export { secretExposures } from './secret-exposures.ts';
