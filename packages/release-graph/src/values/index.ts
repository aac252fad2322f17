/** Strings of workflows, scripts and manifests, evaluated as far as their text tells. */
export { evaluateString, evaluateText } from './expressions.ts';
export { evaluateWord, shellScope } from './shell.ts';
export type { ShellScope } from './shell.ts';
export { imageNames } from './image-names.ts';
export { formTexts, toValue } from './value.ts';
export type { ValueScope } from './value.ts';
export { formText, isKnown, joined, literal, oneOf, onlyValue, unknown } from './resolved.ts';
export type { Resolved } from './resolved.ts';
