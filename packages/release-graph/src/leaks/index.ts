/** Secrets that end up where others read them: in layers, labels, logs, outputs and artifacts. */
export { findLeaks } from './find.ts';
export {
  holdsSecret,
  isBinaryName,
  maxSearchedBytes,
  searchVersion,
  secretTexts,
  secretTextsOfFile,
} from './contents.ts';
export type { SecretText } from './contents.ts';
export { secretMounts } from './secret-mounts.ts';
export { deletionOf } from './copied-files.ts';
